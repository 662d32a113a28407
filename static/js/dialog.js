// A verb is asked on the record's page: `<a href="/leads/…/withdraw/" data-dialog>` brings what that address asks
// (components/ask.html) into the one <dialog>; without scripts, or in a new tab, the link leads to the page of that address.
// What is refused comes back into the dialog. Once it is done the server says where to go on; the page is drawn anew there and
// focus returns to what opened the dialog. `data-dialog="id"` opens a <dialog> that stands in the page; Esc closes each.

const KEPT = "dialog-opener";
let box = null;
let opener = null;

function shared() {
  if (box) return box;
  box = document.getElementById("main").appendChild(Object.assign(document.createElement("dialog"), { id: "dialog" }));
  box.setAttribute("aria-labelledby", "ask-title");
  box.addEventListener("htmx:afterSettle", () => box.open || box.showModal()); // not before its form keeps what is typed
  box.addEventListener("close", () => {
    box.replaceChildren();
    focusOn(opener);
  });
  box.addEventListener("click", (event) => event.target.closest("[data-close]") && box.close());
  return box;
}

// A link's own address, or that of the form in which a button stands.
const addressOf = (part) => part.href ?? `${part.form.action}?${new URLSearchParams(new FormData(part.form))}`;

async function ask(link) {
  if (opener?.ariaBusy === "true") return;
  opener = link;
  link.ariaBusy = "true";
  try {
    await htmx.ajax("GET", addressOf(link), { target: shared(), source: box, swap: `${htmx.config.defaultSwapStyle} show:none` });
  } catch {
    // js/trouble.js has told of it.
  }
  link.ariaBusy = null;
}

// What stands in a menu that is closed by now is found by the menu's button.
function focusOn(link) {
  const menu = link?.closest(".menu");
  const button = menu && document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  (button || link)?.focus({ preventScroll: true });
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-dialog]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const named = link.dataset.dialog && document.getElementById(link.dataset.dialog);
  if (!named && !window.htmx) return;
  event.preventDefault();
  if (named) named.showModal();
  else ask(link);
});

document.addEventListener("dialog-done", ({ detail }) => {
  const next = new URL(detail.value, location.href);
  try {
    if (opener) sessionStorage.setItem(KEPT, new URL(addressOf(opener)).pathname);
  } catch {
    // Without storage focus begins at the top of the page.
  }
  box.close();
  const isHere = next.pathname + next.search === location.pathname + location.search;
  if (!isHere) return location.assign(next);
  history.replaceState(history.state, "", next);
  location.reload(); // keeps the place on the page
});

function comeBack() {
  const path = sessionStorage.getItem(KEPT);
  sessionStorage.removeItem(KEPT);
  if (!path) return;
  const same = [...document.querySelectorAll("a[data-dialog]")].find((link) => new URL(link.href).pathname === path);
  if (same) focusOn(same);
  else if (!location.hash) document.getElementById("main")?.focus({ preventScroll: true }); // the verb is possible no more
}

try {
  comeBack();
} catch {
  // No storage.
}
