// A list changes in place: other rows, another order or page come as fragments. The card says that it is busy, and focus
// stays where it was; what was pressed and is gone hands it to the button that opened its menu, else to the card's title.
export function listing(area) {
  const card = () => area.querySelector("#list");
  let menu = "";

  area.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (!["list", "narrowing"].includes(detail.target.id)) return; // a row that opens beside the list, a menu
    menu = document.activeElement?.closest(".menu")?.id ?? "";
    card()?.setAttribute("aria-busy", "true");
  });
  area.addEventListener("htmx:afterRequest", () => card()?.removeAttribute("aria-busy"));
  area.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (!["list", "narrowing"].includes(detail.target?.id)) return;
    if (document.activeElement && document.activeElement !== document.body) return;
    const opener = menu && area.querySelector(`[popovertarget="${CSS.escape(menu)}"]`);
    (opener || area.querySelector("#list-title"))?.focus({ preventScroll: true });
  });
}
