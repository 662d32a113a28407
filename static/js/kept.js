// What is typed into any form stays in this tab until the server took it: over a session or a network that was lost, an answer
// that refused or failed, and Back. Every form of a member has a field `seat`; those with nothing to fill in are left alone.
// Of who is not signed in (sign-in, an invitation, an owner's answer) only what was sent is kept: nobody else at this tab is
// shown what somebody left unsent, and no link's secret is in the name of an entry.
//
// The entry goes with the form as `kept`; once the form is taken, the server names it in a cookie (store.js reads it). What
// was kept over a sign-in by the server stands in a [data-typed] card and is put into its form here.
import { phrase } from "./phrases.js";
import { fieldsOf, isAnswer, isTouched, keep, kept, newKey, person, putBack } from "./store.js";

const VISIBLE = "textarea, select, input:not([type=hidden], [type=submit], [type=button])";
const place = (form) => new URL(form.action, location.href).pathname;
const SECRET_PART = /[^/]{20,}/g;
const nameOf = (form) => `:${person ? place(form) : place(form).replace(SECRET_PART, "~")}#${form.id}`;
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function line(form, entry, before) {
  const box = document.createElement("p");
  box.className = "kept-line";
  box.setAttribute("role", "status");
  const again = entry.files ? ` ${phrase("files-again")}` : "";
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn plain small", textContent: phrase("start-over") });
  button.addEventListener("click", () => {
    keep(nameOf(form), null);
    putBack(form, before);
    box.remove();
    form.querySelector(VISIBLE)?.focus();
  });
  box.append(Object.assign(document.createElement("span"), { textContent: phrase("kept") + again }), button);
  form.prepend(box);
}

function restore(form, entry) {
  const before = fieldsOf(form);
  if (same(before, entry.fields)) return;
  putBack(form, entry.fields);
  line(form, entry, before);
  const dialog = form.closest("dialog");
  if (entry.sent && dialog && !dialog.open) dialog.showModal();
}

// The server's own card about this form: its values go into the form, the card goes.
function fromCard(form) {
  const card = [...document.querySelectorAll("[data-typed]")].find((one) => new URL(one.dataset.typed, location.href).pathname === place(form));
  if (!card) return null;
  const source = card.querySelector("form");
  const entry = { key: newKey(), fields: fieldsOf(source), files: "files" in card.dataset, sent: true };
  (card.parentElement.matches(".kept") ? card.parentElement : card).remove();
  return entry;
}

export function keepForm(form) {
  const name = nameOf(form);
  if (!form.querySelector(VISIBLE) || form.closest("[data-typed]")) return;
  let entry = kept(name);
  const isAnswered = "answer" in form.dataset || (isAnswer && place(form) === location.pathname);
  const carded = isAnswered ? null : fromCard(form);
  const touched = isTouched(form);
  if (!isAnswered && !touched && (entry ?? carded)) restore(form, (entry ??= carded));

  function note(sent) {
    const files = [...form.elements].some((part) => part.type === "file" && part.files.length);
    entry = { key: entry?.key ?? newKey(), fields: fieldsOf(form), files, sent };
    keep(name, entry);
  }

  function drop() {
    entry = null;
    keep(name, null);
  }

  if (isAnswered || (touched && person)) note(isAnswered);
  form.addEventListener("input", () => person && note(false));
  form.addEventListener("change", (event) => person && event.isTrusted && note(false));
  form.addEventListener("submit", (event) => {
    if (event.submitter?.getAttribute("formmethod") === "dialog") drop();
    else if (!event.defaultPrevented) note(true);
  });
  form.addEventListener("formdata", (event) => entry && event.formData.set("kept", entry.key));
  form.addEventListener("click", (event) => event.target.closest(".actions a, .sendbar a, footer a, [data-close]") && drop());
}
