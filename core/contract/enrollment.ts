import { z } from "zod";
import { ModeName, Timestamp, TimestampInput } from "./common.ts";
import {
  LeadContext,
  LeadCountry,
  LeadEmail,
  LeadExternalId,
  LeadLinkedinUrl,
  LeadName,
  LeadProfileUrn,
  LeadTimeZone,
} from "./lead.ts";
import { START_AHEAD_MAX_MS } from "./limits.ts";
import { pageOf } from "./paging.ts";
import { Channel } from "./step.ts";
import { TaskKind } from "./task.ts";
import { headerText } from "./text.ts";

const EnrollmentId = z.string().meta({ example: "enr_mzxw6ytboi2gk3tu" });
const InboxId = z
  .string()
  .max(64)
  .meta({ description: "The mailbox that sends for this lead.", example: "mbx_mzxw6ytboi2gk3tu" });
const Reason = headerText(200);

/** `POST /v1/cadences/:id/enrollments`: MyAgentMail's fields, and the lead's time zone and country. */
export const Enroll = z
  .strictObject({
    leadExternalId: LeadExternalId,
    leadName: LeadName.nullable().default(null),
    leadEmail: LeadEmail.nullable().default(null),
    leadLinkedinUrl: LeadLinkedinUrl.nullable().default(null),
    leadProfileUrn: LeadProfileUrn.nullable().default(null),
    leadTimeZone: LeadTimeZone.nullable().default(null),
    leadCountry: LeadCountry.nullable().default(null),
    sessionId: headerText(255).nullable().default(null).meta({
      description:
        "The LinkedIn account that acts for this lead, by its id (MyAgentMail's word for it). When left out: the cadence's `linkedinAccountId`, or else the default one. Where no step is for LinkedIn anything is taken, and kept.",
      example: "lia_mzxw6ytboi2gk3tu",
    }),
    inboxId: InboxId.nullable().default(null),
    context: LeadContext.default({}),
    startAt: TimestampInput.nullable().default(null).meta({
      description: "The first step's delay counts from here; at most a year ahead. A time that has passed means now.",
    }),
  })
  .meta({ id: "Enroll" });
export type Enroll = z.infer<typeof Enroll>;

/** Why an enrollment may not start at `startAt` (RFC 3339), or null when it may. */
export function startAtProblem(startAt: string, now: number): string | null {
  return Date.parse(startAt) - now > START_AHEAD_MAX_MS ? "must be at most a year ahead" : null;
}

/** New values for what is still to be sent; what was sent stays as it was. */
export const LeadEdit = z
  .strictObject({
    name: LeadName.nullable(),
    email: LeadEmail.nullable(),
    linkedinUrl: LeadLinkedinUrl.nullable(),
    profileUrn: LeadProfileUrn.nullable(),
    timeZone: LeadTimeZone.nullable(),
    country: LeadCountry.nullable(),
    context: LeadContext,
  })
  .partial()
  .meta({ id: "LeadEdit", description: "`context` is replaced as a whole." });
export type LeadEdit = z.infer<typeof LeadEdit>;

/** `PATCH /v1/enrollments/:id`. */
export const UpdateEnrollment = z
  .strictObject({
    state: z.enum(["active", "paused", "unenrolled"]).optional(),
    exitReason: Reason.optional().meta({ description: "With state unenrolled: why, in your words." }),
    lead: LeadEdit.optional(),
  })
  .refine((body) => body.exitReason === undefined || body.state === "unenrolled", {
    path: ["exitReason"],
    error: 'goes with state "unenrolled" only',
  })
  .refine((body) => body.state !== undefined || body.lead !== undefined, {
    error: "nothing to change: give state or lead",
  })
  .meta({ id: "UpdateEnrollment" });
export type UpdateEnrollment = z.infer<typeof UpdateEnrollment>;

/** `POST /v1/enrollments/:id/unenroll`. */
export const Unenroll = z.strictObject({ reason: Reason.optional() }).meta({ id: "Unenroll" });

export const EnrollmentStateName = z
  .enum(["active", "paused", "held", "completed", "unenrolled", "exited"])
  .meta({ id: "EnrollmentState" });

export const PhaseName = z
  .enum(["waiting", "drafting", "resting", "expecting", "ready", "sending", "held", "tasked", "finished"])
  .meta({
    id: "Phase",
    description:
      "Where the step in hand stands: waiting for its time or a gate; drafting (the endpoint is being asked); resting between two attempts; expecting an answer promised by 202; ready to be sent; sending; held for a person; tasked (a person does it, /v1/tasks); finished.",
  });

const SUMMARY = {
  id: EnrollmentId,
  cadenceId: z.string(),
  version: z.number().int().meta({ description: "The published version it runs on, to its end." }),
  mode: ModeName,
  state: EnrollmentStateName,
  exitReason: z.string().nullable().meta({
    description:
      "`replied`, `bounced`, `unsubscribed`, `complained`, `left_company`, `suppressed`, `replied_elsewhere`, `not_accepted` (the LinkedIn invitation), `unreachable` (on LinkedIn), `stopped_by_customer`, `draft_failed`, or for unenrolled your own word.",
  }),
  leadExternalId: z.string(),
  leadName: z.string().nullable(),
  leadEmail: z.string().nullable(),
  inboxId: z.string().nullable().meta({ description: "The mailbox that sends." }),
  currentStep: z.number().int().meta({ description: "Counts from 0." }),
  phase: PhaseName,
  heldReason: z.string().nullable().meta({
    description:
      "Why something waits for a person: the step in hand, or else an answer to a reply, whatever the state is.",
  }),
  draftId: z.string().nullable().meta({
    description: "What waits for a person, or else the draft in hand, for /v1/drafts.",
  }),
  nextDueAt: Timestamp.nullable().meta({
    description: "When something is looked at next; null when a person has to act, or nothing is left to do.",
  }),
  createdAt: Timestamp,
  updatedAt: Timestamp,
};

/** An enrollment as the list shows it: from the index, which may be some seconds late. */
export const EnrollmentSummary = z.strictObject(SUMMARY).meta({ id: "EnrollmentSummary" });
export type EnrollmentSummary = z.infer<typeof EnrollmentSummary>;

/** By whose clock something waits, and why by that one. */
export const WaitingZone = z
  .strictObject({
    name: z.string().meta({ example: "Europe/Zurich" }),
    of: z.enum(["lead", "mailbox", "account", "tenant"]),
    why: z.string().meta({ example: "the lead has no time zone, the mailbox has one" }),
  })
  .meta({ id: "WaitingZone" });

/** What one gate said the last time, and when it is asked again. */
export const WaitingFor = z
  .strictObject({
    gate: z.string(),
    reason: z.string(),
    until: Timestamp.nullable(),
    timeZone: WaitingZone.nullable().meta({ description: "Null for gates that no clock is read for." }),
  })
  .meta({ id: "WaitingFor" });

export const StepOutcomeEntry = z
  .strictObject({
    step: z.number().int(),
    outcome: z.enum(["sent", "skipped", "failed", "ambiguous", "stopped", "waited"]),
    at: Timestamp,
    draftId: z.string().nullable(),
    reason: z.string().nullable(),
  })
  .meta({ id: "StepOutcome" });

/** A message of which nobody knows whether it arrived. */
export const DoubtfulMessage = z
  .strictObject({
    draftId: z.string().meta({ description: "For POST /v1/drafts/:id/settle." }),
    detail: z.string(),
    since: Timestamp.meta({ description: "When it was first handed to the provider." }),
    repeatsAt: Timestamp.nullable().meta({
      description:
        "When it is sent again: by a key that the provider knows, or because the cadence chose `resend_after`. Null for one that is held.",
    }),
  })
  .meta({ id: "DoubtfulMessage" });

/** How the lead and the account stand on LinkedIn. */
export const LinkedinStanding = z
  .strictObject({
    accountId: z.string().meta({ description: "The account that acts.", example: "lia_mzxw6ytboi2gk3tu" }),
    profileId: z.string().nullable().meta({
      description: "The lead as the provider knows them; null before they were looked up, and where a person acts.",
    }),
    isConnected: z.boolean().nullable().meta({ description: "Null: nobody has said." }),
    invitedAt: Timestamp.nullable().meta({ description: "When the latest invitation was sent." }),
    acceptedAt: Timestamp.nullable(),
    withdrawnAt: Timestamp.nullable(),
    unreachable: z.string().nullable().meta({ description: "Why nothing reaches them there; null where it may." }),
  })
  .meta({ id: "LinkedinStanding" });

/** What a person has to do for an enrollment. */
export const EnrollmentTask = z
  .strictObject({
    draftId: z.string().meta({ description: "For /v1/tasks." }),
    kind: TaskKind,
    dueAt: Timestamp,
  })
  .meta({ id: "EnrollmentTask" });

/** One enrollment: the truth, read from its own object. */
export const Enrollment = z
  .strictObject({
    ...SUMMARY,
    leadLinkedinUrl: z.string().nullable(),
    leadProfileUrn: z.string().nullable(),
    leadTimeZone: z.string().nullable(),
    leadCountry: z.string().nullable(),
    sessionId: z.string().nullable().meta({
      description: "The LinkedIn account that acts; where none does, what was given when the lead was enrolled.",
    }),
    linkedin: LinkedinStanding.nullable().meta({ description: "Null where no account acts." }),
    task: EnrollmentTask.nullable().meta({ description: "What a person has to do first; null for nothing." }),
    context: z.record(z.string(), z.unknown()),
    startAt: Timestamp,
    exitDetail: z
      .string()
      .nullable()
      .meta({ description: "Why it ended, in a sentence; for `replied_elsewhere` with the enrollment where." }),
    heldDetail: z.string().nullable(),
    pausedBy: z.string().nullable(),
    waitingFor: WaitingFor.nullable(),
    outcomes: z.array(StepOutcomeEntry).meta({ description: "One for each step that is passed, in order." }),
    replyCount: z.number().int(),
    inDoubt: z.array(DoubtfulMessage).meta({
      description: "Messages that may have arrived, held for a person or on their way to a repeat.",
    }),
    heldAnswers: z.array(z.string()).meta({ description: "Drafts of answers to replies that wait for a person." }),
  })
  .meta({ id: "Enrollment" });
export type EnrollmentBody = z.infer<typeof Enrollment>;

/** Which mailbox sends for a new enrollment, and why that one. */
export const ChosenMailbox = z
  .strictObject({
    id: z.string().meta({ example: "mbx_mzxw6ytboi2gk3tu" }),
    why: z.enum(["named", "cadence", "default", "same_lead", "most_room", "spread"]).meta({
      description:
        "`named` by inboxId; the `cadence`'s mailboxId; the `default` one; or of its mailboxIds the one that wrote to the `same_lead` before, the one with the `most_room`, or any (`spread`), since they couldn't say.",
    }),
  })
  .meta({ id: "ChosenMailbox" });
export type ChosenMailbox = z.infer<typeof ChosenMailbox>;

/** The answer to enrolling: 201 with `created: true`, or 200 with the existing one and `created: false`. */
export const Enrolled = z
  .strictObject({
    ok: z.literal(true),
    created: z.boolean(),
    enrollment: Enrollment,
    mailbox: ChosenMailbox.nullable().meta({
      description: "Null where the lead was enrolled before, or nothing is mailed.",
    }),
  })
  .meta({ id: "Enrolled" });

export const EnrollmentPage = pageOf(EnrollmentSummary).meta({ id: "EnrollmentPage" });

/** One message of the conversation as the log keeps it. */
export const Message = z
  .strictObject({
    id: z.string(),
    direction: z.enum(["out", "in"]),
    channel: Channel.meta({ description: "The way it went, or came; `task`: what a person did." }),
    at: Timestamp,
    step: z.number().int().nullable(),
    subject: z.string().nullable(),
    text: z.string(),
    messageId: z.string().nullable(),
    from: z.string().nullable(),
    to: z.string().nullable(),
    inboundId: z.string().nullable().meta({
      description: "Of what came in: for GET /v1/inbound/:id. Null for ours, and where it is no longer kept.",
    }),
    detail: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "Message" });
export type Message = z.infer<typeof Message>;
export const MessagePage = pageOf(Message).meta({ id: "MessagePage" });
