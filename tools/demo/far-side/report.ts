import { z } from "zod";

/** One request as it arrived at the endpoint's door, and what it was answered. */
export const SeenRequest = z.object({
  webhookId: z.string(),
  /** Counted at the door by webhook-id, from 1. */
  attempt: z.number(),
  arrivedAt: z.number(),
  type: z.string(),
  lead: z.string(),
  headers: z.record(z.string(), z.string()),
  body: z.string(),
  bodySha256: z.string(),
  /** What standardwebhooks says against it, or null when it verifies. */
  signatureProblem: z.string().nullable(),
  /** The same for a copy with one letter changed, which must not verify. */
  forgedCopyProblem: z.string().nullable(),
  answeredBy: z.enum(["drafter", "outage"]),
  status: z.number(),
  answer: z.string(),
  answerSha256: z.string(),
});
export type SeenRequest = z.infer<typeof SeenRequest>;

const Address = z.object({ name: z.string(), email: z.string() });

/** One message as the recipients' mail server took it, read by mailparser. */
export const SeenMail = z.object({
  at: z.number(),
  envelopeFrom: z.string(),
  envelopeTo: z.array(z.string()),
  from: z.array(Address),
  to: z.array(Address),
  cc: z.array(Address),
  replyTo: z.array(Address),
  subject: z.string(),
  /** Lines end in LF. */
  text: z.string(),
  html: z.boolean(),
  messageId: z.string(),
  inReplyTo: z.string().nullable(),
  references: z.array(z.string()),
});
export type SeenMail = z.infer<typeof SeenMail>;

/** One reply that a recipient sent, and whether the engine's door took it. */
export const SentReply = z.object({
  kind: z.enum(["person", "out_of_office"]),
  to: z.string(),
  messageId: z.string(),
  /** What is new in it. */
  text: z.string(),
  accepted: z.boolean(),
});
export type SentReply = z.infer<typeof SentReply>;

/** One line of the drafter's own record (its stdout). */
export const DrafterLine = z.object({
  id: z.string().nullish(),
  type: z.string().optional(),
  lead: z.string().optional(),
  status: z.number().optional(),
  answer: z.record(z.string(), z.unknown()).nullish(),
  /** HTTP status of a completion. */
  completed: z.number().optional(),
  refused: z.string().optional(),
  failed: z.string().optional(),
});
export type DrafterLine = z.infer<typeof DrafterLine>;

/** A request of ours to the drafter itself, good or forged, and how it took it. */
export const Probe = z.object({ what: z.string(), expectedStatus: z.number(), status: z.number() });
export type Probe = z.infer<typeof Probe>;

export const Counts = z.object({
  drafts: z.number(),
  events: z.number(),
  mails: z.record(z.string(), z.number()),
  /** When something last happened, milliseconds since the epoch. */
  lastAt: z.number(),
});
export type Counts = z.infer<typeof Counts>;

/** Everything that the far side saw and did. */
export const Report = z.object({
  requests: z.array(SeenRequest),
  mails: z.array(SeenMail),
  replies: z.array(SentReply),
  drafterLines: z.array(DrafterLine),
});
export type Report = z.infer<typeof Report>;

export const Listening = z.object({ webhookUrl: z.string(), smtpPort: z.number() });

/** What the demonstration asks of the far side, by IPC. `open` starts the drafter with the secret. */
export const Order = z.discriminatedUnion("ask", [
  z.object({ ask: z.literal("listen") }),
  z.object({ ask: z.literal("open"), systemUrl: z.string(), secret: z.string() }),
  z.object({ ask: z.literal("counts") }),
  z.object({ ask: z.literal("probe") }),
  z.object({ ask: z.literal("report") }),
]);
export type Order = z.infer<typeof Order>;

export const Envelope = z.object({ n: z.number(), order: Order });
export const Answered = z.object({ n: z.number(), answer: z.unknown().optional(), error: z.string().optional() });
