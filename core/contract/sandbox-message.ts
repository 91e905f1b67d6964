import { z } from "zod";
import { Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";

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
