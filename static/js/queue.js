// The list beside the reading pane: which row is open, the way to its neighbours, and which of the two a narrow screen shows.
const NARROW = matchMedia("(max-width: 62rem)");

export function queue(split) {
  const ROWS = "#list tbody tr:not(.taken) th a";
  const current = () => split.querySelector("#list tbody [aria-current]");

  function mark(link) {
    current()?.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    link.scrollIntoView({ block: "nearest" });
  }

  // At once, not when the pane has come: J pressed three times leads three rows on.
  split.addEventListener("click", (event) => {
    const link = event.target.closest(ROWS);
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) mark(link);
  });

  // Next and Previous open the row beside, where the list has one; else their link leads to the next page of it.
  split.addEventListener("click", (event) => {
    const way = event.target.closest(".reader [rel='next'], .reader [rel='prev']");
    const rows = way ? [...split.querySelectorAll(ROWS)] : [];
    const link = rows[rows.indexOf(current()) + (way?.rel === "next" ? 1 : -1)];
    if (!link || !current()) return;
    event.preventDefault();
    link.click();
  });

  split.addEventListener("htmx:afterSwap", (event) => {
    const reader = split.querySelector(".reader");
    if (event.detail.target.id !== "lead" || !reader) return;
    split.dataset.view = "lead";
    if (!NARROW.matches) return;
    scrollTo(0, 0);
    reader.querySelector("h2").focus();
  });

  current()?.scrollIntoView({ block: "nearest" });
}
