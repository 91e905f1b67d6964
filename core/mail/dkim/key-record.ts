import type { DkimSignature } from "./signature.ts";
import { isBase64, listOf, parseTags, withoutSpace } from "./tags.ts";
import type { DkimReason } from "./verdict.ts";

/** A key that this signature may be verified with, or why there is none. */
export type ReadKey =
  | { readonly ok: true; readonly keyBase64: string; readonly testing: boolean }
  | { readonly ok: false; readonly reason: DkimReason };

/**
 * Reads the TXT records of a selector (RFC 6376 section 3.6.1), which should be one: of several the first that holds a
 * key counts, since other records may stand beside it.
 */
export function readKeyRecord(texts: readonly string[], signature: DkimSignature): ReadKey {
  const records = texts.slice(0, RECORDS_MAX).map(parseTags);
  const tags = records.find((record) => record?.has("p") === true);
  if (tags == null) return { ok: false, reason: texts.length === 0 ? "key_missing" : "key_syntax" };
  const keyBase64 = withoutSpace(tags.get("p") ?? "");
  const services = listOf(tags.get("s") ?? "*");
  const flags = listOf(tags.get("t") ?? "");
  if ((tags.get("v") ?? "DKIM1") !== "DKIM1") return { ok: false, reason: "key_syntax" };
  if (keyBase64 === "") return { ok: false, reason: "key_revoked" };
  if (!isBase64(keyBase64)) return { ok: false, reason: "key_syntax" };
  const isSuitable =
    (tags.get("k") ?? "rsa").toLowerCase() === signature.algorithm &&
    listOf(tags.get("h") ?? "sha256").includes("sha256") &&
    (services.includes("*") || services.includes("email")) &&
    !(flags.includes("s") && signature.identityDomain !== signature.domain);
  return isSuitable ? { ok: true, keyBase64, testing: flags.includes("y") } : { ok: false, reason: "key_unsuitable" };
}

const RECORDS_MAX = 10;
