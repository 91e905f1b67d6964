import type { StepKind } from "./contract/step.ts";
import type { GateVerdict } from "./gates/gate.ts";

export type Mode = "live" | "sandbox";

/** Who the cadence is for. `context` is the customer's, handed back to their endpoint as it came. */
export interface Lead {
  readonly externalId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly linkedinUrl: string | null;
  readonly profileUrn: string | null;
  readonly timeZone: string | null;
  readonly country: string | null;
  readonly context: Readonly<Record<string, unknown>>;
}

/** What is to be said; only ever the customer's words or the step's static text. */
export interface Words {
  readonly subject: string | null;
  readonly text: string;
  readonly html: string | null;
  readonly meta: Readonly<Record<string, unknown>> | null;
}

/** The durable record of one question. The id is the same for every attempt, and the customer's cache key. */
export interface Draft {
  readonly id: string;
  readonly previousDraftId: string | null;
  readonly source: "webhook" | "static";
  readonly createdAt: number;
  readonly expiresAt: number;
  /** The last attempt begun; 0 before the first. */
  readonly attempt: number;
  /** Answers so far that are not worth many retries: 4xx and what breaks the contract. */
  readonly refusals: number;
  /** The day (in the tenant's zone) whose send slot is reserved for this draft. */
  readonly slotDay: string | null;
  /** It was asked for after an outage or a long pause: its message leaves after those that waited before it. Absent where it wasn't. */
  readonly isBelated?: true;
}

/** One message on its way, committed before the network is touched. The stored bytes lie under `sendKey`. */
export interface SendJob {
  readonly sendKey: string;
  readonly provider: string;
  readonly sha256: string;
  /** Message-ID that we asked for, with angle brackets. */
  readonly messageId: string;
  /** Whether recipients see `messageId`, also where the provider doesn't say so. */
  readonly keepsMessageId: boolean;
  readonly idempotencyWindowMs: number | null;
  readonly intentAt: number;
  readonly tries: number;
  /** Which of the provider's accounts it was made for, as a fingerprint: another one knows neither its key nor its records. */
  readonly account: string;
  /** How often the provider's records were asked for it; null where they can't be asked. */
  readonly lookUps: number | null;
  /** When the records last said that it isn't there, since the last try; null when they didn't. */
  readonly absentAt: number | null;
  /** The address that the bytes are for. */
  readonly to: string | null;
  /** What some try left unknown, as a sentence; null as long as surely none has arrived. Only a person or an acceptance ends it. */
  readonly doubt: string | null;
  /** The gates that let its last try pass; absent in what was stored before they were kept. */
  readonly gates?: readonly GateVerdict[];
  /** Absent for e-mail. */
  readonly channel?: "linkedin";
}

export type HeldReason =
  | "draft_failed"
  | "review_requested"
  | "subject_missing"
  | "placeholder_left"
  | "endpoint_disabled"
  | "endpoint_missing"
  | "mailbox_missing"
  | "address_missing"
  | "account_missing"
  | "profile_missing"
  | "too_long"
  | "unsafe_message"
  | "send_refused"
  | "send_failing"
  | "ambiguous";

export interface ReadyPhase {
  readonly name: "ready";
  readonly draft: Draft;
  readonly words: Words;
  /** Set once bytes were made: later tries send these very bytes. */
  readonly job: SendJob | null;
  /** When (ms) nothing but the gates stood before it for the first time; absent in what was stored before it was kept. */
  readonly since?: number;
  readonly waitingFor: GateVerdict | null;
  readonly wakeAt: number;
}

export interface SendingPhase {
  readonly name: "sending";
  readonly draft: Draft;
  readonly words: Words;
  readonly job: SendJob;
  /** What was accepted while the message was in flight; it takes effect at every exit from here. */
  readonly interruptedBy: Exit | null;
  readonly wakeAt: number;
}

export interface HeldPhase {
  readonly name: "held";
  readonly reason: HeldReason;
  readonly detail: string;
  readonly draft: Draft | null;
  readonly words: Words | null;
  readonly job: SendJob | null;
  readonly since: number;
  /** When the provider's records are asked next for a message in doubt; null when only a person can end this. */
  readonly wakeAt: number | null;
}

/** A person does it: the words are theirs to copy, and they say what became of it. */
export interface TaskedPhase {
  readonly name: "tasked";
  readonly kind: StepKind;
  readonly draft: Draft;
  readonly words: Words;
  readonly since: number;
  readonly dueAt: number;
  /** How often somebody was reminded of it. */
  readonly reminders: number;
  /** The gates that let it pass. */
  readonly gates: readonly GateVerdict[];
  /** When the next reminder is told; null when there is none any more. */
  readonly remindAt: number | null;
  /** When it is looked at next: to remind, or whether the lead may still be written to; null when nobody looks any more. */
  readonly wakeAt: number | null;
}

/** Where the step in hand stands. Every live phase carries `wakeAt`, milliseconds since the epoch. */
export type Phase =
  | {
      readonly name: "waiting";
      readonly dueAt: number;
      readonly previousDraftId: string | null;
      readonly waitingFor: GateVerdict | null;
      readonly wakeAt: number;
    }
  | { readonly name: "drafting"; readonly draft: Draft; readonly wakeAt: number }
  | {
      readonly name: "resting";
      readonly draft: Draft;
      readonly lastFailure: string;
      /** The gate that keeps the next attempt back; null when it is only the schedule. */
      readonly waitingFor: GateVerdict | null;
      readonly wakeAt: number;
    }
  | { readonly name: "expecting"; readonly draft: Draft; readonly wakeAt: number }
  | ReadyPhase
  | SendingPhase
  | HeldPhase
  | TaskedPhase
  | { readonly name: "finished"; readonly exit: Exit; readonly at: number; readonly wakeAt: number };

export type ExitReason =
  | "replied"
  | "bounced"
  | "unsubscribed"
  | "complained"
  | "left_company"
  | "suppressed"
  | "replied_elsewhere"
  | "not_accepted"
  | "unreachable"
  | "stopped_by_customer"
  | "draft_failed"
  | "unenrolled";

export type Exit =
  | { readonly state: "completed"; readonly reason: null; readonly detail: string | null }
  | { readonly state: "unenrolled"; readonly reason: string; readonly detail: string | null }
  | {
      readonly state: "exited";
      readonly reason: ExitReason;
      readonly detail: string | null;
      /** It can't be taken back any more, since the lead is enrolled anew. */
      readonly isFinal?: boolean;
    };

/** The customer's answer to one reply, on its way into the thread. */
export interface ReplyAnswerLane {
  /** Which inbound message it answers, counted from 1. */
  readonly reply: number;
  readonly phase: ReadyPhase | SendingPhase | HeldPhase | TaskedPhase;
  /** The way by which the reply came; absent for e-mail. */
  readonly channel?: "linkedin";
}

/** One event on its way to the customer. Its body lies stored under `bodyKey`: the id under which it was first told. */
export interface Delivery {
  readonly id: string;
  readonly bodyKey: string;
  readonly type: string;
  readonly step: number | null;
  /** Set for `cadence.lead.replied`: which inbound message it asks about, and until when an answer counts. */
  readonly question: { readonly reply: number; readonly expiresAt: number; readonly channel?: "linkedin" } | null;
  readonly attempt: number;
  readonly phase: "due" | "in_flight" | "expecting";
  /** What the endpoint's breaker last told it to wait, in milliseconds; 0 when it didn't, or an attempt was made since. */
  readonly restedMs: number;
  /** It was last told to wait for a place at the endpoint; absent in what was stored before there were places. */
  readonly isQueued?: boolean;
  readonly firstAt: number;
  readonly wakeAt: number;
}

export type OutcomeKind = "sent" | "skipped" | "failed" | "ambiguous" | "stopped" | "waited";

export interface StepOutcome {
  readonly step: number;
  readonly outcome: OutcomeKind;
  readonly at: number;
  readonly draftId: string | null;
  readonly reason: string | null;
}

/** What the next message needs to stand in the same conversation. */
export interface ThreadHead {
  /** The subject of the first message, without "Re:". */
  readonly subject: string | null;
  /** Wire ids, oldest first, with angle brackets: the root and the latest (core/flow/thread.ts). */
  readonly messageIds: readonly string[];
}

/** A place in the count of one day (YYYY-MM-DD in the tenant's zone), taken for one draft. */
export interface SlotRef {
  readonly draftId: string;
  readonly day: string;
}

/** A message that is counted with the person and the company it goes to. */
export interface ContactRef {
  readonly sendKey: string;
  /** The address by which both are known. */
  readonly to: string;
}

/** A place at a mailbox (core/pace), taken for one draft. */
export interface PlaceRef {
  readonly draftId: string;
  readonly mailboxId: string;
}

/** How the lead and the account stand on LinkedIn, as far as it is known. */
export interface LinkedinStanding {
  /** The provider's id of the person; null before they were looked up, and where a person does the steps. */
  readonly profileId: string | null;
  readonly publicId: string | null;
  /** Null: nobody has said. */
  readonly isConnected: boolean | null;
  /** The latest that the cadence sent, or found open. */
  readonly invitation: {
    readonly id: string | null;
    readonly at: number;
    readonly acceptedAt: number | null;
    readonly withdrawnAt: number | null;
    /** The customer knows that it was accepted. */
    readonly isTold?: true;
  } | null;
  readonly chatId: string | null;
  /** Why nothing reaches them there; null where it may. */
  readonly unreachable: string | null;
  /** How often their profile couldn't be read, and how often a message wasn't taken for want of a connection; absent for never. */
  readonly lookUps?: number;
  readonly refusals?: number;
}

/** One enrollment: the whole truth of it but for stored bytes and the thread's texts, which lie beside it. */
export interface Enrollment {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly lead: Lead;
  readonly mailboxId: string | null;
  /** The LinkedIn account that acts; absent in what was stored before there were any. */
  readonly linkedinAccountId?: string | null;
  /** Absent before the first step on LinkedIn. */
  readonly linkedin?: LinkedinStanding;
  readonly enrolledAt: number;
  /** Counts commits; the index takes only what is newer. */
  readonly revision: number;
  /** Index of the step in hand. */
  readonly step: number;
  /** Completion of the step before, or the start. Delays count from here. */
  readonly anchorAt: number;
  /** A reply from here on is one to the step before: its message may have arrived when it was first intended. */
  readonly repliesFrom: number;
  readonly phase: Phase;
  readonly paused: { readonly at: number; readonly by: string } | null;
  /** The first day (YYYY-MM-DD) on which a lead who is away may be written to; null when nobody said so. */
  readonly awayUntil: string | null;
  /** The lead wants no more mail. Outlives every end. */
  readonly refused: "unsubscribed" | "complained" | null;
  readonly answers: readonly ReplyAnswerLane[];
  readonly deliveries: readonly Delivery[];
  readonly thread: ThreadHead;
  /** `count`, `lastAt` and `latest` (its inbound number) are about people; `seen` are ids of the last of all mail, `recent` times (ms) of the last that was to be told. */
  readonly replies: {
    readonly count: number;
    readonly lastAt: number | null;
    readonly latest: number | null;
    readonly seen: readonly string[];
    readonly recent: readonly number[];
  };
  readonly outcomes: readonly StepOutcome[];
  /** The addresses that the lead had before, newest first: a message went there, and its bounce comes from there. */
  readonly formerEmails: readonly string[];
  /** What providers have said of the messages, so that it is heard once. */
  readonly reported: readonly string[];
  /** The latest questions that have their answer, by id, with a digest of it: a repeat is known from a change of mind. */
  readonly settled: readonly { readonly id: string; readonly digest: string }[];
  /** The place of the step in hand, until the step is done; absent in what was stored before there were any. */
  readonly place?: PlaceRef | null;
  /** Reserved send slots, and places, to give back. */
  readonly unusedSlots: readonly (SlotRef | PlaceRef)[];
  /** Messages in hand that count against frequency limits; absent in what was stored before there were any. */
  readonly contacts?: readonly ContactRef[];
  /** A person's reply that their other enrollments don't know of yet. */
  readonly replyNews?: { readonly at: number; readonly wakeAt: number } | null;
  readonly counters: {
    readonly asked: number;
    readonly delivered: number;
    readonly inbound: number;
    readonly generation: number;
  };
}

/** The state as the API names it. */
export type EnrollmentState = "active" | "paused" | "held" | "completed" | "unenrolled" | "exited";

/** An enrollment is what it ended as, else paused, else held, else active. */
export function stateOf(enrollment: Enrollment): EnrollmentState {
  if (enrollment.phase.name === "finished") return enrollment.phase.exit.state;
  if (enrollment.paused !== null) return "paused";
  return enrollment.phase.name === "held" ? "held" : "active";
}

/** What a lead may never get past: nothing of the cadence is sent after it. */
export function isFinished(enrollment: Enrollment): boolean {
  return (
    enrollment.phase.name === "finished" ||
    (enrollment.phase.name === "sending" && enrollment.phase.interruptedBy !== null)
  );
}

/** A reply's end can be taken back by the customer's answer to it; every other end is final. */
export function canReopen(exit: Exit): boolean {
  return exit.state === "exited" && exit.reason === "replied" && exit.isFinal !== true;
}

/** The part of an id that names the enrollment: `enr_x` and `drf_x_0_1` share `x`, so a draft's id leads to its object. */
export function idStem(enrollmentId: string): string {
  return enrollmentId.slice("enr_".length);
}

/** The id of the draft that is asked for next. */
export function nextDraftId(state: Enrollment): string {
  return `drf_${idStem(state.id)}_${state.step}_${state.counters.asked + 1}`;
}

/** The enrollment that a message belongs to, by its send key (core/send-key.ts), or null when the text isn't one. */
export function enrollmentOfSendKey(sendKey: string): string | null {
  const match = /^dh-([a-z2-7]{16})-/.exec(sendKey);
  return match?.[1] === undefined ? null : `enr_${match[1]}`;
}

/** The enrollment that a draft, event or log id belongs to, or null when the text isn't such an id. */
export function enrollmentOf(id: string): string | null {
  const match = /^(?:drf|evt|log|msg)_([a-z2-7]{16})_/.exec(id);
  return match?.[1] === undefined ? null : `enr_${match[1]}`;
}
