// The files chosen in <input type="file" data-list>: picked, dropped on its form or pasted into it; listed with their sizes in the
// element that `data-list` names, each removable. One that is too large, of a kind that is not taken, or one too many is told in
// its place and stays out of what is sent; the others go. A form[data-upload] says how far they are (sending.js).
import { phrase } from "./phrases.js";
import { sending } from "./sending.js";

const KB = 1024;

function sizeText(bytes) {
  const kb = bytes / KB;
  const language = document.documentElement.lang;
  const write = (number, digits) => number.toLocaleString(language, { maximumFractionDigits: digits });
  return kb < KB ? phrase("kb", { number: write(Math.max(1, kb), 0) }) : phrase("mb", { number: write(kb / KB, 1) });
}

const make = (tag, values) => Object.assign(document.createElement(tag), values);

export function fileList(input) {
  const list = document.getElementById(input.dataset.list);
  const { form } = input;
  const maxBytes = Number(input.dataset.maxBytes) || Infinity;
  const maxFiles = Number(input.dataset.maxFiles) || Infinity;
  const kinds = input.accept.toLowerCase().split(",").filter((kind) => kind.startsWith("."));
  const chosen = new Map(); // file → its entry in the list
  if (!list) return;

  const taken = () => [...chosen.keys()].filter((file) => !("refused" in chosen.get(file).dataset));

  // What the browser sends, and a script that asks it: the files that are not refused.
  function hand() {
    const all = new DataTransfer();
    taken().forEach((file) => all.items.add(file));
    input.files = all.files;
    if (taken().length < chosen.size) input.setAttribute("aria-invalid", "true");
    else input.removeAttribute("aria-invalid");
  }

  function refuse(file, text) {
    const item = chosen.get(file);
    item.dataset.refused = "";
    item.querySelector(".file").dataset.tone = "bad";
    const line = make("span", { className: "error", textContent: text });
    line.dataset.tone = "bad";
    line.setAttribute("role", "alert");
    item.append(line);
    hand();
  }

  function remove(file) {
    chosen.get(file).remove();
    chosen.delete(file);
    hand();
    input.focus();
  }

  function entry(file) {
    const item = make("li");
    const name = make("span", { className: "file", textContent: file.name });
    name.append(make("small", { textContent: sizeText(file.size) }));
    const button = make("button", { type: "button", className: "btn plain small square", textContent: "×" });
    button.setAttribute("aria-label", phrase("file-remove", { name: file.name }));
    button.addEventListener("click", () => remove(file));
    item.append(name, button);
    return item;
  }

  function problem(file) {
    if (file.size > maxBytes) return phrase("file-too-big", { name: file.name, size: sizeText(file.size), limit: sizeText(maxBytes) });
    if (kinds.length && !kinds.some((kind) => file.name.toLowerCase().endsWith(kind))) return phrase("file-kind", { name: file.name });
    return taken().length >= maxFiles ? phrase("files-too-many", { limit: maxFiles }) : "";
  }

  const same = (one, other) => one.name === other.name && one.size === other.size && one.lastModified === other.lastModified;

  function add(files) {
    if (!input.multiple && files.length) [...chosen.keys()].forEach(remove);
    for (const file of input.multiple ? files : files.slice(0, 1)) {
      if ([...chosen.keys()].some((one) => same(one, file))) continue;
      const text = problem(file);
      chosen.set(file, entry(file));
      list.append(chosen.get(file));
      if (text) refuse(file, text);
    }
    hand();
  }

  input.addEventListener("change", () => add([...input.files]));
  form?.addEventListener("reset", () => {
    chosen.clear();
    list.replaceChildren();
  });
  form?.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add([...event.clipboardData.files]);
  });
  const brings = (event) => event.dataTransfer?.types.includes("Files");
  form?.addEventListener("dragover", (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    form.dataset.dropping = "";
  });
  form?.addEventListener("dragleave", (event) => form.contains(event.relatedTarget) || delete form.dataset.dropping);
  form?.addEventListener("drop", (event) => {
    delete form.dataset.dropping;
    if (!brings(event)) return;
    event.preventDefault();
    add([...event.dataTransfer.files]);
  });
  if (form && "upload" in form.dataset) sending(form, { list, taken, refuse, item: (file) => chosen.get(file) });
  add([...input.files]);
}
