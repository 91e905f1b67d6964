import { z } from "zod";
import type { MailProvider, OutgoingMail, SendResult } from "../../../core/mail/outgoing.ts";
import { keepSandboxMail, type SandboxOwner } from "../../d1/sandbox-mail.ts";
import { composeMime } from "../mime.ts";

/** D1 takes values and rows of up to 2,000,000 octets; what is over would fail again at every try. */
const RAW_OCTETS_MAX = 1_900_000;

const Payload = z.strictObject({
  at: z.number(),
  from: z.string(),
  to: z.string(),
  subject: z.string(),
  messageId: z.string(),
  raw: z.string(),
});

/**
 * Keeps mail in D1's `sandbox_mail` (nobody else writes there) and sends none. The row's key is the send key, so a repeat
 * is recognised for ever.
 */
export function sandboxProvider(db: D1Database, owner: SandboxOwner): MailProvider {
  return {
    name: "sandbox",
    idempotencyWindowMs: Number.MAX_SAFE_INTEGER,
    keepsMessageId: "yes",
    compose,
    send: async (payload, sendKey) => keep(db, owner, Payload.parse(JSON.parse(payload)), sendKey),
    lookUp: null,
  };
}

async function compose(mail: OutgoingMail): Promise<string> {
  const raw = await composeMime(mail);
  const { from, to, subject, messageId, date } = mail;
  return JSON.stringify({ at: date, from: from.email, to: to.email, subject, messageId, raw } satisfies z.infer<
    typeof Payload
  >);
}

async function keep(
  db: D1Database,
  owner: SandboxOwner,
  mail: z.infer<typeof Payload>,
  sendKey: string,
): Promise<SendResult> {
  const octets = new TextEncoder().encode(mail.raw).length;
  if (octets > RAW_OCTETS_MAX) {
    const detail = `the message has ${octets} octets, the sandbox keeps up to ${RAW_OCTETS_MAX}`;
    return { kind: "refused", scope: "message", addressDead: false, code: "too_large", detail };
  }
  try {
    await keepSandboxMail(db, owner, { ...mail, sendKey });
  } catch (error) {
    // The row may be there nevertheless. The next try has the same key and changes nothing then, so trying again is right.
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "not_sent", code: "storage_unavailable", detail, retryAfterMs: null };
  }
  return {
    kind: "accepted",
    providerMessageId: sendKey,
    wireMessageId: null,
    response: "kept in the sandbox",
  };
}
