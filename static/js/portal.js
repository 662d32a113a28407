// The one script of every page. What only some pages need is fetched when such a part is there.
import { each } from "./parts.js";
import "./theme.js";
import "./toast.js";
import "./menu.js";
import "./dialog.js";
import "./trouble.js";
import "./submit.js";
import "./times.js";

each(".sheet", async (part) => (await import("./tables.js")).keepTable(part));
each(".listing", async (part) => (await import("./lists.js")).listing(part));
each("[data-selectable]", async (part) => (await import("./selection.js")).selection(part));
each("[type=file][data-list]", async (part) => (await import("./files.js")).fileList(part));
each("form[data-autosave-url]", async (part) => (await import("./autosave.js")).autosave(part));
each("[data-shown-with]", async (part) => (await import("./shown.js")).shownWith(part));
each(".split", async (part) => (await import("./queue.js")).queue(part));
each("[data-single-keys]", async (part) => (await import("./keys.js")).keySwitch(part));

if (document.querySelector("[data-rows]")) (await import("./keys.js")).keys();
if (Object.keys(sessionStorage).some((key) => key.startsWith("kept:"))) (await import("./autosave.js")).forgetSent();

document.documentElement.dataset.started = ""; // what a test in a browser waits for
