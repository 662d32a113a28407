// Drafts save themselves: `<form data-autosave-url="…">` is posted one second after typing stops, and the time is shown in
// [data-saved]. What could not be saved stays in this tab's session storage and comes back after signing in again.
//
// The server answers 2xx; a JSON body may hold `saved_at` (the time in the person's zone, "10:38"), `page_url` (the draft's own
// address, shown from now on, so that a reload opens it), `autosave_url` (where to save from now on) and `fields` (hidden
// inputs to set, e.g. a version). A [data-discard] in the form appears with the first save.
import { phrase } from "./phrases.js";
import { post } from "./send.js";
import { tellStatus } from "./trouble.js";

const PAUSE = 1000;
const AGAIN = 10000;
const PREFIX = "kept:";
const SECRET = /^(csrfmiddlewaretoken|password)/;

const here = () => PREFIX + location.pathname + location.search;

const store = {
  get: (key) => {
    try {
      return JSON.parse(sessionStorage.getItem(key));
    } catch {
      return null;
    }
  },
  set: (key, value) => {
    try {
      if (value) sessionStorage.setItem(key, JSON.stringify(value));
      else sessionStorage.removeItem(key);
    } catch {
      // No storage: the form itself still holds what was typed.
    }
  },
};

// Another page of the portal was reached after sending: the server has what was typed.
export function forgetSent() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && store.get(key)?.sent && key !== here()) store.set(key, null);
  }
}

function fieldsOf(form) {
  return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !SECRET.test(name));
}

function putBack(form, fields) {
  for (const part of form.elements) {
    if (!part.name || SECRET.test(part.name) || ["file", "submit", "button", "hidden"].includes(part.type)) continue;
    const given = fields.filter(([name]) => name === part.name).map(([, value]) => value);
    if (part.type === "checkbox" || part.type === "radio") part.checked = given.includes(part.value);
    else if (given.length) [part.value] = given;
  }
}

export function autosave(form) {
  let key = here();
  const spot = document.querySelector("[data-saved]");
  let timer = 0;
  let running = false;
  let changed = false;

  function show(text, tone) {
    if (!spot) return;
    spot.hidden = false;
    spot.toggleAttribute("data-tone", false);
    if (tone) spot.dataset.tone = tone;
    (spot.querySelector("[data-words]") ?? spot).textContent = text;
  }

  function move(url) {
    const kept = store.get(key);
    store.set(key, null);
    history.replaceState(history.state, "", url);
    form.action = url; // so that whatever page answers, it is the draft's
    key = here();
    store.set(key, kept);
  }

  function took(told) {
    if (told.autosave_url) form.dataset.autosaveUrl = told.autosave_url;
    for (const [name, value] of Object.entries(told.fields ?? {})) {
      const part = form.elements.namedItem(name);
      if (part) part.value = value;
    }
    if (told.page_url) move(told.page_url);
    if (!changed) store.set(key, null);
    form.querySelector("[data-discard]")?.removeAttribute("hidden");
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const time = told.saved_at ?? new Date().toLocaleTimeString(document.documentElement.lang, clock);
    show(phrase("saved", { time }));
  }

  async function save(options) {
    if (running || "sent" in form.dataset) return;
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
      else failed(response.status, isJson ? "" : answer, answer.message);
    } catch {
      failed(0, "");
    }
    running = false;
    if (changed) later(PAUSE);
  }

  // A refusal (409) says why in `message`; trying again would not help there.
  function failed(status, text, message) {
    show(message ?? phrase("not-saved"), "bad");
    if ([401, 403, 404].includes(status)) tellStatus(status, text);
    else if (status !== 409) later(AGAIN);
  }

  function later(pause) {
    clearTimeout(timer);
    timer = setTimeout(() => save(), pause);
  }

  function noted() {
    changed = true;
    store.set(key, { fields: fieldsOf(form) });
    later(PAUSE);
  }

  const kept = store.get(key);
  if (kept && !form.querySelector("[aria-invalid=true]") && JSON.stringify(kept.fields) !== JSON.stringify(fieldsOf(form))) {
    putBack(form, kept.fields);
    form.dispatchEvent(new Event("change", { bubbles: true }));
    show(phrase("restored"));
    later(PAUSE);
  }
  form.addEventListener("input", noted);
  form.addEventListener("change", noted);
  document.addEventListener("visibilitychange", () => document.hidden && changed && save({ keepalive: true }));
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(timer);
    store.set(key, { fields: fieldsOf(form), sent: true });
  });
}
