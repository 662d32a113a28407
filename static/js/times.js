// "2 min ago" goes on counting. The words and the rule are those of partnerhub/web/formats.py; days are left as they came.
import { phrase } from "./phrases.js";

const MINUTE = 60000;
const HOUR = 60 * MINUTE;

function refresh() {
  if (document.hidden) return;
  for (const time of document.querySelectorAll("time.ago")) {
    const age = Date.now() - new Date(time.dateTime).getTime();
    if (age < 0 || age >= 24 * HOUR || time.dataset.day) continue;
    if (age < MINUTE) time.textContent = phrase("now");
    else if (age < HOUR) time.textContent = phrase("minutes-ago", { minutes: Math.floor(age / MINUTE) });
    else if (/\d/.test(time.textContent) || age < 2 * HOUR) time.textContent = phrase("hours-ago", { hours: Math.floor(age / HOUR) });
  }
}

setInterval(refresh, 30000);
document.addEventListener("visibilitychange", refresh);
