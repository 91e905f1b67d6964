import { z } from "zod";
import { ModeName, Timestamp } from "./common.ts";
import { pageOf } from "./paging.ts";

export const LogKind = z.enum(["exchange", "message", "note"]);

const ENTRY = {
  id: z.string().meta({
    example: "log_mzxw6ytboi2gk3tu_12",
    description:
      "`log_<enrollment>_<line>`; `r1`, `r2` … are redeliveries. Notices about an endpoint begin with `tlog_`.",
  }),
  at: Timestamp,
  mode: ModeName,
  kind: LogKind.meta({
    description: "An HTTP exchange with an endpoint, a message sent or received, or a note of the engine.",
  }),
  what: z.string().meta({ description: "An exchange's event type, a message's direction, a note's code." }),
  enrollmentId: z.string().nullable().meta({ description: "Null for a notice that belongs to no enrollment." }),
  cadenceId: z.string().nullable(),
  version: z.number().int(),
  step: z.number().int().nullable(),
  subjectId: z.string().nullable().meta({ description: "The draft's or event's id (webhook-id), or the message's." }),
  endpointId: z.string().nullable(),
  url: z.string().nullable(),
  attempt: z.number().int().nullable(),
  status: z.number().int().nullable().meta({ description: "The response's HTTP status; null when none came." }),
  outcome: z
    .string()
    .nullable()
    .meta({ description: "answered, accepted (202), draft_invalid, timeout, network, http_500, …" }),
  reason: z.string().nullable(),
  decision: z.string().nullable().meta({ description: "What it led to." }),
  firstByteMs: z.number().nullable(),
  totalMs: z.number().nullable(),
  requestBytes: z.number().int().nullable(),
  requestSha256: z
    .string()
    .nullable()
    .meta({ description: "Over the bytes as they were sent, before the token was masked for reading." }),
  responseBytes: z.number().int().nullable().meta({
    description: "All that was read of it, at most 256 KiB: more than is kept where `responseCut` is true.",
  }),
  responseSha256: z.string().nullable().meta({ description: "Over those bytes, before masking and cutting." }),
  responseCut: z.boolean().nullable(),
  traceId: z.string().nullable(),
  excerpt: z
    .string()
    .nullable()
    .meta({ description: "The first 200 characters of what came back, or of the message." }),
  redeliveryOf: z.string().nullable().meta({ description: "The log entry whose request was sent again by hand." }),
  detail: z.record(z.string(), z.unknown()),
};

/** One line of the log. */
export const LogEntry = z.strictObject(ENTRY).meta({ id: "LogEntry" });
export type LogEntry = z.infer<typeof LogEntry>;
export const LogPage = pageOf(LogEntry).meta({ id: "LogPage" });

/** The exact bytes of both sides. Completion tokens read `[masked]`; all else is as it crossed the wire. */
export const LogBodies = z
  .strictObject({
    request: z.strictObject({ headers: z.record(z.string(), z.string()), body: z.string() }),
    response: z.strictObject({
      headers: z.record(z.string(), z.string()),
      body: z.string(),
      encoding: z.enum(["utf-8", "base64"]).meta({ description: "base64 when the bytes aren't UTF-8." }),
      cut: z.boolean().meta({ description: "More came than is kept (64 KiB)." }),
    }),
  })
  .meta({ id: "LogBodies" });

/** One line of the log with its bytes; `bodies` is null for lines that are no exchange. */
export const LogEntryWithBodies = z
  .strictObject({ ...ENTRY, bodies: LogBodies.nullable() })
  .meta({ id: "LogEntryWithBodies" });

/** The answer to a redelivery: the new line. It changes nothing in the enrollment, whatever came back. */
export const Redelivered = z.strictObject({ ok: z.literal(true), entry: LogEntry }).meta({ id: "Redelivered" });
