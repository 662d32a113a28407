// What went wrong with a request is told where the person is, with a way on. Nothing fails silently.
import { phrase } from "./phrases.js";
import { csrfToken } from "./send.js";

const pattern = document.getElementById("trouble-notice");
const LOGIN = /\/accounts\/login\/$/;

// In the open dialog, in the card of the list that was to change, else at the top of the page.
function place(near) {
  const dialog = document.querySelector("dialog[open]");
  const part = dialog ? (dialog.querySelector("form") ?? dialog) : near?.closest?.(".listing")?.querySelector("#list");
  if (!part) return document.getElementById("trouble");
  let spot = part.querySelector("[data-trouble]");
  if (!spot) {
    spot = Object.assign(document.createElement("div"), { className: "notices" });
    spot.dataset.trouble = "";
    spot.setAttribute("role", "alert");
    part.prepend(spot);
  }
  return spot;
}

function clearTrouble() {
  document.querySelectorAll("#trouble, [data-trouble]").forEach((spot) => spot.replaceChildren());
}

// `ways`: retry (a function), reload, signIn; whichever is given gets its control. `near`: what the request came from.
export function tell(key, ways = {}, near = null) {
  const spot = place(near);
  if (!spot || !pattern) return;
  const notice = pattern.content.firstElementChild.cloneNode(true);
  const control = (name) => notice.querySelector(`[data-way="${name}"]`);
  notice.querySelector("p").textContent = phrase(key);
  control("sign-in").href = `${pattern.dataset.login}?next=${encodeURIComponent(location.pathname + location.search)}`;
  control("sign-in").hidden = !ways.signIn;
  control("reload").hidden = !ways.reload;
  control("retry").hidden = !ways.retry;
  control("reload").addEventListener("click", () => location.reload());
  control("retry").addEventListener("click", () => {
    clearTrouble();
    ways.retry();
  });
  spot.replaceChildren(notice);
  notice.scrollIntoView({ block: "nearest" });
}

export function tellStatus(status, text, retry, near = null) {
  if (status === 401) tell("signed-out", { signIn: true }, near);
  else if (status === 403 && text.includes('data-reason="csrf"')) tell("stale", { reload: true }, near);
  else if (status === 403) tell("refused", {}, near);
  else if (status === 404 || status === 410) tell("missing", { reload: true }, near);
  else if (status === 429) tell("busy", { retry }, near);
  else tell("failed", { retry }, near);
}

// Sends the same request again; htmx collects the values anew, so what was typed since goes along.
const again = ({ requestConfig: request }) => () =>
  htmx.ajax(request.verb, request.path, { source: request.elt, event: request.triggeringEvent, target: request.target });

const on = (name, act) => document.addEventListener(`htmx:${name}`, (event) => act(event.detail, event));

on("configRequest", (detail) => {
  if (detail.verb !== "get") detail.headers["X-CSRFToken"] = csrfToken();
});
on("beforeSwap", (detail) => {
  const { xhr } = detail;
  if (xhr.responseURL && LOGIN.test(new URL(xhr.responseURL).pathname) && !LOGIN.test(location.pathname)) {
    detail.shouldSwap = false;
    tell("signed-out", { signIn: true }, detail.elt);
  }
});
on("sendError", (detail) => tell("network", { retry: again(detail) }, detail.elt));
on("timeout", (detail) => tell("slow", { retry: again(detail) }, detail.elt));
on("swapError", () => tell("failed", { reload: true }));
on("responseError", (detail) => tellStatus(detail.xhr.status, detail.xhr.responseText, again(detail), detail.elt));
on("beforeRequest", clearTrouble);
