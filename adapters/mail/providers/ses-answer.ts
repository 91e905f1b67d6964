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
import type { SesRecipients } from "./ses-payload.ts";

const Accepted = z.object({ MessageId: z.string().min(1).max(200) });
const Refusal = z.object({ message: z.string().optional(), Message: z.string().optional() }).catch({});

/**
 * What an answer to `POST /v2/email/outbound-emails` says of the message (the pages "SendEmail", "Common Errors" and "Email
 * sending errors" of SES, as public copies had them in November 2026). What no rule here knows is `unknown`.
 */
export function judgeSesAnswer(answer: ApiAnswer): SendResult {
  const { status } = answer;
  const body = readJson(answer);
  if (status >= 200 && status < 300) {
    const accepted = Accepted.safeParse(body);
    if (!accepted.success) return unclear(status, `status ${status} without an id: is this the API of SES?`);
    const { MessageId: id } = accepted.data;
    return { kind: "accepted", providerMessageId: id, wireMessageId: null, response: `accepted as ${id}` };
  }
  const { code, message } = readError(answer, body);
  const detail = message === null ? `status ${status}, and nothing that SES says` : `${code}: ${message}`;
  if (!isRefusal(status)) return unclear(status, detail);
  if (status === 429 || isTooMuch(code)) {
    const asked = askedWaitMs(answer);
    const isQuota = code === "LimitExceededException" || /\bquota\b/i.test(detail);
    return { kind: "not_sent", code, detail, retryAfterMs: isQuota ? Math.max(QUOTA_WAIT_MS, asked ?? 0) : asked };
  }
  return refused(scopeOf(status, code, detail), code, detail);
}

/**
 * SES carries no address with letters outside ASCII before its @ (its page "Destination"). Null where none of these has any.
 */
export function findSesRefusal({ to, copies }: SesRecipients): SendResult | null {
  const foreign = [...to, ...copies].find((email) => !/^\p{ASCII}*$/u.test(email));
  if (foreign === undefined) return null;
  const detail = `SES sends to addresses in ASCII only, and ${foreign} is none`;
  return refused(to.includes(foreign) ? "recipient" : "configuration", "address_not_ascii", detail);
}

/** An error as AWS writes it: its name in a header, with or without a namespace before it and a URL behind it. */
function readError(
  { status, header }: ApiAnswer,
  body: unknown,
): { readonly code: string; readonly message: string | null } {
  const name = /^(?:[\w.]+#)?([A-Za-z]{1,100})(?::|$)/.exec(header("x-amzn-errortype") ?? "")?.[1];
  const { message, Message } = Refusal.parse(body);
  return { code: name ?? `http_${status}`, message: message ?? Message ?? (name === undefined ? null : "") };
}

/** What is allowed in 24 hours comes back bit by bit; five tries six hours apart span them. */
const QUOTA_WAIT_MS = 6 * 3_600_000;

function isTooMuch(code: string): boolean {
  return /^(?:Throttling|ThrottlingException|TooManyRequestsException|LimitExceededException)$/.test(code);
}

const SCOPES = new Map<string, RefusalScope>([
  ["MessageRejected", "message"],
  ["BadRequestException", "message"],
  ["MailFromDomainNotVerifiedException", "sender"],
]);

/** Paused and suspended accounts, bad keys, sets that don't exist: what has no scope of its own is the set-up. */
function scopeOf(status: number, code: string, detail: string): RefusalScope {
  if (status === 413) return "message";
  // An account that is still in their sandbox says so of the lead's address too; neither is the lead's fault.
  if (/address is not verified/i.test(detail)) return "sender";
  return SCOPES.get(code) ?? "configuration";
}
