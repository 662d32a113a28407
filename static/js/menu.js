// Menus are native popovers and need no script to open. This places them where anchor positioning is missing, and loads
// the content of `<a data-menu="id" href="…">` when it is first opened; without scripts that link leads to a page.
import { each } from "./parts.js";

const anchored = CSS.supports("position-area: block-end") && CSS.supports("selector(:open)");
const GAP = 4;
let invoker = null;

function place(menu) {
  if (!invoker?.isConnected) return;
  const at = invoker.getBoundingClientRect();
  const { offsetWidth: width, offsetHeight: height } = menu;
  const toEnd = menu.classList.contains("left") !== (document.dir === "rtl");
  const left = toEnd ? at.right - width : at.left;
  const below = at.bottom + GAP;
  const top = below + height > innerHeight && at.top > height + GAP ? at.top - GAP - height : below;
  menu.style.inset = "auto";
  menu.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  menu.style.top = `${Math.max(GAP, top)}px`;
}

if (!anchored) {
  const openMenu = () => document.querySelector(".menu:popover-open");
  const again = () => openMenu() && place(openMenu());
  document.addEventListener("click", (event) => (invoker = event.target.closest("[popovertarget]") ?? invoker), true);
  document.addEventListener("toggle", (event) => event.target.matches(".menu:popover-open") && place(event.target), true);
  document.addEventListener("htmx:afterSettle", again);
  addEventListener("scroll", again, { capture: true, passive: true });
  addEventListener("resize", again, { passive: true });
}

each("a[data-menu]", (link) => {
  const menu = document.getElementById(link.dataset.menu);
  if (!menu || !window.htmx) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.setAttribute("popovertarget", menu.id);
  button.append(...link.childNodes);
  link.replaceWith(button);
  menu.addEventListener("toggle", (event) => {
    if (event.newState === "open" && !menu.childElementCount) htmx.ajax("GET", link.href, { target: menu, source: menu });
  });
});

// Why a control is disabled shows on hover and on focus too, stays while pointed at, and goes with Esc (WCAG 1.4.13).
each("[aria-disabled='true'][popovertarget]", (button) => {
  const menu = document.getElementById(button.getAttribute("popovertarget"));
  const isOpen = () => menu.matches(":popover-open");
  let timer = 0;
  const show = () => {
    clearTimeout(timer);
    invoker = button;
    if (!isOpen()) menu.showPopover({ source: button });
  };
  const leave = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const inUse = [button, menu].some((part) => part.matches(":hover, :focus-within"));
      if (isOpen() && !inUse) menu.hidePopover();
    }, 250);
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    show();
  });
  button.addEventListener("pointerenter", (event) => event.pointerType === "mouse" && show());
  button.addEventListener("focus", () => button.matches(":focus-visible") && show());
  for (const part of [button, menu]) {
    part.addEventListener("pointerleave", leave);
    part.addEventListener("focusout", leave);
  }
});

// A choice that leads elsewhere in the page, or to a dialog, closes its menu.
document.addEventListener("click", (event) => {
  event.target.closest("[data-dialog], a[href^='#']")?.closest(".menu:popover-open")?.hidePopover();
});
