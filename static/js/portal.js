// The one script of every page. What only some pages need is fetched when such a part is there.
import { each } from "./parts.js";
import { keepForm } from "./kept.js";
import { person, tidy } from "./store.js";
import "./theme.js";
import "./toast.js";
import "./menu.js";
import "./dialog.js";
import "./jump.js";
import { keys, keySwitch } from "./keys.js";
import "./trouble.js";
import "./submit.js";
import "./times.js";

const read = new Promise((go) => document.addEventListener("DOMContentLoaded", go, { once: true })); // htmx, before us, has read the page

tidy();
each(`form${person ? ":has([name=seat])" : "[method=post]"}:not([data-autosave-url])`, keepForm);

const fetching = [];
const fetched = (selector, start) => each(selector, (part) => fetching.push(start(part)));
fetched(".sheet", async (part) => (await import("./tables.js")).keepTable(part));
fetched(".listing", async (part) => (await import("./lists.js")).listing(part));
fetched(".listing[data-live]:not(.split)", async (part) => (await import("./changed.js")).changedList(part));
fetched(".split[data-live]", async (part) => (await import("./changed.js")).changedQueue(part));
fetched("[data-selectable]", async (part) => (await import("./selection.js")).selection(part));
fetched("[type=file][data-list]", async (part) => (await import("./files.js")).fileList(part));
fetched("textarea[data-mentions]", async (part) => (await import("./mentions.js")).mentions(part));
fetched("form[data-autosave-url]", async (part) => (await import("./autosave.js")).autosave(part));
fetched("[data-shown-with]", async (part) => (await import("./shown.js")).shownWith(part));
fetched("[data-proof]", async (part) => (await import("./proof.js")).prove(part));
fetched(".split", async (part) => (await import("./queue.js")).queue(part));
each("[data-single-keys]", keySwitch);

keys();
document.addEventListener("htmx:afterRequest", tidy);

await Promise.all([read, ...fetching]);
document.documentElement.dataset.started = ""; // what a test in a browser waits for
