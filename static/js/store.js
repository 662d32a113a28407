// What this tab keeps of forms, in session storage: `kept:<person>:<form>` → {key, fields, files, sent}. Nobody else's is
// ever shown: what another person left behind goes as soon as somebody is signed in. Never passwords, never files.
const PREFIX = "kept:";
const TAKEN = /(?:^|;\s*)taken=([^;]*)/; // the keys of forms that the server took (partnerhub/web/taken.py)
const NOT_KEPT = /^(csrfmiddlewaretoken|seat|kept|next|code)$|password|secret|otp/;
const channel = "BroadcastChannel" in window ? new BroadcastChannel("kept") : null;

export const person = document.querySelector('meta[name="seat"]')?.content ?? "";
export const isAnswer = "answer" in document.documentElement.dataset; // this page answers a POST: the server shows what was typed

function names() {
  try {
    return Object.keys(sessionStorage).filter((name) => name.startsWith(PREFIX));
  } catch {
    return []; // A form within another site's page may be lent no storage: nothing is kept, and the page works.
  }
}

export function kept(form) {
  try {
    return JSON.parse(sessionStorage.getItem(PREFIX + person + form));
  } catch {
    return null;
  }
}

export function keep(form, entry) {
  try {
    if (entry) sessionStorage.setItem(PREFIX + person + form, JSON.stringify(entry));
    else sessionStorage.removeItem(PREFIX + person + form);
  } catch {
    // No storage, or no room: the form itself still holds what was typed.
  }
}

export const newKey = () => crypto.getRandomValues(new Uint32Array(3)).reduce((text, part) => text + part.toString(36), "");

function forgetAll() {
  names().forEach((name) => sessionStorage.removeItem(name));
}

// What the server took is kept no longer, and what another person typed is gone.
export function tidy() {
  const taken = TAKEN.exec(document.cookie)?.[1].split(".") ?? [];
  for (const name of names()) {
    const isMine = !person || name.startsWith(PREFIX + person + ":");
    const key = /"key":"(\w+)"/.exec(sessionStorage.getItem(name))?.[1];
    if (!isMine || taken.includes(key)) sessionStorage.removeItem(name);
  }
}

export function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NOT_KEPT.test(name));
}

// What a part held when the page came.
function isAsItCame(part) {
  if (part.matches("[type=checkbox], [type=radio]")) return part.checked === part.defaultChecked;
  const options = [...(part.options ?? [])];
  const isUnmarked = !part.multiple && !options.some((option) => option.defaultSelected); // then the first is the one chosen
  if (isUnmarked && options.length) return part.selectedIndex === options.findIndex((option) => !option.disabled);
  if (options.length) return options.every((option) => option.selected === option.defaultSelected);
  return !part.matches("textarea, input:not([type=hidden], [type=file])") || part.value === part.defaultValue;
}

// Whether somebody typed, ticked or chose before the scripts were there.
export function isTouched(form) {
  return [...form.elements].some((part) => !isAsItCame(part));
}

export function putBack(form, fields) {
  for (const part of form.elements) {
    if (!part.name || NOT_KEPT.test(part.name) || ["file", "submit", "button", "password"].includes(part.type)) continue;
    const given = fields.filter(([name]) => name === part.name).map(([, value]) => value);
    if (part.type === "checkbox" || part.type === "radio") part.checked = given.includes(part.value);
    else if (part.multiple) [...part.options].forEach((option) => (option.selected = given.includes(option.value)));
    else if (given.length) [part.value] = given;
  }
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

// Whoever signs out leaves nothing behind, in no tab.
document.addEventListener("submit", ({ target, defaultPrevented }) => {
  if (defaultPrevented || !new URL(target.action).pathname.endsWith("/accounts/logout/")) return;
  forgetAll();
  channel?.postMessage("signed-out");
});
channel?.addEventListener("message", forgetAll);
