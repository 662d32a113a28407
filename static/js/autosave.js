// Drafts save themselves: `<form data-autosave-url="…">` is posted one second after typing stops, and the time is shown in
// [data-saved]. What was typed stays in this tab too (store.js) until the server took the form, and comes back until then.
//
// The server answers 2xx; a JSON body may hold `saved_at` (the time in the person's zone, "10:38"), `page_url` (the draft's own
// address, shown from now on, so that a reload opens it), `autosave_url` (where to save from now on) and `fields` (hidden
// inputs to set, e.g. a version; in a form beside it too: [data-beside=<its id>]). A [data-discard] in the form appears with
// the first save. 409 ends saving: `message` says why, and `notice`, drawn in [data-conflict], offers to keep what is typed
// ([data-keep-mine]) or to take what is saved ([data-take-theirs]).
import { phrase } from "./phrases.js";
import { post } from "./send.js";
import { fieldsOf, isAnswer, isTouched, keep, kept, newKey, putBack } from "./store.js";
import { tellStatus } from "./trouble.js";

const PAUSE = 1000;
const AGAIN = 10000;
const here = () => `:${location.pathname}${location.search}`;

export function autosave(form) {
  let key = here();
  let entry = kept(key) ?? {};
  const spot = document.querySelector("[data-saved]");
  let timer = 0;
  let running = false;
  let changed = false;
  let stopped = false;

  function note(sent) {
    entry = { key: entry.key ?? newKey(), fields: fieldsOf(form), sent };
    keep(key, entry);
  }

  function show(text, tone) {
    if (!spot) return;
    spot.hidden = false;
    spot.toggleAttribute("data-tone", false);
    if (tone) spot.dataset.tone = tone;
    (spot.querySelector("[data-words]") ?? spot).textContent = text;
  }

  function move(url) {
    keep(key, null);
    history.replaceState(history.state, "", url);
    form.action = url; // so that whatever page answers, it is the draft's
    key = here();
    note(false);
  }

  function took(told) {
    if (told.autosave_url) form.dataset.autosaveUrl = told.autosave_url;
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      for (const one of [form, ...document.querySelectorAll(`form[data-beside="${form.id}"]`)]) {
        const part = one.elements.namedItem(name);
        if (part) part.value = value;
      }
    }
    if (told.page_url) move(told.page_url);
    if (!changed && !("sent" in form.dataset)) {
      keep(key, null);
      entry = {};
    }
    form.querySelector("[data-discard]")?.removeAttribute("hidden");
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const time = told.saved_at ?? new Date().toLocaleTimeString(document.documentElement.lang, clock);
    show(phrase("saved", { time }));
  }

  async function save(options) {
    if (running || stopped) return;
    clearTimeout(timer);
    running = true;
    changed = false;
    const body = new FormData(form);
    for (const [name, value] of [...body]) if (value instanceof File) body.delete(name);
    try {
      const response = await post(form.dataset.autosaveUrl, body, options);
      const isJson = response.headers.get("Content-Type")?.includes("json");
      const answer = isJson ? await response.json() : await response.text();
      if (response.ok) took(isJson ? answer : {});
      else failed(response.status, isJson ? "" : answer, answer);
    } catch {
      failed(0, "");
    }
    running = false;
    if (changed) later(PAUSE);
  }

  // A refusal (409) says why in `message`; trying again would not help there.
  function failed(status, text, told = {}) {
    show(told.message ?? phrase("not-saved"), "bad");
    if ([401, 403, 404].includes(status)) tellStatus(status, text);
    else if (status === 409) stop(told.notice);
    else later(AGAIN);
  }

  function stop(notice) {
    const spot = form.querySelector("[data-conflict]");
    stopped = true;
    if (!notice || !spot) return;
    htmx.swap(spot, notice, { swapStyle: htmx.config.defaultSwapStyle }); // drawn by the server, as whatever htmx brings in
    spot.querySelector("[data-keep-mine]").addEventListener("click", ({ currentTarget }) => {
      form.elements.namedItem("version").value = currentTarget.dataset.version;
      spot.replaceChildren();
      stopped = false;
      save();
      form.querySelector("input:not([type=hidden]), textarea")?.focus();
    });
    spot.querySelector("[data-take-theirs]").addEventListener("click", () => {
      changed = false;
      keep(key, null);
    });
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => save(), pause);
  }

  function noted() {
    changed = true;
    note(false);
    later(PAUSE);
  }

  // Nothing waits for its second when the page goes, or when the form is sent: whatever becomes of that, the draft has it.
  function flush() {
    if (!changed || stopped) return;
    running = false;
    save({ keepalive: true });
  }

  if (isAnswer) note(true);
  else if (isTouched(form)) noted();
  else if (entry.fields && JSON.stringify(entry.fields) !== JSON.stringify(fieldsOf(form))) {
    putBack(form, entry.fields);
    show(phrase("restored"));
    later(PAUSE);
  }
  form.addEventListener("input", noted);
  form.addEventListener("change", (event) => event.isTrusted && noted());
  document.addEventListener("visibilitychange", () => document.hidden && flush());
  addEventListener("pagehide", flush);
  form.addEventListener("formdata", (event) => entry.key && event.formData.set("kept", entry.key));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    // What saves by itself is not saved beside it: that could come in later, and bring the former program back.
    if (["instead", "save_draft"].includes(event.submitter?.name)) changed = false;
    else flush();
    note(true);
  });
}
