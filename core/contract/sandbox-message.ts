import { z } from "zod";
import { Timestamp } from "./common.ts";
import { InboundKindName, InboundStatus } from "./inbound.ts";
import { pageOf } from "./paging.ts";
import { bodyText, headerText } from "./text.ts";

const REPLY_BYTES_MAX = 100 * 1024;

const MESSAGE = {
  sendKey: z.string().meta({ description: "One for each message that the engine meant to send." }),
  enrollmentId: z.string().meta({ example: "enr_mzxw6ytboi2gk3tu" }),
  at: Timestamp,
  from: z.string(),
  to: z.string(),
  subject: z.string(),
};

/** A message that a sandbox mailbox "sent". */
export const SandboxMessageSummary = z.strictObject(MESSAGE).meta({ id: "SandboxMessageSummary" });
export type SandboxMessageSummary = z.infer<typeof SandboxMessageSummary>;

/** The message with the bytes that a mail server would have got, and what a mail program reads in them. */
export const SandboxMessage = z
  .strictObject({
    ...MESSAGE,
    messageId: z.string().nullable(),
    inReplyTo: z.string().nullable(),
    references: z.array(z.string()),
    replyTo: z.string().nullable().meta({ description: "Write to it to try a reply." }),
    text: z.string().nullable(),
    html: z.string().nullable(),
    headers: z
      .array(z.strictObject({ name: z.string(), value: z.string() }))
      .meta({ description: "In the order of the message, decoded." }),
    raw: z.string().meta({ description: "RFC 5322, CRLF line ends." }),
  })
  .meta({ id: "SandboxMessage" });
export type SandboxMessage = z.infer<typeof SandboxMessage>;

export const SandboxMessagePage = pageOf(SandboxMessageSummary).meta({ id: "SandboxMessagePage" });

/** `POST /v1/sandbox/messages/:sendKey/reply`. */
export const SandboxReply = z
  .strictObject({
    text: bodyText(REPLY_BYTES_MAX).meta({ description: "Your message is quoted under it, as mail programs do." }),
    html: bodyText(REPLY_BYTES_MAX).nullable().default(null),
    subject: headerText(255).optional().meta({ description: "`Re:` and the message's own when left out." }),
    kind: z
      .enum(["reply", "out_of_office"])
      .default("reply")
      .meta({ description: "`out_of_office` comes as the automatic answer of somebody who is away." }),
  })
  .meta({ id: "SandboxReply" });

/** `POST /v1/sandbox/messages/:sendKey/bounce`. */
export const SandboxBounce = z
  .strictObject({
    kind: z
      .enum(["hard", "soft"])
      .default("hard")
      .meta({ description: "`hard`: there is no such mailbox. `soft`: it is full." }),
  })
  .meta({ id: "SandboxBounce" });

/** A mail came in, as a lead's would have. */
export const SandboxReceived = z
  .strictObject({
    ok: z.literal(true),
    inboundId: z.string().meta({ description: "For GET /v1/inbound/:id.", example: "inb_4c1f0f3c9a7e2b11" }),
    status: InboundStatus,
    kind: InboundKindName.meta({ description: "What it was taken for." }),
  })
  .meta({ id: "SandboxReceived" });
