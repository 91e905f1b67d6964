import { toBase64 } from "./bytes.ts";

/** Keys, and not the promises of them: a promise that a request has left behind would hold up the next one. */
const keys = new Map<string, CryptoKey>();

/** HMAC-SHA256 of `message` (UTF-8) under raw key bytes. */
export async function hmacSha256(key: Uint8Array, message: string): Promise<Uint8Array> {
  const imported = await crypto.subtle.importKey("raw", key, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", imported, new TextEncoder().encode(message)));
}

/** The HMAC key for one purpose, derived (HKDF-SHA256) from a base64 master secret and kept for the isolate's life. */
export async function purposeKey(masterBase64: string, purpose: string): Promise<CryptoKey> {
  const name = `${purpose}|${masterBase64}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const made = await derive(masterBase64, purpose);
  keys.set(name, made);
  return made;
}

/** Equal or not, in a time that doesn't tell where they differ. Both sides are hashed first, so lengths may differ. */
export async function equalInConstantTime(left: string, right: string): Promise<boolean> {
  const encoder = new TextEncoder();
  const [a, b] = await Promise.all([
    crypto.subtle.digest("SHA-256", encoder.encode(left)),
    crypto.subtle.digest("SHA-256", encoder.encode(right)),
  ]);
  return crypto.subtle.timingSafeEqual(a, b);
}

async function derive(masterBase64: string, purpose: string): Promise<CryptoKey> {
  const master = Uint8Array.from(atob(masterBase64), (character) => character.charCodeAt(0));
  const base = await crypto.subtle.importKey("raw", master, "HKDF", false, ["deriveKey"]);
  const info = new TextEncoder().encode(`drafthook ${purpose}`);
  const salt = new Uint8Array(0);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt, info },
    base,
    { name: "HMAC", hash: "SHA-256", length: 256 },
    false,
    ["sign", "verify"],
  );
}

/** A secret for one purpose, as base64 of 32 bytes, for a library that wants text. From the master secret like `purposeKey`. */
export async function purposeSecret(masterBase64: string, purpose: string): Promise<string> {
  const key = await purposeKey(masterBase64, purpose);
  return toBase64(new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(purpose))));
}
