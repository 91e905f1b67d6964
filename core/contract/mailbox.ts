import { z } from "zod";
import { findAddressProblem, findHeaderInjection } from "../mail/header-safety.ts";
import { isTimeZone } from "../schedule.ts";
import { ModeName, Timestamp } from "./common.ts";
import { WaitingZone } from "./enrollment.ts";
import { MAIL_APIS } from "./mail-apis.ts";
import { GapSpreadSeconds, MailboxCap, MinGapSeconds, RampShown, RampWish } from "./mailbox-pace.ts";
import { pageOf } from "./paging.ts";
import { SelfTest } from "./self-test.ts";
import { freeText, headerText } from "./text.ts";

/** By what a mailbox sends. */
export const PROVIDERS = ["smtp", "resend", "postmark", "ses", "mailgun", "cloudflare", "sandbox"] as const;

const name = headerText(200).meta({ description: "For lists; recipients don't see it.", example: "Jane at Example" });
const email = address("email").meta({ description: "The sender's address.", example: "jane@example.com" });
const fromName = headerSafe("fromName", 200)
  .nullable()
  .meta({ description: "The name that recipients see.", example: "Jane Doe" });
const replyDomain = z
  .string()
  .max(200)
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]+$/, {
    error: "must be a host name in lower case, such as reply.example.com",
  })
  .nullable()
  .meta({
    description:
      "Where replies come in: its mail must be routed to this Worker. It is the first tenant's that claims it. Null for the installation's own.",
    example: "reply.example.com",
  });
const signature = freeText(4_000).nullable().meta({ description: "Put under each message." });
const postalAddress = freeText(500)
  .nullable()
  .meta({ description: "Put under each message; several countries ask for it in commercial mail." });
const cc = address("cc")
  .nullable()
  .meta({ description: "One address that gets a copy of everything, seen by the recipient." });
const bcc = address("bcc").nullable().meta({ description: "One address that gets a copy of everything, not seen." });
const keepsMessageId = z.enum(["yes", "no", "learn"]).nullable().meta({
  description:
    "Whether recipients see the Message-ID that we ask for. `learn`: it is told by the first reply. Null: as the provider is known to do; set it where your account does otherwise.",
});
const threadReference = z.boolean().meta({
  description:
    "Where the id that recipients see isn't known, put one id of ours into References of the whole thread, so that mail programs may keep it together.",
});
const timeZone = z
  .string()
  .max(64)
  .refine(isTimeZone, { error: "must be an IANA time zone, such as Europe/Zurich" })
  .nullable()
  .meta({
    description:
      "Its daily cap is counted in it, and sending windows for leads that have no zone of their own. Null: the tenant's.",
    example: "Europe/Zurich",
  });
const eventsSecret = z
  .string()
  .regex(/^[!-~]{16,500}$/, { error: "must be 16 to 500 printable characters of ASCII, without a space" })
  .nullable()
  .meta({
    description:
      "Opens `eventsUrl` to the provider's webhooks. Resend: the webhook's signing secret (`whsec_…`). Postmark: a password of your choice, which goes into the URL that you save there (`https://drafthook:PASSWORD@…`). Mailgun: the account's HTTP webhook signing key. SES: the ARN of the topic of Amazon SNS that a configuration set, or an identity with its original headers, publishes to; subscribe `eventsUrl` to it by HTTPS, without raw message delivery, and the subscription is confirmed by itself. Write-only, kept sealed. Null: no events are taken.",
    writeOnly: true,
  });
const isDefault = z.boolean().meta({
  description: "Sends where neither the enrollment nor the cadence names a mailbox. There is one in each mode.",
});

const security = z.enum(["tls", "starttls", "none"]).meta({
  description:
    "`tls` from the first octet (port 465), `starttls` upgrades (587). `none` only to this machine, in local mode.",
});

/** A mail server of the customer's own. */
const Smtp = z.strictObject({
  host: z.string().min(1).max(253).meta({ example: "smtp.example.com" }),
  port: z.number().int().min(1).max(65_535).meta({ example: 587 }),
  security,
  username: credential(320).nullable().default(null),
  password: credential(1_000)
    .nullable()
    .default(null)
    .meta({ description: "Write-only, kept sealed.", writeOnly: true }),
});

const sender = {
  name: name.optional().meta({ description: "The address when left out." }),
  email,
  fromName: fromName.default(null),
  isDefault: isDefault.optional().meta({ description: "When left out: true for the first mailbox of its mode." }),
  replyDomain: replyDomain.default(null),
  signature: signature.default(null),
  postalAddress: postalAddress.default(null),
  cc: cc.default(null),
  bcc: bcc.default(null),
  keepsMessageId: keepsMessageId.default(null),
  threadReference: threadReference.default(true),
  timeZone: timeZone.default(null),
  dailySendCap: MailboxCap.default(null),
  ramp: RampWish.default(null),
  minGapSeconds: MinGapSeconds.default(0),
  gapSpreadSeconds: GapSpreadSeconds.default(0),
  eventsSecret: eventsSecret.default(null),
};

/** `POST /v1/mailboxes`. */
export const CreateMailbox = z
  .discriminatedUnion("provider", [
    z
      .strictObject({ provider: z.literal("smtp"), ...sender, smtp: Smtp })
      .meta({ description: "A mail server of your own." }),
    z.strictObject({ provider: z.literal("resend"), ...sender, resend: MAIL_APIS.resend.created }).meta({
      description:
        "Resend's HTTP API. It remembers each message's key for 24 hours, so that a doubtful send is repeated without a second mail.",
    }),
    z.strictObject({ provider: z.literal("postmark"), ...sender, postmark: MAIL_APIS.postmark.created }).meta({
      description:
        "Postmark's HTTP API. It recognises no repeats, but its record of sent messages can be asked about a doubtful send.",
    }),
    z.strictObject({ provider: z.literal("ses"), ...sender, ses: MAIL_APIS.ses.created }).meta({
      description:
        "Amazon SES, by version 2 of its HTTP API. It recognises no repeats and keeps no records that can be asked, so a doubtful send stays one.",
    }),
    z.strictObject({ provider: z.literal("mailgun"), ...sender, mailgun: MAIL_APIS.mailgun.created }).meta({
      description:
        "Mailgun's HTTP API. It recognises no repeats, but its events can be asked about a doubtful send, half an hour later.",
    }),
    z
      .strictObject({ provider: z.literal("cloudflare"), ...sender })
      .meta({ description: "Cloudflare Email Service, by this installation's binding." }),
    z
      .strictObject({ provider: z.literal("sandbox"), ...sender })
      .meta({ description: "Keeps mail to be read under /v1/sandbox/messages; sends none." }),
  ])
  .meta({ id: "CreateMailbox" });
export type CreateMailbox = z.infer<typeof CreateMailbox>;

/** `PATCH /v1/mailboxes/:id`: what is left out stays. The provider can't be changed. */
export const UpdateMailbox = z
  .strictObject({
    name,
    email,
    fromName,
    isDefault: z
      .literal(true, { error: "can only be set to true: make another mailbox the default instead" })
      .meta({ description: "Makes it the default in place of the one before." }),
    enabled: z.boolean().meta({ description: "false stops sending from it; true also wakes what waited." }),
    replyDomain,
    signature,
    postalAddress,
    cc,
    bcc,
    keepsMessageId,
    threadReference,
    timeZone,
    dailySendCap: MailboxCap,
    ramp: RampWish,
    minGapSeconds: MinGapSeconds,
    gapSpreadSeconds: GapSpreadSeconds,
    eventsSecret,
    smtp: z
      .strictObject({
        host: Smtp.shape.host,
        port: Smtp.shape.port,
        security,
        username: credential(320).nullable(),
        password: credential(1_000).nullable().meta({ description: "Write-only, kept sealed.", writeOnly: true }),
      })
      .partial()
      .meta({ description: "What is left out stays, the password too." }),
    resend: MAIL_APIS.resend.changed,
    postmark: MAIL_APIS.postmark.changed,
    ses: MAIL_APIS.ses.changed,
    mailgun: MAIL_APIS.mailgun.changed,
  })
  .partial()
  .meta({ id: "UpdateMailbox" });
export type UpdateMailbox = z.infer<typeof UpdateMailbox>;

/** Whose domain a mailbox sends for. */
export const FromDomain = z
  .strictObject({
    name: z.string().meta({ example: "example.com" }),
    isVerified: z.boolean().meta({ description: "Whether the domain's owner has let this tenant send for it." }),
    record: z
      .strictObject({
        type: z.literal("TXT"),
        name: z.string().meta({ example: "_drafthook.example.com" }),
        value: z.string().meta({ example: "drafthook-tenant=ten_mzxw6ytboi2gk3tu" }),
      })
      .meta({ description: "What to publish in DNS before it is verified (`POST /v1/mailboxes/{id}/verify-domain`)." }),
  })
  .meta({
    id: "FromDomain",
    description:
      "Whose domain the mailbox sends for. Where the installation wants it verified, nothing is sent to people before it is.",
  });
export type FromDomain = z.infer<typeof FromDomain>;

/** A sender identity. Passwords and API keys are never shown. */
export const Mailbox = z
  .strictObject({
    id: z.string().meta({ example: "mbx_mzxw6ytboi2gk3tu" }),
    mode: ModeName,
    name: z.string(),
    email: z.string(),
    fromName: z.string().nullable(),
    provider: z.enum(PROVIDERS),
    smtp: z
      .strictObject({
        host: z.string(),
        port: z.number().int(),
        security,
        username: z.string().nullable(),
        hasPassword: z.boolean(),
      })
      .nullable()
      .meta({ description: "Null for other providers." }),
    resend: MAIL_APIS.resend.shown,
    postmark: MAIL_APIS.postmark.shown,
    ses: MAIL_APIS.ses.shown,
    mailgun: MAIL_APIS.mailgun.shown,
    isDefault,
    enabled: z.boolean(),
    pausedReason: z.string().nullable().meta({
      description:
        "Why it was switched off by itself: more than 5 % of its last messages (at least 50 of them) came back, or two and more than 0.1 % were called unwanted. `enabled: true` switches it on again. Null when a person did it, or nobody.",
    }),
    replyDomain: z.string().nullable(),
    signature: z.string().nullable(),
    postalAddress: z.string().nullable(),
    cc: z.string().nullable(),
    bcc: z.string().nullable(),
    keepsMessageId,
    threadReference,
    timeZone,
    fromDomain: FromDomain,
    dailySendCap: MailboxCap,
    ramp: RampShown.nullable(),
    capZone: WaitingZone.meta({ description: "By whose calendar days its cap is counted." }),
    capToday: z.number().int().nullable().meta({
      description: "What it may send today, by its cap and its ramp; null where nothing bounds it.",
    }),
    minGapSeconds: MinGapSeconds,
    gapSpreadSeconds: GapSpreadSeconds,
    eventsUrl: z.string().nullable().meta({
      description:
        "Where the provider tells what became of a message: save it there as a webhook for deliveries, bounces and complaints. Null for providers that tell it otherwise: Cloudflare by its queue, a mail server by mail.",
      example: "https://drafthook.example.com/delivery-events/mbx_mzxw6ytboi2gk3tu",
    }),
    selfTest: SelfTest.nullable().meta({ description: "The last test of this mailbox; null before the first." }),
    takesEvents: z.boolean().meta({ description: "Whether an `eventsSecret` is saved." }),
    createdAt: Timestamp,
    updatedAt: Timestamp,
  })
  .meta({ id: "Mailbox" });
export type Mailbox = z.infer<typeof Mailbox>;

export const MailboxPage = pageOf(Mailbox).meta({ id: "MailboxPage" });

/** The server's part of a mailbox as it is stored; its password is sealed apart. */
export const StoredSmtp = z.object({ host: z.string(), port: z.number(), security, username: z.string().nullable() });
export type StoredSmtp = z.infer<typeof StoredSmtp>;

function address(field: string) {
  return z.string().superRefine((text, context) => {
    const problem = findAddressProblem(field, text);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });
}

function headerSafe(field: string, charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .superRefine((text, context) => {
      const problem = findHeaderInjection(field, text);
      if (problem !== null) context.addIssue({ code: "custom", message: problem });
    });
}

/** NUL parts the fields of AUTH PLAIN (RFC 4616), and a line break the commands. */
function credential(charactersMax: number) {
  return z
    .string()
    .min(1)
    .max(charactersMax)
    .refine((text) => !["\0", "\r", "\n"].some((forbidden) => text.includes(forbidden)), {
      error: "must not hold NUL or a line break",
    });
}
