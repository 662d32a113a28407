// A list changes in place: other rows, another order or page come as fragments. The card says that it is busy, and focus
// stays where it was; what was pressed and is gone hands it to the button that opened its menu, else to the card's title.
// A menu that holds `<a data-fetch>` is fetched from there when it is opened, and busy until it is there; where that failed, when
// it is opened again. The link hands the focus, where it has it, to the first of the choices.
export function listing(area) {
  const card = () => area.querySelector("#list");
  let menu = "";

  function fetched({ target, newState }) {
    const link = newState === "open" && !target.ariaBusy && target.querySelector(":scope > [data-fetch]");
    if (!link) return;
    Object.assign(link.dataset, { hxSwap: "innerHTML", hxPushUrl: "false" });
    htmx.ajax("GET", link.href, { source: link, target });
  }

  area.addEventListener("toggle", fetched, true); // it does not bubble
  area.addEventListener("htmx:beforeRequest", ({ detail }) => {
    if (detail.target.matches(".menu")) detail.target.ariaBusy = "true";
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
