// Hears of changed records while the page is looked at. One stream a tab; it ends when the tab has been hidden for a while,
// and begins again where it ended. A message names a record, its version and whether the reader changed it: what it holds now
// is fetched by whoever asked to hear of it, as any page is. `listen(kind, hear)` calls hear(Map of id → {version, own}), or
// hear(null) where more has happened than could be told.
const address = document.querySelector('meta[name="live"]')?.content;
const HIDDEN = 30000;
const TOGETHER = 150;
const SLOWEST = 300000;
const KNOWN = 500;

const hearers = [];
const known = new Set();
let source = null;
let last = "";
let failures = 0;
let waiting = 0;
let gathered = [];

export function listen(kind, hear) {
  hearers.push({ kind, hear });
  open();
}

function open() {
  clearTimeout(waiting);
  if (source || !address || document.hidden) return;
  const url = new URL(address, location.href);
  if (last) url.searchParams.set("last", last);
  source = new EventSource(url, { withCredentials: true });
  source.addEventListener("open", () => (failures = 0));
  source.addEventListener("record", heard);
  source.addEventListener("beat", ({ lastEventId }) => (last = lastEventId));
  source.addEventListener("reset", reset);
  source.addEventListener("over", close);
  source.addEventListener("error", again);
}

function close() {
  clearTimeout(waiting);
  source?.close();
  source = null;
}

// The browser comes back by itself, unless it was refused: then ever more rarely, and not all browsers at once.
function again() {
  if (source?.readyState !== EventSource.CLOSED) return;
  close();
  failures += 1;
  waiting = setTimeout(open, Math.min(SLOWEST, 2500 * 2 ** failures) * (0.5 + Math.random()));
}

function heard({ data, lastEventId }) {
  last = lastEventId;
  if (known.has(lastEventId)) return;
  known.add(lastEventId);
  if (known.size > KNOWN) known.delete(known.values().next().value);
  if (!gathered.length) setTimeout(pass, TOGETHER);
  gathered.push(JSON.parse(data));
}

function pass() {
  const all = gathered;
  gathered = [];
  for (const { kind, hear } of hearers) {
    const own = new Map(all.filter((one) => one.kind === kind).map((one) => [one.id, one]));
    if (own.size) hear(own);
  }
}

function reset({ lastEventId }) {
  last = lastEventId;
  for (const { hear } of hearers) hear(null);
}

document.addEventListener("visibilitychange", () => {
  clearTimeout(waiting);
  if (document.hidden) waiting = setTimeout(close, HIDDEN);
  else open();
});
addEventListener("pagehide", close);
addEventListener("pageshow", ({ persisted }) => persisted && hearers.length && open());
