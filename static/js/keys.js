// Single keys: / goes to the page's search, ? lists the keys of this page, any [data-key] control is pressed by its key. J and K
// move through a list, or open the neighbour in a queue; X selects. Off in fields and dialogs, and a person can turn them off for
// good (WCAG 2.1.4): <input data-single-keys>.
import { jump } from "./jump.js";

const KEPT = "single-keys";
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";

const areOn = () => {
  try {
    return localStorage.getItem(KEPT) !== "off";
  } catch {
    return true;
  }
};

export function keySwitch(box) {
  box.checked = areOn();
  box.addEventListener("change", () => {
    try {
      localStorage.setItem(KEPT, box.checked ? "on" : "off");
    } catch {
      // Without storage the choice holds for this page: the box itself is asked below.
    }
  });
}

// In a list focus goes from row to row; Enter opens one.
function moveInList(step) {
  const links = [...document.querySelectorAll("#list tbody tr")].map((row) => row.querySelector("a, button")).filter(Boolean);
  const at = links.findIndex((link) => link.closest("tr").contains(document.activeElement));
  (at < 0 ? links[0] : links[at + step])?.focus();
}

function move(step) {
  const links = [...document.querySelectorAll(".split #list tbody tr:not(.taken) th a")];
  if (!links.length) return moveInList(step);
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[at + step] ?? (at < 0 ? links[0] : document.querySelector(`[rel="${step > 0 ? "next" : "prev"}"]`));
  if (!next) return;
  next.focus();
  next.click();
}

function select() {
  const row = document.activeElement?.closest("#list tr") ?? document.querySelector(".split #list tbody tr:has([aria-current])");
  row?.querySelector(".pick input")?.click();
}

function search() {
  const box = [...document.querySelectorAll("main [type=search]")].find((one) => one.checkVisibility());
  if (box) box.select();
  if (box) box.focus();
  else jump?.();
}

// What stands in a row of a list is pressed in the row that has the focus alone: never at some row that nobody chose.
function isAtHand(control) {
  const row = control.closest("#list tbody tr");
  return !row || row.contains(document.activeElement);
}

function press(key) {
  const all = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not(:disabled, [aria-disabled="true"])`);
  const controls = [...all].filter(isAtHand);
  const control = controls.find((one) => one.checkVisibility()) ?? controls.find((one) => one.closest(".menu"));
  control?.focus();
  control?.click();
  return Boolean(control);
}

export function keys() {
  document.addEventListener("keydown", (event) => {
    const off = !areOn() || document.querySelector("[data-single-keys]")?.checked === false;
    if (off || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest(FIELD) || document.querySelector("dialog[open], .menu:popover-open")) return;
    const key = event.key.toLowerCase();
    if (key === "j" || key === "k") move(key === "j" ? 1 : -1);
    else if (key === "x") select();
    else if (key === "/") search();
    else if (!press(key)) return;
    event.preventDefault();
  });
}
