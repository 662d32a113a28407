// Rows chosen on this page: [data-selectable] holds rows with .pick boxes, boxes for all of them ([data-all]: in the head row, and
// in the toolbar where rows are cards), a .bulk bar with [data-count] and [data-clear]. The bar takes the toolbar's place, so that rows do not jump.
export function selection(area) {
  const boxes = () => [...area.querySelectorAll(".pick input:not([data-all])")];
  const alls = [...area.querySelectorAll("[data-all]")];
  const bar = area.querySelector(".bulk");

  function update() {
    const chosen = boxes().filter((box) => box.checked).length;
    area.querySelectorAll("[data-count]").forEach((spot) => (spot.textContent = chosen));
    for (const all of alls) {
      all.checked = chosen > 0 && chosen === boxes().length;
      all.indeterminate = chosen > 0 && !all.checked;
    }
    bar.hidden = !chosen;
    const whole = area.querySelector("[name='all']"); // what matches beyond the page is meant only beside a selection
    if (whole && !chosen) whole.checked = false;
    if (bar.previousElementSibling) bar.previousElementSibling.hidden = chosen > 0;
  }

  area.addEventListener("change", (event) => {
    if (alls.includes(event.target)) boxes().forEach((box) => (box.checked = event.target.checked));
    update();
  });
  area.addEventListener("htmx:afterSettle", update);
  area.querySelector("[data-clear]")?.addEventListener("click", () => {
    boxes().forEach((box) => (box.checked = false));
    update();
    (alls.find((all) => all.checkVisibility()) ?? boxes()[0])?.focus();
  });
  update();
}
