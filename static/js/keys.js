// Single keys for working through a queue: J and K move, X selects, any [data-key] control is pressed by its key, ? lists all.
// Off in fields and dialogs, and a person can turn them off for good (WCAG 2.1.4): <input data-single-keys>.
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

const rows = () => [...document.querySelectorAll("[data-rows] > li:not(.taken) > a")];

function move(step) {
  const links = rows();
  const at = links.findIndex((link) => link.hasAttribute("aria-current"));
  const next = links[at + step] ?? (at < 0 ? links[0] : document.querySelector(`[rel="${step > 0 ? "next" : "prev"}"]`));
  if (!next) return;
  next.focus();
  next.click();
}

function press(key) {
  const controls = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]:not(:disabled, [aria-disabled="true"])`);
  const control = [...controls].find((one) => one.checkVisibility()) ?? [...controls].find((one) => one.closest(".menu"));
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
    else if (key === "x") document.querySelector("[data-rows] > li:has([aria-current]) .pick input")?.click();
    else if (!press(key)) return;
    event.preventDefault();
  });
}
