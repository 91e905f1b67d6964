import { createHash } from "node:crypto";
import type { Server } from "node:http";
import { type DoubleAnswer, type DoubleRequest, type Said, startApiDouble } from "./api-double.ts";
import { parseAddresses, receivedByApi } from "./received-by-api.ts";
import type { ReceivedMail } from "./received-mail.ts";

/** A double of Resend's API to order. The first request gets the first answer, and so on; after the last, it takes. */
export interface ResendOrder {
  readonly apiKey: string;
  readonly answers: readonly DoubleAnswer[];
}

/** What has come out of it, and each request as it came, recognised or not. */
export interface ResendRecord {
  readonly mails: ReceivedMail[];
  readonly requests: { readonly key: string | null; readonly body: string }[];
}

/**
 * Stands in for api.resend.com: takes `POST /emails` as its documentation says the real one does, refuses what that
 * refuses, and remembers keys (for ever). It is none of our code but the record of what arrived.
 */
export function startResendDouble({ apiKey, answers }: ResendOrder): { server: Server; record: ResendRecord } {
  const record: ResendRecord = { mails: [], requests: [] };
  const known = new Map<string, { readonly body: string; readonly id: string }>();
  const server = startApiDouble(
    answers,
    ({ header, body }) => record.requests.push({ key: header("idempotency-key"), body }),
    (request) => take(request, apiKey, known, record.mails),
  );
  return { server, record };
}

function take(
  { method, url, header, body: text }: DoubleRequest,
  apiKey: string,
  known: Map<string, { readonly body: string; readonly id: string }>,
  mails: ReceivedMail[],
): Said {
  if (`${method} ${url}` !== "POST /emails") return no(404, "not_found", "no such endpoint");
  if (header("user-agent") === null) return no(403, "error", "error code: 1010");
  const authorization = header("authorization");
  if (authorization === null) return no(401, "missing_api_key", "Missing API key in the authorization header.");
  if (authorization !== `Bearer ${apiKey}`) return no(403, "invalid_api_key", "API key is invalid");
  const key = header("idempotency-key");
  if (key !== null && (key.length < 1 || key.length > 256))
    return no(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");
  const before = key === null ? undefined : known.get(key);
  if (before !== undefined)
    return before.body === text
      ? { status: 200, body: { id: before.id } }
      : no(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");
  const mail = read(JSON.parse(text), text, `<${mails.length}.by-the-platform@sender.example>`);
  if ("status" in mail) return mail;
  mails.push(mail);
  const id = createHash("sha256").update(`${mails.length} ${text}`).digest("hex").slice(0, 36);
  if (key !== null) known.set(key, { body: text, id });
  return { status: 200, body: { id } };
}

/** The mail that the real one would make of this body, or its refusal. */
function read(body: Record<string, unknown>, raw: string, messageId: string): ReceivedMail | Said {
  const known = ["from", "to", "cc", "bcc", "reply_to", "subject", "text", "html", "headers", "tags"];
  const stranger = Object.keys(body).find((field) => !known.includes(field));
  if (stranger !== undefined) return no(422, "validation_error", `Unrecognized key: ${stranger}`);
  const [from] = parseAddresses(body["from"]);
  const to = parseAddresses(body["to"]);
  if (from === undefined || typeof body["subject"] !== "string")
    return no(422, "missing_required_field", "The request body is missing one or more required fields.");
  if (to.length === 0 || to.length > 50 || to.some(({ email }) => !/^[!-~]+@[!-~]+$/.test(email)))
    return no(422, "validation_error", "Invalid `to` field. The email address needs to follow the format.");
  const headers = Object.fromEntries(
    Object.entries(body["headers"] ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  return receivedByApi({
    from,
    to,
    cc: parseAddresses(body["cc"]),
    bcc: parseAddresses(body["bcc"]),
    replyTo: parseAddresses(body["reply_to"]),
    subject: body["subject"],
    text: typeof body["text"] === "string" ? body["text"] : "",
    html: typeof body["html"] === "string" ? body["html"] : null,
    messageId,
    headers,
    raw,
  });
}

function no(statusCode: number, name: string, message: string): Said {
  return { status: statusCode, body: { statusCode, name, message } };
}
