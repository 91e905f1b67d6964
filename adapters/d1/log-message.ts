import type { Link } from "../../core/evidence/link.ts";
import type { IndexRow } from "../../core/index-row.ts";
import type { JournalEntry } from "../../core/journal.ts";

/** Where an exchange's exact bytes lie in R2, and what of them the row says. */
export interface StoredBody {
  readonly bodyKey: string;
  readonly requestBytes: number;
  readonly requestSha256: string;
  readonly responseSha256: string;
  readonly excerpt: string;
}

/**
 * One line of the journal under way. `stored` is set when its bytes went to R2 ahead of the message; `wholeKey` when the
 * line itself was too long to travel, and lies whole under that key: `entry` is then only what had room.
 */
export interface LogLine {
  readonly n: number;
  readonly entry: JournalEntry;
  /** Its place in the chain; absent on a line that was written before there was one. */
  readonly link?: Link & { readonly shownSha256?: string };
  /** The bytes of a message that went out. */
  readonly payload?: string;
  readonly stored?: StoredBody;
  readonly wholeKey?: string;
}

/** What an object sends to the log queue: the lines since the last one, and the enrollment as it stands. */
export interface LogMessage {
  readonly tenantId: string;
  readonly mode: "live" | "sandbox";
  readonly enrollmentId: string;
  readonly mailboxId: string | null;
  readonly cadenceId: string;
  readonly version: number;
  readonly index: IndexRow;
  readonly lines: readonly LogLine[];
}
