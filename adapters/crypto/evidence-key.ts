import type { EvidenceKey } from "../../core/contract/evidence.ts";
import { signedText, thumbprintText } from "../../core/evidence/pack.ts";
import { fromBase64, toBase64 } from "./bytes.ts";

/** The key of one installation, which says of a pack that it came from there. */
export interface OpenEvidenceKey {
  readonly key: EvidenceKey;
  /** The signature of a pack with this hash, in base64url. */
  sign(sha256: string): Promise<string>;
}

/** What stands before the 32 bytes of a private key in PKCS #8 (RFC 8410). */
const PKCS8_HEAD = "MC4CAQAwBQYDK2VwBCIEIA==";

/** Opens the secret EVIDENCE_KEY_V1: base64 of 32 random bytes. Throws when it is something else. */
export async function openEvidenceKey(seedBase64: string): Promise<OpenEvidenceKey> {
  const seed = fromBase64(seedBase64);
  if (seed.length !== 32) throw new Error("EVIDENCE_KEY_V1 must be base64 of 32 bytes");
  const head = fromBase64(PKCS8_HEAD);
  const pkcs8 = new Uint8Array(head.length + seed.length);
  pkcs8.set(head);
  pkcs8.set(seed, head.length);
  const secret = await crypto.subtle.importKey("pkcs8", pkcs8, { name: "Ed25519" }, true, ["sign"]);
  const { x = "" } = (await crypto.subtle.exportKey("jwk", secret)) as JsonWebKey;
  const kid = toBase64Url(await crypto.subtle.digest("SHA-256", utf8(thumbprintText(x))));
  return {
    key: { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" },
    sign: async (sha256) => toBase64Url(await crypto.subtle.sign("Ed25519", secret, utf8(signedText(sha256)))),
  };
}

function toBase64Url(bytes: ArrayBuffer): string {
  return toBase64(new Uint8Array(bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
