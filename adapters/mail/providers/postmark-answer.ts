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
import type { PostmarkMessage } from "./postmark-payload.ts";

const Accepted = z.object({
  ErrorCode: z.literal(0),
  MessageID: z.string().min(1).max(200),
  Message: z.string().catch("OK"),
});
const Refusal = z.object({ ErrorCode: z.int().positive(), Message: z.string().catch("") });

/**
 * What an answer to `POST /email` says of the message (Postmark's pages "API overview" and "Email API", as public copies
 * had them in November 2026; codes that only older editions list are heard too). What no rule here knows is `unknown`.
 */
export function judgePostmarkAnswer(answer: ApiAnswer, message: PostmarkMessage): SendResult {
  const { status } = answer;
  const body = readJson(answer);
  if (status >= 200 && status < 300) return judgeAccepted(status, body, message);
  const { errorCode, code, detail } = readPostmarkError(status, body);
  // "The Postmark API is offline for maintenance" is the one 5xx that says no.
  if (status === 429 || (status === 503 && errorCode === 100))
    return { kind: "not_sent", code, detail, retryAfterMs: askedWaitMs(answer) };
  if (!isRefusal(status)) return unclear(status, detail);
  if (status === 422 && errorCode === INACTIVE_RECIPIENT) return judgeInactive(status, code, detail, message);
  return refused(scopeOf(status, errorCode, detail), code, detail);
}

/** An error as Postmark writes it, or what can be said where it isn't theirs (then `errorCode` is null). */
export function readPostmarkError(
  status: number,
  body: unknown,
): { readonly errorCode: number | null; readonly code: string; readonly detail: string } {
  const refusal = Refusal.safeParse(body);
  if (!refusal.success)
    return {
      errorCode: null,
      code: `http_${status}`,
      detail: `status ${status}, and nothing that Postmark says`,
    };
  const { ErrorCode: errorCode, Message } = refusal.data;
  return { errorCode, code: `postmark_${errorCode}`, detail: `${errorCode}: ${Message}` };
}

const INACTIVE_RECIPIENT = 406;

/** A message is also "OK" where some recipients get nothing; it is no message to the lead where the lead is one of them. */
function judgeAccepted(status: number, body: unknown, { to }: PostmarkMessage): SendResult {
  const accepted = Accepted.safeParse(body);
  if (!accepted.success) return unclear(status, `status ${status} without an id: is this Postmark's API?`);
  const { MessageID: id, Message: said } = accepted.data;
  if (inactiveIn(said).includes(to)) return refused("recipient", `postmark_${INACTIVE_RECIPIENT}`, said);
  const response = said === "OK" ? `accepted as ${id}` : `accepted as ${id}: ${said}`;
  return { kind: "accepted", providerMessageId: id, wireMessageId: null, response };
}

/**
 * They refuse who bounced, complained or was suppressed by hand, and say not which: so the address isn't known to be dead.
 * Whether the message goes out where a copy's address is inactive and the lead's is not, no page says.
 */
function judgeInactive(status: number, code: string, detail: string, { to, hasCopies }: PostmarkMessage): SendResult {
  return !hasCopies || inactiveIn(detail).includes(to)
    ? refused("recipient", code, detail)
    : unclear(status, `${detail} Whether the others got it is not known.`);
}

/** The addresses in one of their two sentences about inactive recipients; they write them in lower case. */
function inactiveIn(said: string): readonly string[] {
  const [, list = ""] = said.split("inactive addresses: ", 2);
  const [addresses = ""] = list.split(/\sInactive\s/, 1);
  return addresses.split(",").map((email) => email.trim().replace(/\.$/, "").toLowerCase());
}

const SCOPES = new Map<number, RefusalScope>([
  // Sender signature not found, and not confirmed.
  [400, "sender"],
  [401, "sender"],
  // Invalid JSON, and fields that they don't know or that have the wrong type.
  [402, "message"],
  [403, "message"],
  [411, "message"],
]);

/** Bad tokens, accounts that may not send, streams that don't exist: what has no scope of its own is the set-up. */
function scopeOf(status: number, errorCode: number | null, detail: string): RefusalScope {
  if (status === 413) return "message";
  if (status !== 422 || errorCode === null) return "configuration";
  return errorCode === 300 ? scopeOfInvalid(detail) : (SCOPES.get(errorCode) ?? "configuration");
}

/** Copies go to addresses of the mailbox's own, and the reply address is ours. */
const FIELDS = new Map<string, RefusalScope>([
  ["From", "sender"],
  ["To", "recipient"],
  ["Cc", "configuration"],
  ["Bcc", "configuration"],
  ["ReplyTo", "configuration"],
]);

function scopeOfInvalid(detail: string): RefusalScope {
  const field = /^300: (?:Invalid|Error parsing) '(\w+)'/.exec(detail)?.[1];
  return FIELDS.get(field ?? "") ?? "message";
}
