import { z } from "zod";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import {
  type ApiAnswer,
  askedWaitMs,
  isRefusal,
  type RefusalScope,
  readJson,
  refused,
  unclear,
} from "../../provider-api/api-answer.ts";
import type { MailgunMessage } from "./mailgun-payload.ts";

const Accepted = z.object({ id: z.string().regex(/^<?[^<>\s]{1,998}>?$/), message: z.string().catch("") });
const Refusal = z.object({ message: z.string().min(1) });

/**
 * What an answer to `POST /v3/{domain}/messages.mime` says of the message (Mailgun's pages "Messages" and "API Response
 * Codes", as public copies had them in November 2026). The id that it answers with is the Message-ID on the wire. What no
 * rule here knows is `unknown`: a 5xx has been seen for mail that went out.
 */
export function judgeMailgunAnswer(answer: ApiAnswer, message: MailgunMessage): SendResult {
  const { status } = answer;
  const body = readJson(answer);
  if (status >= 200 && status < 300) {
    const accepted = Accepted.safeParse(body);
    if (!accepted.success) return unclear(status, `status ${status} without an id: is this Mailgun's API?`);
    const id = bareId(accepted.data.id);
    return { kind: "accepted", providerMessageId: id, wireMessageId: `<${id}>`, response: `accepted as ${id}` };
  }
  const { code, detail } = readMailgunError(status, body);
  if (status === 429) return { kind: "not_sent", code, detail, retryAfterMs: askedWaitMs(answer) };
  return isRefusal(status) ? refused(scopeOf(status, detail, message), code, detail) : unclear(status, detail);
}

/** An id without angle brackets, as their events have it. */
export function bareId(id: string): string {
  return id.replace(/^<|>$/g, "");
}

/** An error as Mailgun writes it, or what can be said where it isn't theirs. It has no codes but the status. */
export function readMailgunError(status: number, body: unknown): { readonly code: string; readonly detail: string } {
  const refusal = Refusal.safeParse(body);
  return refusal.success
    ? { code: `mailgun_${status}`, detail: `${status}: ${refusal.data.message}` }
    : { code: `http_${status}`, detail: `status ${status}, and nothing that Mailgun says` };
}

/** Bad keys, domains that may not send, accounts that are closed: what has no scope of its own is the set-up. */
function scopeOf(status: number, detail: string, { hasCopies }: MailgunMessage): RefusalScope {
  if (status === 413) return "message";
  if (status !== 400) return "configuration";
  const field = /^400: '?(to|from)'? parameter/i.exec(detail)?.[1]?.toLowerCase();
  if (field === "from") return "sender";
  // All recipients are in `to`, and copies go to addresses of the mailbox's own.
  if (field === "to") return hasCopies ? "message" : "recipient";
  return /\b(?:sub)?domains?\b|\baccount\b/i.test(detail) ? "configuration" : "message";
}
