// Proof of work (ALTCHA): find the number whose hash is the challenge, while the person types. Without it, or where the
// browser has no such hash, the form is sent all the same, and confirmed by mail.
export function prove(field) {
  if (globalThis.crypto?.subtle) solve(field, JSON.parse(field.dataset.proof));
}

async function solve(field, { algorithm, challenge, maxNumber, salt, signature }) {
  const encoder = new TextEncoder();
  for (let number = 0; number <= maxNumber; number += 1) {
    const digest = await crypto.subtle.digest(algorithm, encoder.encode(salt + number));
    if (hex(digest) === challenge) {
      field.value = btoa(JSON.stringify({ algorithm, challenge, number, salt, signature }));
      return;
    }
  }
}

const hex = (digest) => Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
