// One press sends a form once. The button says that it works, and works again when the person comes back to the page.
import { each } from "./parts.js";

const buttonsOf = (form) => [...form.elements].filter((part) => part.matches("button:not([type=button]), [type=submit]"));

function busy(form, submitter) {
  form.dataset.sent = "";
  submitter?.setAttribute("aria-busy", "true");
  // Only after the browser has collected the fields: a disabled button would not be sent.
  setTimeout(() => buttonsOf(form).forEach((button) => (button.disabled = true)));
}

function ready(form) {
  if (!("sent" in form.dataset)) return;
  delete form.dataset.sent;
  setTimeout(() => {
    for (const button of buttonsOf(form)) {
      button.removeAttribute("aria-busy");
      button.disabled = false;
    }
  });
}

document.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  const method = submitter?.getAttribute("formmethod") ?? form.method;
  if (event.defaultPrevented || method !== "post" || "download" in form.dataset) return;
  if ("sent" in form.dataset) event.preventDefault();
  else busy(form, submitter);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(ready));
document.addEventListener("htmx:beforeRequest", ({ detail: { elt, requestConfig } }) => {
  if (elt.matches("form") && requestConfig.verb !== "get") busy(elt, requestConfig.triggeringEvent?.submitter);
});
document.addEventListener("htmx:afterRequest", ({ detail: { elt } }) => elt.matches("form") && ready(elt));

// Searches and filters leave empty fields out of the address.
document.addEventListener("formdata", (event) => {
  if (event.target.method !== "get") return;
  for (const [name, value] of [...event.formData]) if (value === "") event.formData.delete(name);
});
document.addEventListener("htmx:configRequest", ({ detail }) => {
  if (detail.verb !== "get") return;
  for (const [name, value] of [...detail.formData.entries()]) if (value === "") detail.formData.delete(name);
});

// After a refused submit the summary takes focus; its links go to the fields.
each("[data-focus-on-load]", (part) => part.focus());
document.addEventListener("click", (event) => {
  const link = event.target.closest(".notice a[href^='#']");
  const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (!field) return;
  event.preventDefault();
  (field.matches("fieldset") ? (field.querySelector("input") ?? field) : field).focus();
});

// `<select data-send>`: a choice that is sent at once; without scripts a button beside it (class "no-js") sends it.
document.addEventListener("change", (event) => event.target.matches("[data-send]") && event.target.form.requestSubmit());
