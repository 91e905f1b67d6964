import type { EnrollmentBody } from "../../../core/contract/enrollment.ts";
import type { LogEntry } from "../../../core/contract/log.ts";
import type { Amount } from "../plan.ts";
import type { FarRecord } from "../record.ts";
import type { OnAmbiguous, ProviderName } from "../set-up.ts";
import type { Surfaced } from "../surface-watch.ts";

/** What both sides say at the end: the far sides from memory, the system through its API. */
export interface Evidence {
  readonly amount: Amount;
  readonly provider: ProviderName;
  readonly onAmbiguous: OnAmbiguous;
  readonly record: FarRecord;
  /** One for each lead that was enrolled. */
  readonly accounts: readonly Account[];
  /** How many exchanges all pages of the log held. */
  readonly logged: number;
  readonly surfaced: readonly Surfaced[];
}

/** What the system says about one lead. */
export interface Account {
  readonly lead: string;
  /** Null when it knows nothing of the lead. */
  readonly enrollment: EnrollmentBody | null;
  /** Every line of its log, oldest first. */
  readonly timeline: readonly LogEntry[];
  /** How many lines its object has written, by the object's own count; null when there is no such object. */
  readonly linesWritten: number | null;
}

/** A promise that was broken, and for whom. */
export interface Violation {
  readonly promise:
    | "nothing lost"
    | "no duplicate"
    | "a mail is told"
    | "no silent skip"
    | "doubt has a cause"
    | "doubt is shown"
    | "no doubt where keys are known"
    | "the words asked for"
    | "nothing after a reply"
    | "nothing passes a held step"
    | "the log is what crossed the wire"
    | "work was done";
  readonly lead: string;
  readonly detail: string;
}
