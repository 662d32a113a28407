// The files chosen in <input type="file" data-max-bytes data-max-files>: listed with their sizes in the element that
// `data-list` names, too large ones marked before anything is sent, each removable.
import { phrase } from "./phrases.js";

const KB = 1024;

function sizeText(bytes) {
  const kb = bytes / KB;
  const language = document.documentElement.lang;
  const write = (number, digits) => number.toLocaleString(language, { maximumFractionDigits: digits });
  return kb < KB ? phrase("kb", { number: write(Math.max(1, kb), 0) }) : phrase("mb", { number: write(kb / KB, 1) });
}

export function fileList(input) {
  const list = document.getElementById(input.dataset.list);
  const { form } = input;
  const maxBytes = Number(input.dataset.maxBytes) || Infinity;
  const maxFiles = Number(input.dataset.maxFiles) || Infinity;
  if (!list) return;

  const tooBig = (file) => file.size > maxBytes;
  const isRefused = () => input.files.length > maxFiles || [...input.files].some(tooBig);

  function remove(index) {
    const rest = new DataTransfer();
    [...input.files].forEach((file, at) => at !== index && rest.items.add(file));
    input.files = rest.files;
    show();
    input.focus();
  }

  function entry(file, index) {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { className: "file", textContent: file.name });
    name.append(Object.assign(document.createElement("small"), { textContent: sizeText(file.size) }));
    if (tooBig(file)) name.dataset.tone = "bad";
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn plain small square", textContent: "×" });
    button.setAttribute("aria-label", phrase("file-remove", { name: file.name }));
    button.addEventListener("click", () => remove(index));
    item.append(name, button);
    return item;
  }

  function problem() {
    const big = [...input.files].find(tooBig);
    if (big) return phrase("file-too-big", { name: big.name, size: sizeText(big.size), limit: sizeText(maxBytes) });
    return input.files.length > maxFiles ? phrase("files-too-many", { limit: maxFiles }) : "";
  }

  function show() {
    list.replaceChildren(...[...input.files].map(entry));
    const text = problem();
    if (!text) return input.removeAttribute("aria-invalid");
    const line = Object.assign(document.createElement("li"), { className: "error", textContent: text });
    line.dataset.tone = "bad";
    line.setAttribute("role", "alert");
    list.append(line);
    return input.setAttribute("aria-invalid", "true");
  }

  input.addEventListener("change", show);
  form?.addEventListener("reset", () => setTimeout(show));
  form?.addEventListener("submit", (event) => {
    if (!isRefused() || event.submitter?.getAttribute("formmethod") === "dialog") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
  });
  show();
}
