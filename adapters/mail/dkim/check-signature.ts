import { toBytes } from "../../../core/mail/dkim/message.ts";
import type { DkimSignature } from "../../../core/mail/dkim/signature.ts";
import { fromBase64 } from "../../crypto/bytes.ts";

/** Whether a public key made this signature over the header as it was signed. */
export type SignatureCheck = "right" | "wrong" | "key_weak" | "key_syntax";

/**
 * Verifies with WebCrypto: RSASSA-PKCS1-v1_5 with SHA-256 (RFC 6376), or Ed25519 over the SHA-256 of the header
 * (RFC 8463). `keyBase64` is the p= of the key record, `header` what `signedHeader` gives.
 */
export async function checkSignature(
  signature: DkimSignature,
  keyBase64: string,
  header: string,
): Promise<SignatureCheck> {
  const key = await importKey(signature.algorithm, fromBase64(keyBase64));
  if (typeof key === "string") return key;
  const data = toBytes(header);
  const signed = signature.algorithm === "rsa" ? data : await crypto.subtle.digest("SHA-256", data);
  try {
    const isRight = await crypto.subtle.verify(key.algorithm.name, key, fromBase64(signature.signature), signed);
    return isRight ? "right" : "wrong";
  } catch {
    // workerd throws at an Ed25519 signature that isn't 64 bytes long, and its length is the sender's choice.
    return "wrong";
  }
}

/** RFC 8301 section 3.2: a signature by a shorter key counts for nothing. */
const RSA_BITS_MIN = 1024;

async function importKey(
  algorithm: DkimSignature["algorithm"],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<CryptoKey | "key_weak" | "key_syntax"> {
  try {
    if (algorithm === "ed25519") return await crypto.subtle.importKey("raw", bytes, "Ed25519", false, ["verify"]);
    const rsa = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("spki", bytes, rsa, false, ["verify"]);
    return bitsOf(key) < RSA_BITS_MIN ? "key_weak" : key;
  } catch {
    return "key_syntax";
  }
}

function bitsOf(key: CryptoKey): number {
  return "modulusLength" in key.algorithm ? Number(key.algorithm.modulusLength) : 0;
}
