import { z } from "zod";
import type { MailAddress, MailProvider, OutgoingMail, SendResult } from "../../../core/mail/outgoing.ts";
import { assertChecked } from "../mime.ts";
import { apiHeaders } from "./api-headers.ts";
import { findCloudflareRefusal } from "./cloudflare-limits.ts";

/** As long as SMTP takes at most, and within the 30 s that a send's lease reckons with. */
const ANSWER_TIMEOUT_MS = 24_000;

const Address = z.union([z.string(), z.strictObject({ name: z.string(), email: z.string() })]);

/** The fields of the binding's `send`, as they are stored with the intent. */
const Payload = z.strictObject({
  from: Address,
  to: z.array(Address),
  cc: z.array(Address).optional(),
  bcc: z.array(Address).optional(),
  replyTo: Address,
  subject: z.string(),
  text: z.string(),
  html: z.string().optional(),
  headers: z.record(z.string(), z.string()),
});
type Payload = z.infer<typeof Payload>;

/**
 * Cloudflare Email Service by a `send_email` binding. It sets Message-ID, Date and the envelope sender itself, so ours
 * are left out; what id it puts on the wire is learned from the first reply. It recognises no repeats.
 * `timeoutMs` is the wait for the binding's answer.
 */
export function cloudflareProvider(binding: SendEmail, timeoutMs = ANSWER_TIMEOUT_MS): MailProvider {
  return {
    name: "cloudflare",
    idempotencyWindowMs: null,
    keepsMessageId: "learn",
    compose: async (mail) => JSON.stringify(makePayload(mail)),
    send: async (payload) => send(binding, Payload.parse(JSON.parse(payload)), timeoutMs),
    lookUp: null,
  };
}

function makePayload(mail: OutgoingMail): Payload {
  assertChecked(mail);
  return {
    from: address(mail.from),
    to: [address(mail.to)],
    ...(mail.cc.length === 0 ? {} : { cc: mail.cc.map(address) }),
    ...(mail.bcc.length === 0 ? {} : { bcc: mail.bcc.map(address) }),
    replyTo: address(mail.replyTo),
    subject: mail.subject,
    text: mail.text,
    ...(mail.html === null ? {} : { html: mail.html }),
    headers: apiHeaders(mail),
  };
}

async function send(binding: SendEmail, payload: Payload, timeoutMs: number): Promise<SendResult> {
  const recipients = payload.to.length + (payload.cc?.length ?? 0) + (payload.bcc?.length ?? 0);
  const refused = findCloudflareRefusal({ ...payload, html: payload.html ?? null, recipients });
  if (refused !== null) return { kind: "refused", scope: "message", addressDead: false, ...refused };

  const { cc, bcc, html, ...rest } = payload;
  const message = { ...rest, ...(cc ? { cc } : {}), ...(bcc ? { bcc } : {}), ...(html === undefined ? {} : { html }) };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<SendResult>((resolve) => {
    timer = setTimeout(
      () => resolve({ kind: "unknown", stage: "send", detail: `no answer within ${timeoutMs} ms` }),
      timeoutMs,
    );
  });
  const answered = ask(binding, message).then(accept, judgeCloudflareError);
  return Promise.race([answered, late]).finally(() => clearTimeout(timer));
}

/** A binding that throws at once is heard like one that rejects. */
async function ask(binding: SendEmail, message: EmailMessageBuilder): Promise<EmailSendResult> {
  return binding.send(message);
}

function accept(result: EmailSendResult | undefined): SendResult {
  const id = result?.messageId ?? null;
  return {
    kind: "accepted",
    providerMessageId: id,
    wireMessageId: null,
    response: id === null ? "accepted" : `accepted as ${id}`,
  };
}

const HOUR_MS = 3_600_000;

/** What the documented codes mean. Whatever isn't here names no stage, so the message may be out. */
const REFUSALS = new Map<string, "recipient" | "sender" | "message" | "configuration">([
  ["E_VALIDATION_ERROR", "message"],
  ["E_FIELD_MISSING", "message"],
  ["E_TOO_MANY_RECIPIENTS", "message"],
  ["E_CONTENT_TOO_LARGE", "message"],
  ["E_HEADER_NOT_ALLOWED", "message"],
  ["E_HEADER_USE_API_FIELD", "message"],
  ["E_HEADER_VALUE_INVALID", "message"],
  ["E_HEADER_VALUE_TOO_LONG", "message"],
  ["E_HEADER_NAME_INVALID", "message"],
  ["E_HEADERS_TOO_LARGE", "message"],
  ["E_HEADERS_TOO_MANY", "message"],
  ["E_SENDER_NOT_VERIFIED", "sender"],
  ["E_SENDER_DOMAIN_NOT_AVAILABLE", "configuration"],
  ["E_RECIPIENT_NOT_ALLOWED", "configuration"],
  // Their list has the address for a bounce or a complaint, and says not which: so it isn't known to be dead.
  ["E_RECIPIENT_SUPPRESSED", "recipient"],
]);

function judgeCloudflareError(error: unknown): SendResult {
  const code = codeOf(error);
  const detail = (error instanceof Error ? error.message : String(error)).slice(0, 500);
  const scope = code === null ? undefined : REFUSALS.get(code);
  if (code !== null && scope !== undefined) return { kind: "refused", scope, addressDead: false, code, detail };
  if (code === "E_RATE_LIMIT_EXCEEDED") return { kind: "not_sent", code, detail, retryAfterMs: 60_000 };
  // The hour at which the day's quota begins anew is not documented: ask again every hour.
  if (code === "E_DAILY_LIMIT_EXCEEDED") return { kind: "not_sent", code, detail, retryAfterMs: HOUR_MS };
  return { kind: "unknown", stage: "send", detail: code === null ? detail : `${code}: ${detail}` };
}

function codeOf(error: unknown): string | null {
  return typeof error === "object" && error !== null && "code" in error && typeof error.code === "string"
    ? error.code
    : null;
}

function address(from: MailAddress): string | { name: string; email: string } {
  return from.name === null || from.name === "" ? from.email : { name: from.name, email: from.email };
}
