// What a ticket says, and whether it is ours: Ed25519 by WebCrypto where the browser has it.

const SIGNED = /^HC2\.(\d{1,12})\.([2-9A-HJ-NP-Z]{15})\.(\d{1,9})\.([A-Z2-7]{103})$/;
const PLAIN = /^HC1:([A-Z0-9_-]{1,60}):([2-9A-HJ-NP-Z]{15})$/;
const BARE = /^[2-9A-HJ-NP-Z]{15}$/;
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const bytes = (text) => new TextEncoder().encode(text);

export const read = (raw) => {
  const text = raw.slice(0, 400).trim().toUpperCase();
  let found = SIGNED.exec(text);
  if (found) {
    return { edition: Number(found[1]), code: found[2], said: text.slice(0, text.lastIndexOf(".")), signature: found[4] };
  }
  found = PLAIN.exec(text);
  if (found) return { slug: found[1].toLowerCase(), code: found[2] };
  const bare = text.replace(/[\s-]/g, "");
  return BARE.test(bare) ? { code: bare } : null;
};

const decoded = (text) => {
  const out = [];
  let held = 0;
  let bits = 0;
  for (const sign of text) {
    held = (held << 5) | BASE32.indexOf(sign);
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      out.push((held >> bits) & 255);
      held &= (1 << bits) - 1;
    }
  }
  return Uint8Array.from(out);
};

// Returns a key, or null where the browser cannot; then the list of digests decides alone.
export const importKey = async (encoded) => {
  if (!encoded) return null;
  try {
    const raw = Uint8Array.from(atob(encoded), (sign) => sign.charCodeAt(0));
    return await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
  } catch {
    return null;
  }
};

// true, false, or null for "cannot say".
export const isOurs = async (ticket, key) => {
  if (!ticket.signature || !key) return null;
  try {
    return await crypto.subtle.verify({ name: "Ed25519" }, key, decoded(ticket.signature), bytes(ticket.said));
  } catch {
    return null;
  }
};

export const digest = async (code) => {
  const raw = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes(`hemicycle.door:${code}`)));
  return Array.from(raw.slice(0, 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
};
