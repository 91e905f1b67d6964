import { sha256Now } from "../adapters/crypto/sha256-now.ts";
import { bodiesOf } from "../adapters/r2/bodies.ts";
import { maskBodies } from "../adapters/r2/mask-bodies.ts";
import { withoutSignatures } from "../core/evidence/bodies.ts";
import { canonicalJson } from "../core/evidence/canonical.ts";
import { lineContent } from "../core/evidence/line.ts";
import { type Link, linkText } from "../core/evidence/link.ts";
import type { JournalEntry } from "../core/journal.ts";

/** A line's place in the chain, and for an exchange the hash of its bodies as they are shown. */
export interface SealedLink extends Link {
  readonly shownSha256?: string;
}

/** Hangs a line on the one before (`before` is its `chainSha256`; null where there is none). */
export function sealLine(enrollmentId: string, line: number, before: string | null, entry: JournalEntry): SealedLink {
  const shownSha256 = entry.kind === "exchange" ? shownHash(entry) : null;
  const contentSha256 = sha256Now(canonicalJson(lineContent(entry, shownSha256, sha256Now)));
  const chainSha256 = sha256Now(linkText(enrollmentId, line, before, contentSha256));
  return { contentSha256, chainSha256, ...(shownSha256 === null ? {} : { shownSha256 }) };
}

function shownHash({ exchange }: Extract<JournalEntry, { kind: "exchange" }>): string {
  return sha256Now(canonicalJson(withoutSignatures(maskBodies(bodiesOf(exchange)))));
}
