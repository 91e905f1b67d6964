import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { type InboundRow, keepInbound } from "../../adapters/d1/inbound-mail.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { InboundReply } from "../../core/events.ts";
import { classifyMessage } from "../../core/linkedin/classify-message.ts";
import type { LinkedinMessage } from "../../core/linkedin/provider.ts";
import { handInboundOver } from "../email/hand-inbound-over.ts";

const EXCERPT_CHARACTERS = 200;
const TEXT_CHARACTERS_MAX = 100_000;

/** The enrollment that a message belongs to, and the account that it came to. */
export interface MessageOwner {
  readonly tenantId: string;
  readonly mode: Mode;
  readonly accountId: string;
  readonly enrollmentId: string;
}

/** What of a message is kept, by whoever told it. */
export type ToldMessage = Pick<LinkedinMessage, "id" | "chatId" | "senderId" | "senderName" | "text" | "at">;

/**
 * What a person wrote on LinkedIn: kept first, then handed to its enrollment, as mail is. The same message, told twice or by
 * another way, is one. What can't be handed over now is by the sweeper. `by`: `hook`, `poll` or `person`.
 */
export async function receiveLinkedinMessage(
  env: Env,
  owner: MessageOwner,
  message: ToldMessage,
  by: "hook" | "poll" | "person",
  now: number,
): Promise<void> {
  const { tenantId, mode, accountId, enrollmentId } = owner;
  const id = `inb_${(await sha256Hex(JSON.stringify([enrollmentId, accountId, message.id]))).slice(0, 32)}`;
  const rawKey = `${tenantId}/${enrollmentId}/${id}.json`;
  const raw = JSON.stringify(message);
  await env.BODIES.put(rawKey, raw, { httpMetadata: { contentType: "application/json" } });
  const reply = replyOf(message, id, rawKey, accountId, by, now);
  const row: InboundRow = {
    id,
    tenantId,
    mode,
    at: now,
    envelopeFrom: message.senderName ?? message.senderId ?? "",
    envelopeTo: accountId,
    fromEmail: null,
    subject: "",
    messageId: null,
    status: "matched",
    enrollmentId,
    reason: null,
    kind: reply.classification.kind,
    excerpt: reply.cleanText.slice(0, EXCERPT_CHARACTERS),
    sizeBytes: raw.length,
    rawKey,
    reply: JSON.stringify(reply),
    handedOver: 0,
  };
  await keepInbound(env.DB, row);
  await handInboundOver(env, { id, enrollment: { id: enrollmentId, tenantId, mode }, reply }, now);
}

function replyOf(
  { chatId, senderId, senderName, text, at }: ToldMessage,
  id: string,
  rawKey: string,
  accountId: string,
  by: string,
  now: number,
): InboundReply {
  const words = text.slice(0, TEXT_CHARACTERS_MAX);
  return {
    id,
    // What was polled for is old by now, but no clock of theirs is ahead of ours.
    at: Math.min(at, now),
    messageId: null,
    inReplyTo: [],
    references: [],
    from: senderName ?? senderId,
    to: accountId,
    subject: "",
    text: words,
    cleanText: words,
    quotedText: "",
    classification: classifyMessage(words),
    matchedBy: `linkedin_${by}`,
    tokenValid: false,
    rawKey,
    channel: "linkedin",
    ...(chatId === "" ? {} : { chatId }),
    ...(by === "person" || senderId === null ? {} : { profileId: senderId }),
  };
}
