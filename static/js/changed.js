// Rows that somebody else has changed, on a page that is looked at: [data-live="lead"] holds rows with the ids `row-<record>`.
// A row in sight is drawn anew in its place; one under the person's hand (focus is in it, or it is ticked) stays as it is.
// What cannot be drawn in place is counted in a status line, which offers to show the page as it is now: nothing moves by
// itself. What a row holds now is asked of the page's own address, once a second at most.
import { listen } from "./live.js";
import { phrase } from "./phrases.js";
import { keepTable } from "./tables.js";

const SOON = 1000; // between two looks for rows in sight
const LATER = 3000; // and for others; not all browsers at once
const SPREAD = 500;
const MOST_ASKED = 50; // rows in one address

const rowOf = (id) => document.getElementById(`row-${id}`);
const boxOf = (row) => row.querySelector(".pick input");
const isInHand = (row) => row.contains(document.activeElement) || boxOf(row)?.checked;

function isShown(row, version) {
  const mark = boxOf(row)?.value.split(":")[1];
  return mark !== undefined && Number(mark) >= version;
}

function put(row, now) {
  for (const { name } of [...row.attributes]) if (!now.hasAttribute(name)) row.removeAttribute(name);
  for (const { name, value } of now.attributes) row.setAttribute(name, value);
  row.replaceChildren(...document.importNode(now, true).childNodes);
  htmx.process(row);
  row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: row } }));
}

async function asked(url, headers) {
  try {
    const response = await fetch(url, { headers: { "HX-Request": "true", "X-Background": "live", ...headers } });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}

// `spot` is the status line, look(ids) draws what it can and gives the ids that wait to be shown, show() shows them.
function changed(kind, { spot, look, show, others }) {
  let ids = new Set();
  let waiting = new Set();
  let isVague = false;
  let isLooking = false;
  let timer = 0;
  let last = 0;

  function hear(records) {
    if (!records) isVague = true;
    for (const [id, { version, own }] of records ?? []) {
      const row = rowOf(id);
      if (row ? !isShown(row, version) : !own) ids.add(id);
      if (!own) others?.(id, version);
    }
    tell();
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!ids.size || isLooking) return;
    const pause = [...ids].some(rowOf) ? SOON : LATER + Math.random() * SPREAD;
    timer = setTimeout(run, Math.max(0, last + pause - Date.now()));
  }

  async function run() {
    const some = [...ids];
    ids = new Set();
    isLooking = true;
    waiting = await look(some, waiting);
    isLooking = false;
    last = Date.now();
    tell();
    plan();
  }

  function tell() {
    const words = isVague ? phrase("may-have-changed") : waiting.size ? phrase("changed", { number: waiting.size }) : "";
    const line = spot.querySelector("[data-changed]");
    if (!words) return line?.remove();
    const text = (line ?? offer()).querySelector("span");
    if (text.textContent !== words) text.textContent = words;
  }

  function offer() {
    const line = document.createElement("span");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn plain small", textContent: phrase("show-changed") });
    button.addEventListener("click", show);
    line.dataset.changed = "";
    line.append(spot.textContent ? " · " : "", document.createElement("span"), " ", button);
    spot.append(line);
    return line;
  }

  function forget() {
    ids = new Set();
    waiting = new Set();
    isVague = false;
    tell();
  }

  listen(kind, hear);
  return forget;
}

// A list: its own fragment says how it looks now. One with `data-greys` says of rows in sight too where they have gone: they
// turn grey in their place.
export function changedList(area) {
  const spot = area.querySelector("#list-status");
  const known = (root) => [...root.querySelectorAll("#list tbody > tr:not(.taken)")].map((row) => row.id);

  async function look(ids) {
    const url = new URL(location.href);
    const gone = "greys" in area.dataset ? ids.filter(rowOf).slice(0, MOST_ASKED) : [];
    for (const id of gone) url.searchParams.append("row", id);
    const fresh = await asked(url, { "HX-Target": "list" });
    if (!fresh) return new Set(ids);
    const kept = new Set();
    for (const id of ids) {
      const [row, now] = [rowOf(id), fresh.getElementById(`row-${id}`)];
      if (row && now && isInHand(row)) kept.add(row.id);
      else if (row && now) put(row, now);
    }
    keepTable(area.querySelector(".sheet") ?? area);
    const [before, after] = [new Set(known(area)), new Set(known(fresh))];
    const come = [...after].filter((id) => !before.has(id)); // on a full page each pushes another one off
    return new Set([...kept, ...(come.length ? come : [...before].filter((id) => !after.has(id)))]);
  }

  const show = () => htmx.ajax("GET", location.href, { source: spot, target: "#list" });
  const forget = changed(area.dataset.live, { spot, look, show });
  area.addEventListener("htmx:afterSwap", forget); // whatever draws the list anew shows it as it is
}

// Triage: rows that have left the queue turn grey and say where they are; the lead that is read says that it has changed.
export function changedQueue(split) {
  const spot = split.querySelector("#list-status");

  async function look(ids, waiting) {
    const url = new URL(location.href);
    for (const id of ids) url.searchParams.append("row", id);
    const fresh = await asked(url);
    const left = new Set(waiting);
    for (const id of ids) {
      const [row, now] = [rowOf(id), fresh?.getElementById(`row-${id}`)];
      if (row && now && !isInHand(row)) put(row, now);
      else if (row || (now && !now.classList.contains("taken"))) left.add(id);
    }
    keepTable(split.querySelector(".sheet") ?? split);
    return left;
  }

  async function showRecord(url) {
    const source = split.querySelector("#list tbody");
    if (!source) return location.assign(url);
    await htmx.ajax("GET", url, { source, target: "#lead" });
    split.querySelector("#lead-title")?.focus();
  }

  function others(id, version) {
    const reader = split.querySelector(`.reader[data-lead="${CSS.escape(id)}"]`);
    const spot = reader?.querySelector("[data-changed-record]");
    if (!spot || spot.firstChild || Number(reader.dataset.version) >= version) return;
    const notice = Object.assign(document.createElement("div"), { className: "notice" });
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "btn small", textContent: phrase("show-record") });
    button.addEventListener("click", () => {
      const url = new URL(location.href);
      url.searchParams.set("lead", id);
      showRecord(url.href);
    });
    notice.dataset.tone = "info";
    notice.append(document.createElement("div"));
    notice.firstChild.append(Object.assign(document.createElement("p"), { textContent: phrase("record-changed") }), button);
    spot.append(notice);
  }

  const forget = changed(split.dataset.live, { spot, look, show: () => location.reload(), others });
  split.addEventListener("htmx:afterSwap", ({ detail }) => detail.target.id !== "lead" && forget());
}
