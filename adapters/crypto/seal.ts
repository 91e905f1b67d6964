import { fromBase64, toBase64 } from "./bytes.ts";

const IV_BYTES = 12;
const KEK = "v1";

/**
 * Seals a secret for storage: AES-256-GCM under the key secret, a random 96-bit IV, and `context`
 * (tenant|table|column|id) as additional data, so that a sealed value moved to another row doesn't open.
 * The text is `v1.<base64 of IV and ciphertext>`.
 */
export async function seal(kekBase64: string, plaintext: string, context: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData: bind(context) },
    await kek(kekBase64),
    new TextEncoder().encode(plaintext),
  );
  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV_BYTES);
  return `${KEK}.${toBase64(bytes)}`;
}

/** Opens what `seal` made. Throws when the key, the context or the text is another one: that is a bug or a break-in. */
export async function unseal(kekBase64: string, sealed: string, context: string): Promise<string> {
  const [version, text] = sealed.split(".");
  if (version !== KEK || text === undefined) throw new Error(`a sealed value of an unknown key version: ${version}`);
  const bytes = fromBase64(text);
  const algorithm = { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES), additionalData: bind(context) };
  const opened = await crypto.subtle.decrypt(algorithm, await kek(kekBase64), bytes.slice(IV_BYTES));
  return new TextDecoder().decode(opened);
}

function kek(kekBase64: string): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", fromBase64(kekBase64), "AES-GCM", false, ["encrypt", "decrypt"]);
}

function bind(context: string): Uint8Array {
  return new TextEncoder().encode(`${KEK}|${context}`);
}
