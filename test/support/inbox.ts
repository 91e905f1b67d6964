import { env } from "cloudflare:workers";
import { keepInbound } from "../../adapters/d1/inbound-mail.ts";
import { humanReply } from "./replies.ts";

/** A mail that nobody could place, as `email()` leaves it. */
export async function unmatchedMail(
  tenantId: string,
  more: { readonly id?: string; readonly suggestion?: string | null; readonly mode?: "live" | "sandbox" } = {},
): Promise<string> {
  const id = more.id ?? `inb_${crypto.randomUUID().replaceAll("-", "")}`;
  const reply = humanReply("Yes, please call me", { id, matchedBy: "in_reply_to", tokenValid: false });
  await keepInbound(env.DB, {
    id,
    tenantId,
    mode: more.mode ?? "sandbox",
    at: Date.now(),
    envelopeFrom: "jane@lead.example",
    envelopeTo: "ana@acme.example",
    fromEmail: "jane@lead.example",
    subject: reply.subject,
    messageId: reply.messageId,
    status: "unmatched",
    enrollmentId: more.suggestion ?? null,
    reason: "no valid token",
    kind: "human",
    excerpt: "Yes, please",
    sizeBytes: 100,
    rawKey: "none",
    reply: JSON.stringify(reply),
    handedOver: 1,
  });
  return id;
}
