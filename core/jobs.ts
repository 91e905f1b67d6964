import type { AuditAct } from "./audit.ts";
import type { ReplyUnmatched } from "./contract/event.ts";
import type { AccountChanged } from "./contract/linkedin-event.ts";
import type { QuotaSpent } from "./contract/quota-event.ts";
import type { Mode } from "./enrollment.ts";
import type { EventOf } from "./events.ts";

/** A fan-out over enrollments, one page a message: it goes on from `afterSeq` until none is left. */
export interface WakeJob {
  readonly type: "wake";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly where:
    | { readonly cadenceId: string }
    | { readonly endpointId: string }
    | { readonly mailboxId: string }
    | { readonly linkedinAccountId: string }
    | Record<string, never>;
  readonly cause: EventOf<"woken">["cause"];
  readonly afterSeq: number;
}

/** An endpoint was switched off: the tenant's other endpoints are to be told. */
export interface TellDisabledJob {
  readonly type: "tell_disabled";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly endpointId: string;
  readonly reason: string;
  readonly at: number;
}

/** A mailbox was stopped, since too much of its mail came back or was complained about: the tenant's endpoints are to be told. */
export interface TellPausedJob {
  readonly type: "tell_paused";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly mailboxId: string;
  readonly reason: string;
  readonly at: number;
}

/** A month has come to a part of its quota: all endpoints of the tenant are to be told. */
export interface TellQuotaJob {
  readonly type: "tell_quota";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly at: number;
  readonly data: QuotaSpent;
}

/** A mail came in that nobody could place: all endpoints of the tenant are to be told. */
export interface TellUnmatchedJob {
  readonly type: "tell_unmatched";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly at: number;
  readonly data: ReplyUnmatched["data"];
}

/** A LinkedIn account was switched off, or can act again: the tenant's endpoints are to be told. */
export interface TellAccountJob {
  readonly type: "tell_account";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly at: number;
  readonly data: AccountChanged["data"];
}

/** What a LinkedIn account's provider didn't tell by itself is asked for. */
export interface PollLinkedinJob {
  readonly type: "poll_linkedin";
  readonly tenantId: string;
  readonly accountId: string;
}

/** Enrollments of an erased person that are to be emptied, or looked at once more for what came late. */
export interface EraseJob {
  readonly type: "erase_enrollments";
  readonly tenantId: string;
  readonly ids: readonly string[];
}

/** One notice to one endpoint, tried again by the schedule of events. `body` is sent as it is at every attempt. */
export interface NoticeJob {
  readonly type: "notice";
  readonly tenantId: string;
  readonly mode: Mode;
  readonly endpointId: string;
  readonly id: string;
  readonly eventType: string;
  readonly body: string;
  readonly attempt: number;
  /** What the endpoint's breaker last had it wait for, as with an enrollment's deliveries; absent before the first wait. */
  readonly restedMs?: number;
  readonly isQueued?: boolean;
}

/** Rows of the audit log that D1 didn't take at once. */
export interface AuditJob {
  readonly type: "audit";
  readonly acts: readonly AuditAct[];
}

export type Job =
  | WakeJob
  | TellDisabledJob
  | TellPausedJob
  | TellQuotaJob
  | TellUnmatchedJob
  | TellAccountJob
  | PollLinkedinJob
  | EraseJob
  | NoticeJob
  | AuditJob;
