// A list changes in place: other rows, another order or page come as fragments. The card says that it is busy, and focus
// stays where it was; what was pressed and is gone hands it to the button that opened its menu, else to the card's title.
// A menu that is fetched is busy until it is there; a link in it that had the focus hands it to the first of its choices.
export function listing(area) {
  const card = () => area.querySelector("#list");
  let menu = "";

  area.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target.matches(".menu")) detail.target.setAttribute("aria-busy", "true");
    if (!["list", "narrowing"].includes(detail.target.id)) return; // a row that opens beside the list, a menu
    menu = document.activeElement?.closest(".menu")?.id ?? "";
    card()?.setAttribute("aria-busy", "true");
  });
  area.addEventListener("htmx:afterRequest", ({ detail }) => {
    for (const part of [card(), detail.target]) part?.removeAttribute("aria-busy");
  });
  area.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (document.activeElement && document.activeElement !== document.body) return;
    if (detail.target?.matches(".menu:popover-open")) detail.target.querySelector("a, button, input")?.focus();
    if (!["list", "narrowing"].includes(detail.target?.id)) return;
    const opener = menu && area.querySelector(`[popovertarget="${CSS.escape(menu)}"]`);
    (opener || area.querySelector("#list-title"))?.focus({ preventScroll: true });
  });
}
