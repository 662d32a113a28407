// Fields that mean something only where a box is ticked stand aside until it is: `<input data-shown-with="is_merchant">`.
// What they hold stays in the page; it is sent only while they are shown. A refused one is always shown.
export function shownWith(control) {
  const { form } = control;
  const box = form.elements.namedItem(control.dataset.shownWith);
  const refused = control.getAttribute("aria-invalid") === "true";

  function update() {
    const isShown = box.checked || refused;
    control.closest(".field").hidden = !isShown;
    control.disabled = !isShown;
  }

  form.addEventListener("change", update);
  update();
}
