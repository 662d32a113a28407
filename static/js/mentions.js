// While one types `@` and the beginning of a name into a textarea[data-mentions], the people who can be mentioned are offered
// below it: the server says who they are. Arrows move, Enter or Tab takes, Escape closes. Whoever was taken is sent by id beside
// the words (of two with one name the server could not tell), as long as the name stands there.
import { phrase } from "./phrases.js";

const SOUGHT = /(?:^|[^\p{L}\p{N}_@/.])@([\p{L}\p{N}_][^\n@]{0,59})?$/u;
const MOST_WORDS = 4;
const PAUSE = 150;
const make = (tag, values) => Object.assign(document.createElement(tag), values);
let number = 0;

export function mentions(area) {
  const { form } = area;
  const list = make("ul", { id: `mentions-${(number += 1)}`, className: "offered", hidden: true });
  const status = make("p", { className: "hide-text" });
  const taken = new Map(); // id → name
  const kept = () => [...form.querySelectorAll("input[name=mentions]")];
  let at = -1;
  let empty = null; // nobody was found for this beginning
  let waiting = null;
  let asking = null;

  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", phrase("mention-people"));
  status.setAttribute("role", "status");
  area.setAttribute("aria-autocomplete", "list");
  area.setAttribute("aria-haspopup", "listbox");
  area.setAttribute("aria-controls", list.id);
  area.after(list, status);

  const sought = () => {
    const [, words = ""] = SOUGHT.exec(area.value.slice(0, area.selectionStart)) ?? [null, null];
    return words === null || words.trim().split(/\s+/).length > MOST_WORDS ? null : words;
  };

  function close() {
    clearTimeout(waiting);
    asking?.abort();
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    at = -1;
    area.removeAttribute("aria-activedescendant");
  }

  function point(to) {
    at = (to + list.children.length) % list.children.length;
    [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
    list.children[at].scrollIntoView({ block: "nearest" });
    area.setAttribute("aria-activedescendant", list.children[at].id);
  }

  // What is sent: those whose names still stand there.
  function hand() {
    kept().forEach((input) => input.remove());
    for (const [id, name] of taken) {
      if (area.value.includes(`@${name}`)) form.append(make("input", { type: "hidden", name: "mentions", value: id }));
      else taken.delete(id);
    }
  }

  function take(person) {
    const words = sought() ?? "";
    const end = area.selectionStart;
    taken.set(person.id, person.name);
    area.setRangeText(`${person.name} `, end - words.length, end, "end");
    close();
    area.dispatchEvent(new Event("input", { bubbles: true }));
    area.focus();
  }

  function offer(people) {
    list.replaceChildren(
      ...people.map((person, index) => {
        const item = make("li", { id: `${list.id}-${index}`, textContent: person.name });
        item.append(make("small", { textContent: person.at }));
        item.setAttribute("role", "option");
        item.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays in the text
        item.addEventListener("click", () => take(person));
        return item;
      }),
    );
    list.hidden = !people.length;
    status.textContent = phrase("found", { number: people.length });
    if (people.length) point(0);
  }

  async function ask(words) {
    asking?.abort();
    asking = new AbortController();
    const url = new URL(area.dataset.mentions, location.href);
    url.searchParams.set("q", words);
    try {
      const answer = await fetch(url, { signal: asking.signal, headers: { "X-Requested-With": "fetch", Accept: "application/json" } });
      if (!answer.ok) return close();
      const { people } = await answer.json();
      if (sought() !== words) return undefined;
      if (!people.length) empty = words;
      return people.length ? offer(people) : close();
    } catch {
      return undefined; // another question took its place, or the network is away: a name in full is read all the same
    }
  }

  function look() {
    const words = sought();
    if (words === null || (empty !== null && words.startsWith(empty))) return close();
    empty = null;
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(words), PAUSE);
    return undefined;
  }

  area.addEventListener("input", () => {
    hand();
    look();
  });
  area.addEventListener("blur", close);
  form.addEventListener("reset", () => {
    taken.clear();
    close();
  });
  area.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) point(at + steps[event.key]);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" || event.key === "Tab") list.children[at].click();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
}
