import type { Canonicalization } from "./canonical.ts";
import type { HeaderField } from "./message.ts";
import { isBase64, listOf, parseTags, withoutSpace } from "./tags.ts";
import type { DkimReason, DkimWord } from "./verdict.ts";

/** A DKIM-Signature that can be verified (RFC 6376 section 3.5). */
export interface DkimSignature {
  readonly field: HeaderField;
  readonly algorithm: "rsa" | "ed25519";
  /** Base64 without white space. */
  readonly signature: string;
  readonly bodyHash: string;
  readonly headerForm: Canonicalization;
  readonly bodyForm: Canonicalization;
  /** In lower case. */
  readonly domain: string;
  readonly selector: string;
  /** The domain of i=, which is `domain` or below it. */
  readonly identityDomain: string;
  /** Names of the signed fields, in lower case and in order; `from` is among them. */
  readonly signedNames: readonly string[];
  /** How many bytes of the canonical body are signed; null for all of them. */
  readonly bodyBytes: number | null;
  /** Milliseconds since the epoch; null for never. */
  readonly expiresAt: number | null;
}

/** A signature, or why it is none for us. */
export type ReadSignature =
  | { readonly ok: true; readonly signature: DkimSignature }
  | {
      readonly ok: false;
      readonly word: Exclude<DkimWord, "none" | "pass">;
      readonly reason: DkimReason;
      readonly domain: string | null;
    };

/** Reads a DKIM-Signature field. */
export function readSignature(field: HeaderField): ReadSignature {
  const tags = parseTags(field.text.slice(field.text.indexOf(":") + 1));
  const domain = tags?.get("d")?.toLowerCase() ?? "";
  const refuse = (reason: DkimReason, word: "neutral" | "policy" = "neutral"): ReadSignature => ({
    ok: false,
    word,
    reason,
    domain: isDomain(domain) ? domain : null,
  });
  if (tags === null) return refuse("signature_syntax");
  if (tags.get("v") !== "1") return refuse("signature_version");
  const algorithm = tags.get("a")?.toLowerCase();
  // RFC 8301 section 3.1: it must not be used for verifying.
  if (algorithm === "rsa-sha1") return refuse("algorithm_weak", "policy");
  if (algorithm !== "rsa-sha256" && algorithm !== "ed25519-sha256") return refuse("algorithm_unknown");
  if (!listOf(tags.get("q") ?? "dns/txt").includes("dns/txt")) return refuse("algorithm_unknown");

  const [headerForm, bodyForm = "simple", ...more] = (tags.get("c") ?? "simple").toLowerCase().split("/");
  if (!isForm(headerForm) || !isForm(bodyForm) || more.length > 0) return refuse("signature_syntax");
  const signature = withoutSpace(tags.get("b") ?? "");
  const bodyHash = withoutSpace(tags.get("bh") ?? "");
  const selector = tags.get("s")?.toLowerCase() ?? "";
  const signedNames = listOf(tags.get("h") ?? "");
  const identityDomain = identityOf(tags.get("i"), domain);
  const [bodyBytes, signedAt, expiresAt] = ["l", "t", "x"].map((name) => numberOf(tags.get(name)));
  if (
    !(isBase64(signature) && isBase64(bodyHash) && isDomain(domain) && isName(selector)) ||
    `${selector}._domainkey.${domain}`.length > NAME_CHARACTERS_MAX ||
    !signedNames.includes("from") ||
    !(identityDomain === domain || identityDomain.endsWith(`.${domain}`)) ||
    bodyBytes === undefined ||
    signedAt === undefined ||
    expiresAt === undefined ||
    (signedAt !== null && expiresAt !== null && expiresAt <= signedAt)
  )
    return refuse("signature_syntax");
  return {
    ok: true,
    signature: {
      field,
      algorithm: algorithm === "rsa-sha256" ? "rsa" : "ed25519",
      signature,
      bodyHash,
      headerForm,
      bodyForm,
      domain,
      selector,
      identityDomain,
      signedNames,
      bodyBytes,
      expiresAt: expiresAt === null ? null : expiresAt * 1000,
    },
  };
}

/** What DNS takes for a whole name. */
const NAME_CHARACTERS_MAX = 253;
/** Twelve digits of seconds are the year 33,658, and of bytes more than any mail. */
const DIGITS_MAX = 12;

function isForm(text: string | undefined): text is Canonicalization {
  return text === "simple" || text === "relaxed";
}

/** A domain of at least two labels. */
function isDomain(text: string): boolean {
  return text.includes(".") && isName(text);
}

function isName(text: string): boolean {
  return text.length <= NAME_CHARACTERS_MAX && text.split(".").every((label) => /^[a-z0-9_-]{1,63}$/.test(label));
}

function identityOf(value: string | undefined, domain: string): string {
  return value === undefined ? domain : value.slice(value.lastIndexOf("@") + 1).toLowerCase();
}

/** Null where the tag is absent, undefined where its value is no number. */
function numberOf(value: string | undefined): number | null | undefined {
  if (value === undefined) return null;
  return value.length <= DIGITS_MAX && /^\d+$/.test(value) ? Number(value) : undefined;
}
