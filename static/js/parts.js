// Parts of the page, now and later: what htmx brings in is found too. Each part starts once.
export function each(selector, start) {
  const known = new WeakSet();
  const look = (root) => {
    for (const part of [root, ...root.querySelectorAll(selector)]) {
      if (part.matches?.(selector) && !known.has(part)) {
        known.add(part);
        start(part);
      }
    }
  };
  look(document);
  document.addEventListener("htmx:load", (event) => look(event.detail.elt));
}
