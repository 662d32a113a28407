// `<a href="/leads/…/withdraw/" data-dialog="withdraw">` opens <dialog id="withdraw">; without scripts the link leads to the
// page that asks the same. Esc and `<button formmethod="dialog">` close natively; focus returns to the opener natively.
import { each } from "./parts.js";

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  dialog.showModal();
});

// The server sends a dialog back open when what was sent with it was refused.
each("dialog[data-open]", (dialog) => dialog.showModal());
