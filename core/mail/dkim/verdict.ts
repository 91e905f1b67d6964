/** What became of a mail's signatures, in the words of RFC 8601 section 2.7.1. */
export type DkimWord = "none" | "pass" | "fail" | "policy" | "neutral" | "temperror" | "permerror";

/** Why a signature is not a pass. */
export type DkimReason =
  /** `neutral`: it can't be read, or not by anybody who knows only the RFCs 6376 and 8463. */
  | "signature_syntax"
  | "signature_version"
  | "algorithm_unknown"
  /** `neutral`: its domain only tries DKIM out (t=y) and wants the mail taken for unsigned. */
  | "key_testing"
  /** `neutral`: the mail's other signatures were looked at first. */
  | "too_many_signatures"
  /** `permerror`: there is no key by which it could be verified. */
  | "key_missing"
  | "key_revoked"
  | "key_syntax"
  | "key_unsuitable"
  /** `temperror`: DNS doesn't answer. */
  | "key_unavailable"
  /** `fail`: the mail is not what was signed. */
  | "body_changed"
  | "header_changed"
  /** `policy`: it may be right, but proves too little. */
  | "algorithm_weak"
  | "key_weak"
  | "expired"
  | "body_not_covered"
  /** `not_checked`. */
  | "checking_is_off"
  | "too_large";

/** What one signature came to. */
export interface SignatureVerdict {
  readonly word: Exclude<DkimWord, "none">;
  readonly reason: DkimReason | null;
  /** Its d=, in lower case; null where it has none that can be read. */
  readonly domain: string | null;
  /** Whether its domain may speak for the From's. */
  readonly aligned: boolean;
}

/** What DKIM says about who wrote a mail. */
export interface DkimEvidence {
  readonly dkim: DkimWord | "not_checked";
  /** Whether a signature that passed speaks for the From's domain; null where there was none to check. */
  readonly aligned: boolean | null;
  /** Whose signature this is about (d=). Nothing is proven about it unless `dkim` is `pass`. */
  readonly domain: string | null;
  /** Null for `pass` and `none`. */
  readonly reason: DkimReason | null;
}

/** Why nothing was checked. */
export function notChecked(reason: "checking_is_off" | "too_large"): DkimEvidence {
  return { dkim: "not_checked", aligned: null, domain: null, reason };
}

/**
 * One word for all signatures of a mail: a pass that speaks for the From before any other pass, and else the failure that
 * says most. Signatures of lists and providers beside the author's are usual, so a failing one takes nothing away.
 */
export function weigh(verdicts: readonly SignatureVerdict[]): DkimEvidence {
  const [best] = verdicts.toSorted((one, other) => rank(one) - rank(other));
  if (best === undefined) return { dkim: "none", aligned: null, domain: null, reason: null };
  return { dkim: best.word, aligned: best.word === "pass" && best.aligned, domain: best.domain, reason: best.reason };
}

const WORDS = ["pass", "temperror", "policy", "fail", "permerror", "neutral"] as const;

function rank({ word, aligned }: SignatureVerdict): number {
  return WORDS.indexOf(word) * 2 + (aligned ? 0 : 1);
}
