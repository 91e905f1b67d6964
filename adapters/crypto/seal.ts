import { fromBase64, toBase64 } from "./bytes.ts";

const IV_BYTES = 12;
const KEY_BYTES = 32;

/** The installation's key-encryption keys by their version: what its secrets KEK_V1, KEK_V2 … hold, 32 bytes in base64. */
export type KeyEncryptionKeys = ReadonlyMap<number, string>;

/** Reads them from the Worker's settings. Throws where there is none: nothing could be sealed or opened. */
export function keyEncryptionKeys(env: object): KeyEncryptionKeys {
  const keys = new Map<number, string>();
  for (const [name, value] of Object.entries(env)) {
    const [, version] = /^KEK_V([1-9]\d{0,3})$/.exec(name) ?? [];
    if (version !== undefined && typeof value === "string" && value !== "") keys.set(Number(version), value);
  }
  if (keys.size === 0) throw new Error("no key-encryption key: set the secret KEK_V1 to 32 random bytes in base64");
  return keys;
}

/**
 * Seals a secret for storage (decision 0027): AES-256-GCM under a data key of its own, which stands beside it wrapped
 * under the key-encryption key of `version`. `context` (tenant|table|column|id) is additional data of both, so that what
 * is moved to another row doesn't open. The text is `v2.<version>.<wrapped data key>.<sealed>`, both in base64.
 */
export async function seal(
  keys: KeyEncryptionKeys,
  version: number,
  plaintext: string,
  context: string,
): Promise<string> {
  const dataKey = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const sealed = await encrypt(dataKey, bytesOf(plaintext), ofValue(context));
  return toText(version, await encrypt(keyOf(keys, version), dataKey, ofKey(version, context)), sealed);
}

/** Opens what `seal` made. Throws when a key, the context or the text is another one: that is a bug or a break-in. */
export async function unseal(keys: KeyEncryptionKeys, text: string, context: string): Promise<string> {
  const parts = read(text);
  const opened =
    parts.form === "v1"
      ? await decrypt(keyOf(keys, 1), parts.sealed, bytesOf(`v1|${context}`))
      : await decrypt(await dataKeyOf(keys, parts, context), parts.sealed, ofValue(context));
  return new TextDecoder().decode(opened);
}

/**
 * The same secret with its data key under the key-encryption key of `version`; null where it is already. What is sealed stays
 * as it is. Of the first form, `v1.<sealed>`, which was sealed under KEK_V1 itself, it makes the present one. Throws as `unseal`.
 */
export async function rewrap(
  keys: KeyEncryptionKeys,
  version: number,
  text: string,
  context: string,
): Promise<string | null> {
  const parts = read(text);
  if (parts.form === "v1") return seal(keys, version, await unseal(keys, text, context), context);
  if (parts.version === version) return null;
  const dataKey = await dataKeyOf(keys, parts, context);
  return toText(version, await encrypt(keyOf(keys, version), dataKey, ofKey(version, context)), parts.sealed);
}

type Parts =
  | { readonly form: "v1"; readonly sealed: Bytes }
  | { readonly form: "v2"; readonly version: number; readonly wrapped: Bytes; readonly sealed: Bytes };

type Bytes = Uint8Array<ArrayBuffer>;

function read(text: string): Parts {
  const [form, first = "", wrapped, sealed] = text.split(".");
  if (form === "v1" && wrapped === undefined) return { form, sealed: fromBase64(first) };
  if (form === "v2" && wrapped !== undefined && sealed !== undefined)
    return { form, version: Number(first), wrapped: fromBase64(wrapped), sealed: fromBase64(sealed) };
  throw new Error(`a sealed value of an unknown form: ${form}`);
}

function toText(version: number, wrapped: Bytes, sealed: Bytes): string {
  return `v2.${version}.${toBase64(wrapped)}.${toBase64(sealed)}`;
}

function keyOf(keys: KeyEncryptionKeys, version: number): Bytes {
  const key = keys.get(version);
  if (key === undefined) throw new Error(`sealed under KEK_V${version}, which this installation doesn't have`);
  return fromBase64(key);
}

function dataKeyOf(keys: KeyEncryptionKeys, parts: Extract<Parts, { form: "v2" }>, context: string): Promise<Bytes> {
  return decrypt(keyOf(keys, parts.version), parts.wrapped, ofKey(parts.version, context));
}

/** What a data key is bound to, and what a secret is: neither passes for the other. */
function ofKey(version: number, context: string): Bytes {
  return bytesOf(`v2|key|${version}|${context}`);
}

function ofValue(context: string): Bytes {
  return bytesOf(`v2|value|${context}`);
}

function bytesOf(text: string): Bytes {
  return new Uint8Array(new TextEncoder().encode(text));
}

/** A random 96-bit IV, then the ciphertext with its tag. */
async function encrypt(key: Bytes, plain: Bytes, additionalData: Bytes): Promise<Bytes> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData }, await aes(key), plain);
  const bytes = new Uint8Array(IV_BYTES + sealed.byteLength);
  bytes.set(iv);
  bytes.set(new Uint8Array(sealed), IV_BYTES);
  return bytes;
}

async function decrypt(key: Bytes, bytes: Bytes, additionalData: Bytes): Promise<Bytes> {
  const algorithm = { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES), additionalData };
  return new Uint8Array(await crypto.subtle.decrypt(algorithm, await aes(key), bytes.slice(IV_BYTES)));
}

function aes(key: Bytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", key, "AES-GCM", false, ["encrypt", "decrypt"]);
}
