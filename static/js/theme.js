// Automatic, light, dark: changed at once, kept in a cookie that the server reads, so the next page has no flash.
import { phrase } from "./phrases.js";
import { toast } from "./toast.js";

const order = ["auto", "light", "dark"];

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("button");
  const theme = button.value;
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax${secure}`;
  document.documentElement.dataset.theme = theme;
  button.value = order[(order.indexOf(theme) + 1) % order.length];
  button.setAttribute("aria-label", phrase("theme", { theme: phrase(theme) }));
  toast(phrase("theme-now", { theme: phrase(theme) }));
});
