import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";
import { DAILY_SEND_CAP_MAX, POOL_MAILBOXES_MAX } from "./limits.ts";
import { pageOf } from "./paging.ts";
import { BlackoutDates, HolidayCalendars, JitterMinutes, SendingWindows } from "./sending-times.ts";
import { Step } from "./step.ts";
import { Steps } from "./steps.ts";
import { freeText, headerText } from "./text.ts";

const CadenceId = z.string().meta({ example: "cad_mzxw6ytboi2gk3tu" });
const EndpointId = z
  .string()
  .max(64)
  .meta({ description: "The endpoint that writes the words and is told the events.", example: "end_mzxw6ytboi2gk3tu" });
const MailboxId = z.string().max(64).meta({
  description: "Sends for enrollments that name none of their own; without it the default mailbox does.",
  example: "mbx_mzxw6ytboi2gk3tu",
});

const LinkedinAccountId = z.string().max(64).meta({
  description:
    "The LinkedIn account that acts for enrollments that name none of their own; without it the default one does.",
  example: "lia_mzxw6ytboi2gk3tu",
});

const MailboxIds = z
  .array(z.string().max(64))
  .max(POOL_MAILBOXES_MAX)
  .refine((ids) => new Set(ids).size === ids.length, { error: "names a mailbox twice: each counts once" })
  .meta({
    description:
      "Several mailboxes, among which new leads are spread: a lead stays with the one that has written to it, another goes to the one with the most room. Instead of `mailboxId`; empty for none.",
    example: ["mbx_mzxw6ytboi2gk3tu", "mbx_nbswy3dpeb3w64tm"],
  });
/** What is said of a cadence that names its mailboxes in both ways. */
export const BOTH_MAILBOXES =
  "give either mailboxId (one mailbox) or mailboxIds (several, to spread leads among); set the other to null, or to []";

const Name = headerText(200).meta({ example: "Welcome series" });
const Description = freeText(4_000).nullable();
const OnAmbiguous = z.enum(["hold", "assume_sent", "resend_after"]).meta({
  description:
    "What to do when it is not known whether a message arrived: hold for a person, go on as if it had, or send it again after 15 minutes.",
});

const businessHoursOnly = z.boolean().meta({
  description:
    "Send Monday to Friday, 09:00 to 17:00, by the same clock as `sendingWindows`, of which it is a shorthand: it says nothing where there are any.",
});
const exitOnReply = z.boolean().meta({ description: "A person's reply ends the enrollment." });
const exitOnReplyElsewhere = z.boolean().meta({
  description:
    "With `exitOnReply`: a person's reply in another enrollment of the tenant, whatever its cadence, ends this one too, as `replied_elsewhere`, before its next message.",
});
const reenroll = z
  .union([z.enum(["never", "always"]), z.strictObject({ afterDays: z.number().int().min(1).max(3_650) })])
  .nullable()
  .meta({
    description:
      "Whether a person whose enrollment in this cadence has ended may be enrolled in it again, by `leadExternalId` and by address: never, always, or so many days after. null: addresses aren't compared, and the same `leadExternalId` is answered with the enrollment that is there, ended or not.",
  });
const exitOnUnsubscribe = z.boolean();
const dailySendCap = z
  .number()
  .int()
  .min(1, { error: "must be 1 or more: to stop a cadence, set its `enabled` to false" })
  .max(DAILY_SEND_CAP_MAX)
  .meta({ description: "Messages of this cadence a day, counted in the tenant's time zone." });

const addFooter = z
  .boolean()
  .meta({ description: "Put the mailbox's signature and postal address under each message." });

const onOutOfOffice = z.enum(["defer", "ignore"]).meta({
  description:
    "What an out-of-office that names a day does: nothing is sent before the day after it, or nothing changes.",
});
const onLeftCompany = z.enum(["stop", "ignore"]).meta({
  description: "What word that the person works there no more does.",
});
const onSoftBounce = z.enum(["continue", "stop"]).meta({
  description:
    "What a bounce for trouble that passes does, such as a full mailbox. A dead address, or a message refused for good, always ends the enrollment.",
});
const onLinkedinUnreachable = z.enum(["stop", "skip"]).meta({
  description:
    "Whoever LinkedIn can't bring anything to (no such profile, or it has blocked the account): the enrollment ends, or only its LinkedIn steps are passed over.",
});
const unsubscribeLink = headerText(100).nullable().meta({
  description:
    "The words of a link to unsubscribe under each message, such as `Unsubscribe`; null for none. Mail programs are told how to unsubscribe in any case (RFC 8058).",
});

/** What a publishing freezes beside the steps; the names are MyAgentMail's, the defaults too. */
export const Settings = z.strictObject({
  businessHoursOnly: businessHoursOnly.default(true),
  exitOnReply: exitOnReply.default(true),
  exitOnReplyElsewhere: exitOnReplyElsewhere.default(true),
  exitOnUnsubscribe: exitOnUnsubscribe.default(true),
  dailySendCap: dailySendCap.default(50),
  onAmbiguous: OnAmbiguous.default("hold"),
  addFooter: addFooter.default(false),
  onOutOfOffice: onOutOfOffice.default("defer"),
  onLeftCompany: onLeftCompany.default("stop"),
  onSoftBounce: onSoftBounce.default("continue"),
  onLinkedinUnreachable: onLinkedinUnreachable.default("stop"),
  unsubscribeLink: unsubscribeLink.default(null),
  sendingWindows: SendingWindows.default([]),
  blackoutDates: BlackoutDates.default([]),
  holidayCalendars: HolidayCalendars.default([]),
  jitterMinutes: JitterMinutes.default(0),
  reenroll: reenroll.default(null),
});
export type Settings = z.infer<typeof Settings>;

/** `POST /v1/cadences`. With `webhookUrl` it is MyAgentMail's request: an endpoint of its own, published at once. */
export const CreateCadence = z
  .strictObject({
    name: Name,
    description: Description.default(null),
    ...Settings.shape,
    webhookUrl: z.string().min(1).max(2_000).optional().meta({
      description:
        "Makes an endpoint for this cadence and publishes it at once, so there must be steps; its secret is shown in this answer only.",
      example: "https://example.com/drafts",
    }),
    endpointId: EndpointId.nullable().default(null),
    mailboxId: MailboxId.nullable().default(null),
    mailboxIds: MailboxIds.default([]),
    linkedinAccountId: LinkedinAccountId.nullable().default(null),
    steps: Steps.default([]),
    publish: z
      .boolean()
      .default(false)
      .meta({ description: "Publish in the same request; with webhookUrl that is so anyway." }),
  })
  .refine((body) => body.webhookUrl === undefined || body.endpointId === null, {
    path: ["endpointId"],
    error: "give either webhookUrl (a new endpoint) or endpointId (one that exists)",
  })
  .refine((body) => body.mailboxId === null || body.mailboxIds.length === 0, {
    path: ["mailboxIds"],
    error: BOTH_MAILBOXES,
  })
  .meta({ id: "CreateCadence" });
export type CreateCadence = z.infer<typeof CreateCadence>;

/** `PATCH /v1/cadences/:id`. `enabled` takes hold at once; everything else changes the draft. */
export const UpdateCadence = z
  .strictObject({
    name: Name,
    description: Description,
    enabled: z.boolean().meta({ description: "false pauses every enrollment of the cadence, true lets them go on." }),
    autoPublish: z.boolean(),
    businessHoursOnly,
    exitOnReply,
    exitOnReplyElsewhere,
    exitOnUnsubscribe,
    dailySendCap,
    onAmbiguous: OnAmbiguous,
    addFooter,
    onOutOfOffice,
    onLeftCompany,
    onSoftBounce,
    onLinkedinUnreachable,
    unsubscribeLink,
    sendingWindows: SendingWindows,
    blackoutDates: BlackoutDates,
    holidayCalendars: HolidayCalendars,
    jitterMinutes: JitterMinutes,
    reenroll,
    endpointId: EndpointId.nullable(),
    mailboxId: MailboxId.nullable(),
    mailboxIds: MailboxIds,
    linkedinAccountId: LinkedinAccountId.nullable(),
  })
  .partial()
  .meta({ id: "UpdateCadence" });
export type UpdateCadence = z.infer<typeof UpdateCadence>;

/** `PUT` and `PATCH /v1/cadences/:id/steps`: both replace all steps of the draft, as MyAgentMail's do. */
export const ReplaceSteps = z.strictObject({ steps: Steps }).meta({ id: "ReplaceSteps" });
export type ReplaceSteps = z.infer<typeof ReplaceSteps>;

/** A cadence with its draft; what enrollments run on are its published versions. */
export const Cadence = z
  .strictObject({
    id: CadenceId,
    name: z.string(),
    description: z.string().nullable(),
    mode: ModeName,
    enabled: z.boolean(),
    version: z
      .number()
      .int()
      .nullable()
      .meta({ description: "What new enrollments start on; null until the first publishing." }),
    unpublishedChanges: z
      .boolean()
      .meta({ description: "The draft, which is shown here, differs from what runs: see `version`." }),
    autoPublish: z.boolean().meta({
      description: "A change of steps or settings is published at once; so it is for cadences made with webhookUrl.",
    }),
    businessHoursOnly,
    exitOnReply,
    exitOnReplyElsewhere,
    exitOnUnsubscribe,
    dailySendCap,
    onAmbiguous: OnAmbiguous,
    addFooter,
    onOutOfOffice,
    onLeftCompany,
    onSoftBounce,
    onLinkedinUnreachable,
    unsubscribeLink,
    sendingWindows: SendingWindows,
    blackoutDates: BlackoutDates,
    holidayCalendars: HolidayCalendars,
    jitterMinutes: JitterMinutes,
    reenroll,
    endpointId: z.string().nullable(),
    mailboxId: z.string().nullable(),
    mailboxIds: z.array(z.string()),
    linkedinAccountId: z.string().nullable(),
    steps: z.array(Step),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "Cadence" });
export type Cadence = z.infer<typeof Cadence>;

/** The answer to `POST /v1/cadences`. */
export const CadenceCreated = z
  .strictObject({
    ok: z.literal(true),
    cadence: Cadence,
    webhookSecret: z.string().nullable().meta({
      description:
        "The secret of the endpoint made by webhookUrl, shown this once; null where none was made, and in a repeated answer.",
      example: "whsec_…",
    }),
    code: z
      .literal("secret_already_shown")
      .optional()
      .meta({ description: "Only in an answer repeated by its Idempotency-Key." }),
  })
  .meta({ id: "CadenceCreated" });

/** A published version. It never changes. */
export const PublishedVersion = z
  .strictObject({
    cadenceId: CadenceId,
    version: z.number().int(),
    publishedAt: Timestamp,
    name: z.string(),
    endpointId: z.string().nullable(),
    mailboxId: z.string().nullable(),
    mailboxIds: z.array(z.string()),
    linkedinAccountId: z.string().nullable(),
    settings: Settings,
    steps: z.array(Step),
  })
  .meta({ id: "CadenceVersion" });
export type PublishedVersion = z.infer<typeof PublishedVersion>;

export const CadencePage = pageOf(Cadence).meta({ id: "CadencePage" });
export const VersionPage = pageOf(PublishedVersion).meta({ id: "CadenceVersionPage" });
