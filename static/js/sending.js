// A form[data-upload] with files is sent by this script: each file says how far it is, the whole can be stopped and tried again;
// what the server refuses is told in its place. Sent twice it is one message: the form has a number of its own.
import { phrase } from "./phrases.js";
import { csrfToken } from "./send.js";
import { tellStatus } from "./trouble.js";

const STEP = 25; // so seldom is it read out

function goOn(url) {
  const next = new URL(url, location.href);
  if (next.pathname + next.search !== location.pathname + location.search) return location.assign(next);
  history.replaceState(history.state, "", next);
  return location.reload();
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

export function sending(form, files) {
  const row = Object.assign(document.createElement("div"), { className: "sending" });
  const told = row.appendChild(document.createElement("span"));
  told.setAttribute("role", "status");
  const button = row.appendChild(Object.assign(document.createElement("button"), { type: "button", className: "btn small", hidden: true }));
  files.list.after(row);
  const others = () => [...form.elements].filter((part) => part.matches("button") && part !== button);
  let act = null;
  button.addEventListener("click", () => act?.());

  function say(text, way = "", does = null) {
    told.textContent = text;
    button.hidden = !way;
    button.textContent = way;
    act = does;
    if (way) button.focus();
  }

  function rest() {
    form.removeAttribute("aria-busy");
    others().forEach((part) => (part.disabled = false));
    files.list.querySelectorAll("progress").forEach((bar) => bar.remove());
  }

  function answered(request, sent) {
    const answer = read(request.responseText);
    if (request.status === 200 && answer.url) return goOn(answer.url);
    rest();
    if (request.status !== 422 || !answer.problems) {
      say("");
      return tellStatus(request.status, request.responseText, send, form);
    }
    if (answer.once) form.elements.once.value = answer.once;
    Object.entries(answer.files).forEach(([index, text]) => files.refuse(sent[index], text));
    say(answer.problems.join(" ") || phrase("files-refused"));
    return form.querySelector("textarea")?.focus();
  }

  function send() {
    const sent = files.taken();
    const bars = sent.map((file) => {
      const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
      bar.setAttribute("aria-label", phrase("file-sending", { name: file.name }));
      files.item(file).append(bar);
      return bar;
    });
    const request = new XMLHttpRequest();
    const failed = (text) => {
      rest();
      say(text, phrase("try-again"), send);
    };
    let step = 0;
    request.open("POST", form.action);
    request.setRequestHeader("X-CSRFToken", csrfToken());
    request.setRequestHeader("X-Requested-With", "fetch");
    request.setRequestHeader("Accept", "application/json");
    request.upload.addEventListener("progress", ({ loaded, total }) => {
      let before = 0;
      sent.forEach((file, at) => {
        bars[at].value = Math.min(1, Math.max(0, (loaded - before) / Math.max(1, file.size)));
        before += file.size;
      });
      const now = Math.floor((100 * loaded) / total / STEP) * STEP;
      if (now > step) told.textContent = phrase("files-sending", { percent: (step = now) });
    });
    request.addEventListener("load", () => answered(request, sent));
    request.addEventListener("error", () => failed(phrase("network")));
    request.addEventListener("abort", () => failed(phrase("sending-stopped")));
    const data = new FormData(form);
    form.setAttribute("aria-busy", "true");
    others().forEach((part) => (part.disabled = true));
    say(phrase("files-sending", { percent: 0 }), phrase("cancel"), () => request.abort());
    request.send(data);
  }

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.name === "preview" || !files.taken().length) return;
    event.preventDefault();
    send();
  });
}
