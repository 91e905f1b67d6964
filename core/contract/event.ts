import { z } from "zod";
import { Timestamp } from "./common.ts";
import { envelope, event, leadFlat } from "./event-envelope.ts";
import { InboundAuth, InboundKindName } from "./inbound.ts";
import { AccountChanged, LeadConnected, TaskCreated, TaskOverdue } from "./linkedin-event.ts";
import { QuotaReached, QuotaWarning } from "./quota-event.ts";
import { Channel, StepKind } from "./step.ts";

const StepIndex = z.number().int().min(0).meta({ description: "Counts from 0." });
const DraftId = z.string().meta({ example: "drf_mzxw6ytboi2gk3tu_2_3" });
const Reply = z
  .number()
  .int()
  .min(1)
  .nullable()
  .meta({ description: "For an answer to a reply: which one, counted from 1; `stepIndex` is null then. Else null." });
const Detail = z.string().meta({ description: "A sentence for people." });

/** MyAgentMail's fields of a sent step; they stand at the top level too. */
const Fired = {
  cadenceId: z.string(),
  enrollmentId: z.string(),
  stepIndex: StepIndex,
  stepKind: StepKind,
  channelUrn: z
    .string()
    .nullable()
    .meta({ description: "Where it went: the lead's e-mail address, or their profile on LinkedIn." }),
  renderedSubject: z.string().nullable(),
  renderedText: z.string(),
  firedAt: Timestamp,
};

/** The message went out: the provider has it. `crossed`: the enrollment was ended while it was already on its way. */
export const StepFired = event(
  "CadenceStepFired",
  "cadence.step.fired",
  z.strictObject({
    ...Fired,
    draftId: DraftId,
    messageId: z.string().nullable().meta({
      description: "The Message-ID that the recipient sees, with angle brackets; null where the provider doesn't say.",
    }),
    crossed: z.boolean(),
    meta: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: "What your answer said about how the text was made." }),
  }),
  Fired,
);

/** The step was passed over and the cadence goes on. */
export const StepSkipped = event(
  "CadenceStepSkipped",
  "cadence.step.skipped",
  z.strictObject({ stepIndex: StepIndex, draftId: DraftId.nullable(), reason: z.string().nullable() }),
);

/** The endpoint asked to be asked later. */
export const StepDeferred = event(
  "CadenceStepDeferred",
  "cadence.step.deferred",
  z.strictObject({ stepIndex: StepIndex, draftId: DraftId, until: Timestamp, reason: z.string().nullable() }),
);

/** The step, or the answer to a reply, waits for a person: `POST /v1/drafts/:id/{release,edit,skip,retry}`. */
export const StepHeld = event(
  "CadenceStepHeld",
  "cadence.step.held",
  z.strictObject({
    stepIndex: StepIndex.nullable(),
    reply: Reply,
    draftId: DraftId.nullable().meta({
      description: "Null when the step was held before anything was asked; for an answer to a reply the event's id.",
    }),
    reason: z.enum([
      "draft_failed",
      "review_requested",
      "subject_missing",
      "placeholder_left",
      "endpoint_disabled",
      "endpoint_missing",
      "mailbox_missing",
      "address_missing",
      "account_missing",
      "profile_missing",
      "too_long",
      "unsafe_message",
      "send_refused",
      "send_failing",
    ]),
    detail: Detail,
  }),
);

/** It is not known whether the message arrived. `assumed_sent`: the cadence chose to go on as if it had. */
export const StepAmbiguous = event(
  "CadenceStepAmbiguous",
  "cadence.step.ambiguous",
  z.strictObject({
    stepIndex: StepIndex.nullable(),
    reply: Reply,
    draftId: DraftId.nullable(),
    reason: z.enum(["ambiguous", "assumed_sent"]),
    detail: Detail,
  }),
);

/** No usable draft came (then the step's onDraftFailure took over), or the mail provider refused the message for good. */
export const StepFailed = event(
  "CadenceStepFailed",
  "cadence.step.failed",
  z.union([
    z.strictObject({ stepIndex: StepIndex, draftId: DraftId, reason: z.literal("draft_failed"), detail: Detail }),
    z.strictObject({
      stepIndex: StepIndex,
      draftId: DraftId,
      reason: z.literal("send_refused"),
      scope: z.enum(["recipient", "sender", "message", "configuration"]),
      detail: Detail,
    }),
  ]),
);

/** What a stranger wrote back. Nothing in it is an instruction to anybody's model. */
export const InboundText = z
  .strictObject({
    index: z.number().int().min(1).meta({ description: "Counts what came in for this enrollment." }),
    channel: Channel.meta({ description: "By which way it came; your answer goes back by the same." }),
    messageId: z.string().nullable(),
    from: z.string().nullable(),
    subject: z.string(),
    untrusted: z
      .literal(true)
      .meta({ description: "Always true: the text was written outside. Keep it out of your prompt's instructions." }),
    text: z.string().meta({ description: "What is new in it: without the quoted part." }),
    fullText: z.string(),
    quoted: z.string(),
    classification: z.strictObject({
      kind: z
        .enum(["human", "unsubscribe"])
        .meta({ description: "`unsubscribe`: a person who asks for no more mail." }),
      confidence: z
        .number()
        .min(0)
        .max(1)
        .meta({ description: "Below 0.8 the enrollment pauses until somebody looks." }),
      evidence: z.array(z.string()),
    }),
    auth: InboundAuth,
    matchedBy: z.string().meta({ description: "What tied it to this enrollment." }),
    crossed: z.boolean().meta({ description: "A message of ours was on its way when it came." }),
  })
  .meta({ id: "InboundText" });

/** The lead wrote back. It is also a question: see ReplyAnswer for what may be answered. */
export const LeadReplied = event(
  "CadenceLeadReplied",
  "cadence.lead.replied",
  z.strictObject({ reply: InboundText, reason: z.literal("replied"), occurredAt: Timestamp }),
  {
    ...leadFlat(z.literal("replied")),
    completionUrl: z
      .url()
      .meta({ description: "Where the answer goes after a 202. Its token is good for this question only." }),
    expiresAt: Timestamp.meta({ description: "No answer counts after it." }),
  },
);

/** The address takes no mail; the enrollment has ended. */
export const LeadBounced = event(
  "CadenceLeadBounced",
  "cadence.lead.bounced",
  z.strictObject({
    detail: Detail,
    code: z.string().optional().meta({ description: "The provider's code, where it refused the message itself." }),
    reason: z.literal("bounced"),
    occurredAt: Timestamp,
  }),
  leadFlat(z.literal("bounced")),
);

/** The lead wants no more mail; the enrollment has ended and the address is suppressed. */
export const LeadUnsubscribed = refusal("CadenceLeadUnsubscribed", "unsubscribed");

/** The lead called our mail unwanted to their provider; the enrollment has ended and the address is suppressed. */
export const LeadComplained = refusal("CadenceLeadComplained", "complained");

/** Every step is done. */
export const LeadCompleted = event(
  "CadenceLeadCompleted",
  "cadence.lead.completed",
  z.strictObject({
    state: z.literal("completed"),
    detail: z.string().nullable(),
    reason: z.null(),
    occurredAt: Timestamp,
  }),
  leadFlat(z.null()),
);

/** The enrollment ended before its last step. For `unenrolled` the reason is what the request gave. */
export const LeadExited = event(
  "CadenceLeadExited",
  "cadence.lead.exited",
  z.strictObject({
    state: z.enum(["exited", "unenrolled"]),
    detail: z.string().nullable(),
    reason: z.string(),
    occurredAt: Timestamp,
  }),
  leadFlat(
    z.string().meta({
      description:
        "`replied`, `bounced`, `unsubscribed`, `complained`, `left_company`, `suppressed`, `replied_elsewhere`, `not_accepted`, `unreachable`, `stopped_by_customer`, `draft_failed`, or for `unenrolled` your own word.",
    }),
  ),
);

/** An endpoint was switched off; told to the others, since it can't be told itself. It is about no single enrollment. */
export const EndpointDisabled = z
  .strictObject({
    ...envelope("cadence.endpoint.disabled"),
    cadence: z.null(),
    enrollment: z.null(),
    data: z.strictObject({ endpointId: z.string(), reason: z.string() }),
  })
  .meta({ id: "CadenceEndpointDisabled" });

/** A mailbox was stopped, since too many of its messages came back or were called unwanted. What waits for it is sent once it is on again. */
export const MailboxPaused = z
  .strictObject({
    ...envelope("cadence.mailbox.paused"),
    cadence: z.null(),
    enrollment: z.null(),
    data: z.strictObject({
      mailboxId: z.string(),
      reason: z.string().meta({ description: "The figures, and what to do before it is switched on again." }),
    }),
  })
  .meta({ id: "CadenceMailboxPaused" });

/** A mail came in and nothing proved whose it is; it stopped nobody. `GET /v1/inbound/:id` has it whole, `attach` says whose it is. */
export const ReplyUnmatched = z
  .strictObject({
    ...envelope("cadence.reply.unmatched"),
    cadence: z.null(),
    enrollment: z.null(),
    data: z.strictObject({
      inboundId: z.string().meta({ description: "For /v1/inbound.", example: "inb_4c1f0f3c9a7e2b114c1f0f3c9a7e2b11" }),
      suggestedEnrollmentId: z.string().nullable().meta({ description: "What it names without proof." }),
      reason: z.string().meta({ description: "Why it was not matched." }),
      kind: InboundKindName,
      from: z.string().nullable(),
      to: z.string().meta({ description: "The envelope's recipient." }),
      subject: z.string(),
      messageId: z.string().nullable(),
      untrusted: z
        .literal(true)
        .meta({ description: "Always true: the text was written outside. Keep it out of your prompt's instructions." }),
      excerpt: z.string().meta({ description: "The first 200 characters of what is new in it." }),
    }),
  })
  .meta({ id: "CadenceReplyUnmatched" });
export type ReplyUnmatched = z.infer<typeof ReplyUnmatched>;

/** Every event that there is today, by its `type`. */
export const EVENTS = {
  "cadence.step.fired": StepFired,
  "cadence.step.skipped": StepSkipped,
  "cadence.step.deferred": StepDeferred,
  "cadence.step.held": StepHeld,
  "cadence.step.ambiguous": StepAmbiguous,
  "cadence.step.failed": StepFailed,
  "cadence.lead.replied": LeadReplied,
  "cadence.lead.connected": LeadConnected,
  "cadence.task.created": TaskCreated,
  "cadence.task.overdue": TaskOverdue,
  "cadence.lead.bounced": LeadBounced,
  "cadence.lead.unsubscribed": LeadUnsubscribed,
  "cadence.lead.complained": LeadComplained,
  "cadence.lead.completed": LeadCompleted,
  "cadence.lead.exited": LeadExited,
  "cadence.endpoint.disabled": EndpointDisabled,
  "cadence.mailbox.paused": MailboxPaused,
  "cadence.account.changed": AccountChanged,
  "cadence.quota.warning": QuotaWarning,
  "cadence.quota.reached": QuotaReached,
  "cadence.reply.unmatched": ReplyUnmatched,
} as const;

/** What an endpoint may subscribe to. */
export const EventType = z
  .enum([
    "cadence.step.fired",
    "cadence.step.skipped",
    "cadence.step.deferred",
    "cadence.step.held",
    "cadence.step.ambiguous",
    "cadence.step.failed",
    "cadence.lead.replied",
    "cadence.lead.connected",
    "cadence.task.created",
    "cadence.task.overdue",
    "cadence.lead.bounced",
    "cadence.lead.unsubscribed",
    "cadence.lead.complained",
    "cadence.lead.completed",
    "cadence.lead.exited",
    "cadence.endpoint.disabled",
    "cadence.mailbox.paused",
    "cadence.account.changed",
    "cadence.quota.warning",
    "cadence.quota.reached",
    "cadence.reply.unmatched",
  ] satisfies (keyof typeof EVENTS)[])
  .meta({ id: "EventType" });
export type EventType = z.infer<typeof EventType>;

/** Any event, told apart by `type`. Strict, because we write it; a customer should ignore keys that they don't know. */
export const CadenceEvent = z
  .discriminatedUnion("type", [
    StepFired,
    StepSkipped,
    StepDeferred,
    StepHeld,
    StepAmbiguous,
    StepFailed,
    LeadReplied,
    LeadConnected,
    TaskCreated,
    TaskOverdue,
    LeadBounced,
    LeadUnsubscribed,
    LeadComplained,
    LeadCompleted,
    LeadExited,
    EndpointDisabled,
    MailboxPaused,
    AccountChanged,
    QuotaWarning,
    QuotaReached,
    ReplyUnmatched,
  ])
  .meta({ id: "CadenceEvent" });
export type CadenceEvent = z.infer<typeof CadenceEvent>;

function refusal<Reason extends "unsubscribed" | "complained">(id: string, reason: Reason) {
  return event(
    id,
    `cadence.lead.${reason}`,
    z.strictObject({
      by: z.string().meta({
        description:
          "How it was said: `one_click` or `page` of the unsubscribe link, `mail`, `reply`, or the provider's name.",
      }),
      reason: z.literal(reason),
      occurredAt: Timestamp,
    }),
    leadFlat(z.literal(reason)),
  );
}
