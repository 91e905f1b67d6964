import type { JournalEntry } from "../journal.ts";
import { ADDRESS_SUPPRESSED } from "../suppression.ts";

/** Of how many of a mailbox's last messages it is judged. */
export const JUDGED_MESSAGES = 1_000;
/** Fewer say nothing yet. */
const BOUNCES_JUDGED_FROM = 50;
const BOUNCE_PERCENT_MAX = 5;
/** One complaint may be a slip of the finger. */
const COMPLAINTS_MIN = 2;
const COMPLAINT_PER_MILLE_MAX = 1;

/** What became of the last messages of one mailbox. A lead whose messages came back counts once. */
export interface SendingRecord {
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
}

/** What a line of the journal says of the mailbox that wrote to the lead; null for every other line. */
export function outcomeOf(entry: JournalEntry): "bounced" | "complained" | null {
  if (entry.kind !== "note") return null;
  const { code, detail } = entry;
  switch (code) {
    case "message_complained":
      return "complained";
    case "contact_refused":
      return detail["reason"] === "complained" ? "complained" : null;
    case "message_bounced":
      return isForGood(detail["bounce"]) ? "bounced" : null;
    case ADDRESS_SUPPRESSED:
    case "exited":
      return detail["reason"] === "bounced" ? "bounced" : null;
    default:
      return null;
  }
}

/**
 * Why a mailbox must stop sending, in words for its owner; null while it may go on. Receiving servers judge a sender by the
 * same figures, and for months.
 */
export function reasonToPause({ sent, bounced, complained }: SendingRecord): string | null {
  if (sent >= BOUNCES_JUDGED_FROM && bounced * 100 > sent * BOUNCE_PERCENT_MAX)
    return said(
      bounced,
      sent,
      "came back",
      "Check where the addresses come from and remove those that are old or guessed",
    );
  if (complained >= COMPLAINTS_MIN && complained * 1_000 > sent * COMPLAINT_PER_MILLE_MAX)
    return said(
      complained,
      sent,
      "were called unwanted",
      "Check that the leads expect your mail and that they can unsubscribe",
    );
  return null;
}

function said(count: number, sent: number, what: string, advice: string): string {
  return `${count} of the last ${sent} messages ${what}. ${advice}, then set \`enabled\` to true: what waits is sent, and the count begins anew.`;
}

/** Whether a bounce, as a note keeps it, says that the message will never arrive. */
export function isForGood(bounce: unknown): boolean {
  if (typeof bounce !== "object" || bounce === null) return false;
  const { addressDead, messagePermanent } = bounce as {
    readonly addressDead?: unknown;
    readonly messagePermanent?: unknown;
  };
  return addressDead === true || messagePermanent === true;
}
