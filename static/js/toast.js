// Toasts say what happened. They stay at least six seconds (twenty with Undo), longer while pointed at or focused.
import { each } from "./parts.js";
import { phrase } from "./phrases.js";

const STAY = 6000;
const STAY_WITH_UNDO = 20000;
const region = document.querySelector(".toasts");
const timers = new Map();

function close(box) {
  clearTimeout(timers.get(box));
  timers.delete(box);
  const inside = box.contains(document.activeElement);
  box.remove();
  if (inside) (region.querySelector("button") ?? document.getElementById("main"))?.focus();
}

function wait(box) {
  clearTimeout(timers.get(box));
  timers.set(box, setTimeout(() => close(box), box.querySelector("form") ? STAY_WITH_UNDO : STAY));
}

function begin(box) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "×";
  button.setAttribute("aria-label", phrase("close"));
  button.addEventListener("click", () => close(box));
  box.append(button);
  region.append(box); // a change in the live region, also for what the page came with: it is read out
  wait(box);
}

export function toast(text) {
  if (!region) return;
  const box = document.createElement("div");
  box.className = "toast";
  box.append(Object.assign(document.createElement("span"), { textContent: text }));
  begin(box);
}

if (region) {
  setTimeout(() => each(".toasts > .toast:not(:has(> button))", begin), 150);
  const pause = () => timers.forEach((timer) => clearTimeout(timer));
  const resume = () => {
    if (!region.matches(":hover, :focus-within")) [...timers.keys()].forEach(wait);
  };
  region.addEventListener("pointerover", pause);
  region.addEventListener("focusin", pause);
  region.addEventListener("pointerout", () => setTimeout(resume));
  region.addEventListener("focusout", () => setTimeout(resume));
  // The server can ask for one with a fragment: HX-Trigger: {"toast": "Lead assigned"}
  document.addEventListener("toast", (event) => toast(event.detail.value));
}
