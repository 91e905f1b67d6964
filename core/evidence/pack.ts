import { canonicalJson } from "./canonical.ts";

/** The name and version of the format; with another one another program is needed. */
export const EVIDENCE_FORMAT = "drafthook-evidence-1";

/** The part of a pack that its hash is of: all but the hash itself and the signature. */
export function packText(pack: Readonly<Record<string, unknown>>): string {
  const { sha256: _hash, signature: _signature, ...rest } = pack;
  return canonicalJson(rest);
}

/** What the signature is of. */
export function signedText(sha256: string): string {
  return `${EVIDENCE_FORMAT}:${sha256}`;
}

/** What a public key's id is the hash of (RFC 7638). */
export function thumbprintText(x: string): string {
  return canonicalJson({ crv: "Ed25519", kty: "OKP", x });
}
