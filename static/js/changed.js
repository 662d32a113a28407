// Rows of a list that somebody else has changed: `<div class="listing" data-live="lead">`. A row in sight is drawn anew in its
// place; one under the person's hand (focus is in it, or it is ticked) stays as it is. What is not in sight, or cannot be drawn
// in place, is counted in the list's status line, which offers to show the list as it is now. Nothing moves by itself.
import { listen } from "./live.js";
import { phrase } from "./phrases.js";
import { keepTable } from "./tables.js";

const ASKED = { "HX-Request": "true", "HX-Target": "list", "X-Background": "live" };

export function changedRows(area) {
  const rowOf = (id) => document.getElementById(`row-${id}`);
  const spot = area.querySelector("#list-status");
  let waiting = new Set();
  let isVague = false;

  async function hear(records) {
    if (!records) isVague = true;
    const inSight = [];
    for (const [id, { version, own }] of records ?? []) {
      const row = rowOf(id);
      if (!row && !own) waiting.add(id);
      else if (row && !isShown(row, version)) inSight.push(id);
    }
    if (inSight.length) await redraw(inSight);
    tell();
  }

  async function redraw(ids) {
    const fresh = await fetched();
    for (const id of ids) {
      const [row, now] = [rowOf(id), fresh?.getElementById(`row-${id}`)];
      if (row && now && !isInHand(row)) put(row, now);
      else waiting.add(id);
    }
  }

  function put(row, now) {
    row.replaceChildren(...document.importNode(now, true).childNodes);
    keepTable(row.closest(".sheet"));
    htmx.process(row);
    row.dispatchEvent(new CustomEvent("htmx:load", { bubbles: true, detail: { elt: row } }));
  }

  function tell() {
    if (!waiting.size && !isVague) return;
    const line = spot.querySelector("[data-changed]") ?? offer();
    const words = isVague ? phrase("may-have-changed") : phrase("changed", { number: waiting.size });
    if (line.firstChild.textContent !== words) line.firstChild.textContent = words;
  }

  function offer() {
    const line = document.createElement("span");
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn plain small", textContent: phrase("show-changed") });
    line.dataset.changed = "";
    button.addEventListener("click", () => htmx.ajax("GET", location.href, { source: spot, target: "#list" }));
    line.append(document.createElement("span"), " ", button);
    spot.append(" ", line);
    return line;
  }

  // Whatever draws the list anew shows it as it is.
  area.addEventListener("htmx:afterSwap", () => {
    waiting = new Set();
    isVague = false;
  });
  listen(area.dataset.live, hear);
}

function isShown(row, version) {
  const mark = row.querySelector(".pick input")?.value.split(":")[1];
  return mark !== undefined && Number(mark) >= version;
}

const isInHand = (row) => row.contains(document.activeElement) || row.querySelector(".pick input")?.checked;

async function fetched() {
  try {
    const response = await fetch(location.href, { headers: ASKED });
    return response.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  } catch {
    return null;
  }
}
