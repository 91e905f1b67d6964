import { canonicalJson } from "./canonical.ts";

/** How a line hangs on the one before. Both are SHA-256 in lower-case hex. */
export interface Link {
  /** Of the line's content, in its canonical spelling. */
  readonly contentSha256: string;
  /** Of `linkText`: so each line stands for all before it. */
  readonly chainSha256: string;
}

/** What a line's `chainSha256` is the hash of. `before` is the line before's; null for the first that has one. */
export function linkText(enrollmentId: string, line: number, before: string | null, contentSha256: string): string {
  return canonicalJson({ v: 1, enrollmentId, line, before, contentSha256 });
}
