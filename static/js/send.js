// Requests that scripts make themselves. The server answers 401 to them when the session is over, never a sign-in page.
export const csrfToken = () => document.querySelector('meta[name="csrf-token"]')?.content ?? "";

export function post(url, body, options = {}) {
  return fetch(url, {
    method: "POST",
    body,
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(), "X-Requested-With": "fetch", Accept: "application/json" },
    ...options,
  });
}
