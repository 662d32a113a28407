// The words that scripts say. They come translated from the server (partnerhub/web/phrases.py).
const words = document.getElementById("phrases")?.content;

export function phrase(key, values = {}) {
  const text = words?.querySelector(`[data-say="${key}"]`)?.textContent ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
