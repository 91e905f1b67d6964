import type { JournalEntry } from "./journal.ts";
import { isForGood } from "./mail/reputation.ts";
import { ADDRESS_SUPPRESSED } from "./suppression.ts";

/** What is counted of the log, by time and by step. A lead who wrote back, or whose messages came back, counts once. */
export const TALLIES = ["sent", "skipped", "failed", "replied", "bounced", "unsubscribed"] as const;
export type Tally = (typeof TALLIES)[number];

/** The note by which an enrollment says that no usable answer will come for a draft. `detail` is `{ reason, instead }`. */
export const DRAFT_GIVEN_UP = "draft_given_up";

/** What one line of the journal adds to the counts; nothing for most. */
export function talliesOf(entry: JournalEntry): readonly Tally[] {
  if (entry.kind === "message") {
    if (entry.message.direction === "out") return ["sent"];
    return entry.message.classification?.kind === "human" ? ["replied"] : [];
  }
  // A late answer decides nothing, and says so.
  if (entry.kind === "exchange") return entry.about === "draft" && entry.decision === "skip" ? ["skipped"] : [];
  const { code, detail } = entry;
  switch (code) {
    case DRAFT_GIVEN_UP:
      return detail["instead"] === "skip" ? ["failed", "skipped"] : ["failed"];
    case "completion_received":
      return detail["decision"] === "skip" ? ["skipped"] : [];
    case "gate_closed":
      return detail["verdict"] === "skip" ? ["skipped"] : [];
    case "already_connected":
      return ["skipped"];
    case "linkedin_unreachable":
      return detail["instead"] === "skip" ? ["skipped"] : [];
    case "task_skipped":
    case "skipped_by_person":
      // An answer to a reply that isn't sent is no step.
      return entry.subjectId?.startsWith("drf_") === true ? ["skipped"] : [];
    case "contact_refused":
      return detail["reason"] === "unsubscribed" ? ["unsubscribed"] : [];
    case "message_bounced":
      return isForGood(detail["bounce"]) ? ["bounced"] : [];
    case ADDRESS_SUPPRESSED:
    case "exited":
      return detail["reason"] === "bounced" ? ["bounced"] : [];
    default:
      return [];
  }
}
