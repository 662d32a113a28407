// Ctrl K (⌘ K) opens *Jump to* on every page: records and pages that the server finds (htmx: of two answers the newer one is
// shown, whichever comes last), and what can be done on this page. Enter takes the first that answers what is typed, or leads to
// the page of search while no answer is there yet; arrows move.
import { phrase } from "./phrases.js";

const dialog = document.getElementById("jump");
const ACTS = ":is(.head .actions, .decide) :is(a[href], button:not(:disabled, [aria-disabled='true'], [popovertarget='more']))";
const MOST = 6;

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const labelOf = (control) => [...control.childNodes].filter((part) => part.nodeName !== "KBD").map((part) => part.textContent).join("").trim();
const isOffered = (control) => !control.closest(".menu:not(.acts), dialog");

function begin() {
  const input = dialog.querySelector("input");
  const found = dialog.querySelector("#jump-found");
  const acts = dialog.querySelector("#jump-acts");
  const status = dialog.querySelector("[role=status]");
  const ways = () => [...dialog.querySelectorAll("li > :is(a, button)")].filter((way) => way.checkVisibility());
  const isAnswered = () => found.querySelector("[data-for]")?.dataset.for === input.value.trim();

  function entry(control) {
    const item = document.createElement("li");
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: labelOf(control) });
    button.addEventListener("click", () => {
      dialog.close();
      control.click();
    });
    item.append(button);
    return item;
  }

  function offer() {
    const words = folded(input.value).split(/\s+/);
    const fitting = [...document.querySelectorAll(ACTS)].filter((control) => isOffered(control) && words.every((word) => folded(labelOf(control)).includes(word)));
    acts.hidden = !fitting.length;
    acts.querySelector("ul").replaceChildren(...fitting.slice(0, MOST).map(entry));
  }

  function move(step) {
    const stops = [input, ...ways()];
    stops[(stops.indexOf(document.activeElement) + step + stops.length) % stops.length].focus();
  }

  function take(event) {
    const [first] = ways();
    if (input.value.trim() && !(isAnswered() && first)) return;
    event.preventDefault();
    if (input.value.trim()) first.click();
  }

  input.addEventListener("input", offer);
  dialog.addEventListener("htmx:beforeSwap", () => found.contains(document.activeElement) && input.focus());
  dialog.addEventListener("htmx:afterSettle", () => {
    status.textContent = ways().length ? phrase("found", { number: ways().length }) : (found.querySelector("[data-nothing]")?.textContent ?? "");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === input) take(event);
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.target.closest("li")) input.focus(); // typing goes on
  });
  dialog.addEventListener("click", (event) => (event.target === dialog || event.target.closest("[data-close]")) && dialog.close());

  return () => {
    if (dialog.open) return;
    dialog.showModal();
    input.select();
    offer();
    window.htmx?.trigger("#jump-form", "jump");
  };
}

export const jump = dialog ? begin() : null;

if (jump) {
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    event.preventDefault();
    jump();
  });
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-jump]") || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    jump();
  });
}
