// The words that scripts say, a line for each (`close=Close`). They come translated from the server (partnerhub/web/phrases.py).
const lines = document.getElementById("phrases")?.content.textContent.split("\n") ?? [];
const words = new Map(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));

export function phrase(key, values = {}) {
  return (words.get(key) ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
