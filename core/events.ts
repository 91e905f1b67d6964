import type { DraftAnswer, ReplyAnswer } from "./contract/draft-answer.ts";
import type { ContactRef, Lead, PlaceRef, SendJob, SlotRef, Words } from "./enrollment.ts";
import type { Facts } from "./facts.ts";
import type { ContactAnswer, ContactQuestion } from "./gates/contact.ts";
import type { GateVerdict } from "./gates/gate.ts";
import type { Exchange } from "./journal.ts";
import type { LinkedinSendResult, ProfileResult } from "./linkedin/provider.ts";
import type { DeliveryEvent } from "./mail/delivery-event.ts";
import type { DkimEvidence } from "./mail/dkim/verdict.ts";
import type { Classification } from "./mail/inbound.ts";
import type { LookUpResult } from "./mail/outgoing.ts";
import type { PlaceAnswer, PlaceAsk } from "./pace/ask-place.ts";

/** Which message a look, a slot or a send is for. */
export type Lane = { readonly of: "step" } | { readonly of: "reply"; readonly reply: number };

/** Why facts were looked up: to ask for a draft, to ask again, or to send. */
export type Purpose = DraftPurpose | { readonly to: "send"; readonly lane: Lane };

/** The two ways to ask the customer's endpoint. */
export type DraftPurpose = { readonly to: "draft" } | { readonly to: "retry" };

/** Whose messages of a day are counted: one cadence's, or all of a tenant that is new. */
export type CapScope = "cadence" | "tenant";

/** A message just composed; whom it is for, and that there is no doubt about it, the core knows. */
export type ComposedJob = Omit<SendJob, "to" | "doubt" | "absentAt">;

/** Why an attempt brought no answer. `lost`: the process died while it ran; `endpoint_off`: it is disabled, so nothing was sent. */
export type DraftFailure =
  | { readonly kind: "timeout" | "network" | "lost" | "too_large" | "endpoint_off" }
  | { readonly kind: "http"; readonly status: number; readonly retryAfterMs: number | null }
  | { readonly kind: "invalid"; readonly issues: readonly string[] }
  | { readonly kind: "refused_url"; readonly detail: string };

/** How we know that an invitation was accepted. `message`: they wrote there since. */
export type ConnectedBy = "hook" | "poll" | "message" | "person";

/** A mail, or a message on LinkedIn, that came in and was matched to this enrollment. */
export interface InboundReply {
  /** Made of what its author wrote (adapters/mail/inbound-id.ts): the same mail twice is one reply. */
  readonly id: string;
  readonly at: number;
  readonly messageId: string | null;
  readonly inReplyTo: readonly string[];
  readonly references: readonly string[];
  readonly from: string | null;
  readonly to: string | null;
  readonly subject: string;
  readonly text: string;
  readonly cleanText: string;
  readonly quotedText: string;
  readonly classification: Classification;
  readonly matchedBy: string;
  readonly tokenValid: boolean;
  /** Who signed it; absent in what was stored before signatures were checked. */
  readonly auth?: DkimEvidence;
  readonly rawKey: string;
  /** Absent for e-mail. What mail alone has is empty then. */
  readonly channel?: "linkedin";
  readonly chatId?: string;
  /** Who wrote it, as the provider names them; absent where a person told it. */
  readonly profileId?: string;
}

/** What chance and haste say about the next wait. */
export interface Chance {
  /** From 0 to 1. */
  readonly dice: number;
  /** Waits of the retry schedules are divided by it; 1 but for a local demonstration (LOCAL_SPEED). */
  readonly hurry?: number;
}

/** What happened, in the past tense, with the time and the chance that go with it. */
export type EnrollmentEvent = { readonly at: number } & Chance &
  (
    | { readonly type: "alarm_fired" }
    | { readonly type: "woken"; readonly cause: "run_now" | "switch_on" | "endpoint_restored" | "swept" }
    | { readonly type: "facts_read"; readonly purpose: Purpose; readonly facts: Facts }
    | { readonly type: "facts_unreadable"; readonly purpose: Purpose; readonly detail: string }
    | {
        readonly type: "slot_answered";
        readonly purpose: Purpose;
        readonly facts: Facts;
        readonly slot: SlotRef;
        readonly granted: boolean;
        /** Whose cap is reached, where none was granted. */
        readonly fullFor: CapScope;
        readonly opensAt: number;
      }
    | { readonly type: "slot_released"; readonly slot: SlotRef | PlaceRef }
    | {
        readonly type: "place_answered";
        readonly purpose: Exclude<Purpose, { readonly to: "retry" }>;
        readonly facts: Facts;
        readonly mailboxId: string;
        readonly ask: PlaceAsk;
        readonly answer: PlaceAnswer;
      }
    | {
        readonly type: "contacts_answered";
        readonly purpose: Exclude<Purpose, { to: "retry" }>;
        readonly facts: Facts;
        readonly question: ContactQuestion;
        readonly answer: ContactAnswer;
        /** The message that is counted now, if the answer is `free`; null: it was only a look. */
        readonly sendKey: string | null;
        readonly gates: readonly GateVerdict[];
      }
    | { readonly type: "contact_released"; readonly contact: ContactRef }
    /** Whether the person's other enrollments can know of the reply at `repliedAt` (ms) now. */
    | { readonly type: "reply_noted"; readonly repliedAt: number; readonly isNoted: boolean }
    | {
        readonly type: "breaker_answered";
        readonly purpose: DraftPurpose;
        readonly facts: Facts;
        /** 0: the endpoint may be asked; else for how long not. */
        readonly waitMs: number;
        /** Not, because as many as may be are under way to it. */
        readonly isBusy: boolean;
      }
    | {
        readonly type: "draft_answered";
        readonly draftId: string;
        readonly attempt: number;
        readonly answer: DraftAnswer | "later";
        readonly digest: string;
        readonly exchange: Exchange;
      }
    | {
        readonly type: "draft_failed";
        readonly draftId: string;
        readonly attempt: number;
        readonly failure: DraftFailure;
        /** Null when nothing crossed the wire. */
        readonly exchange: Exchange | null;
      }
    | {
        readonly type: "completion_received";
        readonly draftId: string;
        readonly answer: DraftAnswer;
        readonly digest: string;
      }
    | {
        readonly type: "message_composed";
        readonly lane: Lane;
        /** The address that the bytes are for. */
        readonly to: string;
        readonly job: ComposedJob;
        readonly payload: string;
        readonly words: Words;
      }
    | {
        readonly type: "profile_answered";
        readonly purpose: Exclude<Purpose, { readonly to: "retry" }>;
        readonly facts: Facts;
        readonly identifier: string;
        /** `later`: the account has looked at as many profiles today as it may. */
        readonly result: ProfileResult | { readonly kind: "later"; readonly until: number };
      }
    | { readonly type: "compose_failed"; readonly lane: Lane; readonly detail: string }
    | {
        readonly type: "send_finished";
        readonly lane: Lane;
        readonly sendKey: string;
        readonly result: LinkedinSendResult;
      }
    /** The provider says what became of a message that it took. */
    | { readonly type: "delivery_reported"; readonly report: DeliveryEvent }
    /** The provider's feed of events has a message whose send ended in doubt. */
    | {
        readonly type: "send_reported";
        readonly lane: Lane;
        readonly sendKey: string;
        readonly result: LinkedinSendResult;
      }
    | {
        readonly type: "message_looked_up";
        readonly lane: Lane;
        readonly sendKey: string;
        readonly look: number;
        readonly result: LookUpResult;
      }
    | {
        readonly type: "reply_received";
        readonly reply: InboundReply;
        /** The person's other enrollments can know of it already. */
        readonly elsewhereKnows?: boolean;
      }
    | {
        readonly type: "event_delivered";
        readonly deliveryId: string;
        readonly attempt: number;
        readonly answer: ReplyAnswer | "later" | "none";
        readonly issues: readonly string[];
        readonly digest: string;
        /** Null when the endpoint hasn't subscribed to this type, so nothing crossed the wire. */
        readonly exchange: Exchange | null;
      }
    | {
        readonly type: "event_undelivered";
        readonly deliveryId: string;
        readonly attempt: number;
        readonly failure: DraftFailure;
        readonly exchange: Exchange | null;
      }
    | {
        /** The endpoint's breaker is open, or all places are taken: nothing was sent, and no attempt is spent. */
        readonly type: "event_put_off";
        readonly deliveryId: string;
        readonly attempt: number;
        readonly waitMs: number;
        readonly isBusy: boolean;
      }
    | {
        readonly type: "reply_completion_received";
        readonly deliveryId: string;
        readonly answer: ReplyAnswer;
        readonly digest: string;
      }
    /** The lead and the account are connected on LinkedIn. */
    | { readonly type: "connected"; readonly by: ConnectedBy; readonly profileId?: string }
    /** The invitation is open no more, and was not accepted. */
    | { readonly type: "invitation_withdrawn"; readonly by: string; readonly invitationId: string }
    /** A person did it; `text` is what they really said, where it isn't what stood there. */
    | { readonly type: "task_done"; readonly by: string; readonly draftId: string; readonly text: string | null }
    | { readonly type: "task_skipped"; readonly by: string; readonly draftId: string; readonly reason: string | null }
    | { readonly type: "task_not_connected"; readonly by: string; readonly draftId: string }
    | { readonly type: "pause_requested"; readonly by: string }
    | { readonly type: "resume_requested"; readonly by: string }
    | {
        readonly type: "contact_refused";
        readonly reason: "unsubscribed" | "complained";
        /** How it was said: `one_click`, `page`, `mail`, `reply`, or the provider's name. */
        readonly by: string;
      }
    | { readonly type: "unenroll_requested"; readonly by: string; readonly reason: string }
    /** The lead is to be enrolled in the same cadence once more. */
    | { readonly type: "enrolled_anew" }
    | { readonly type: "lead_edited"; readonly by: string; readonly lead: Partial<Lead> }
    | { readonly type: "draft_released"; readonly by: string; readonly draftId: string }
    | {
        readonly type: "draft_edited";
        readonly by: string;
        readonly draftId: string;
        readonly subject: string | null;
        readonly text: string;
        readonly html: string | null;
      }
    | { readonly type: "draft_skipped"; readonly by: string; readonly draftId: string; readonly reason: string | null }
    | { readonly type: "draft_retried"; readonly by: string; readonly draftId: string }
    | { readonly type: "send_settled"; readonly by: string; readonly draftId: string; readonly arrived: boolean }
  );

export type EventOf<Type extends EnrollmentEvent["type"]> = Extract<EnrollmentEvent, { type: Type }>;
