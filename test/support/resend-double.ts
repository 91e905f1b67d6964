import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import addressparser from "nodemailer/lib/addressparser";
import type { ReceivedAddress, ReceivedMail } from "./received-mail.ts";
import type { ResendAnswer } from "./resend-answers.ts";

/** A double of Resend's API to order. The first request gets the first answer, and so on; after the last, it takes. */
export interface ResendOrder {
  readonly apiKey: string;
  readonly answers: readonly ResendAnswer[];
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
export function startResendDouble(order: ResendOrder): { server: Server; record: ResendRecord } {
  const record: ResendRecord = { mails: [], requests: [] };
  const answers = [...order.answers];
  const known = new Map<string, { readonly body: string; readonly id: string }>();
  const server = createServer((request, response) => {
    request.on("error", () => undefined);
    const answer = answers.shift() ?? "take";
    if (answer === "cut_at_first_bytes") return void request.socket.resetAndDestroy();
    readBody(request).then(
      (body) => {
        record.requests.push({ key: header(request, "idempotency-key"), body });
        perform(request, response, answer, () => take(request, body, order.apiKey, known, record.mails));
      },
      () => undefined,
    );
  });
  return { server, record };
}

interface Said {
  readonly status: number;
  readonly body: object;
}

function perform(request: IncomingMessage, response: ServerResponse, answer: ResendAnswer, take: () => Said): void {
  if (typeof answer === "object") {
    response.writeHead(answer.status, { "content-type": "application/json", ...answer.headers }).end(answer.body);
    return;
  }
  switch (answer) {
    case "take": {
      const { status, body } = take();
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
      return;
    }
    case "take_and_cut":
      take();
      request.socket.resetAndDestroy();
      return;
    case "cut_mid_answer":
      response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
      response.write('{"id":', () => request.socket.resetAndDestroy());
      return;
    case "drip":
      response.writeHead(200, { "content-type": "application/json" }).write('{"id":');
      return;
    case "flood": {
      response.writeHead(200, { "content-type": "application/json" });
      const pour = (): void => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", pour);
      pour();
      return;
    }
    default:
      return;
  }
}

function take(
  request: IncomingMessage,
  text: string,
  apiKey: string,
  known: Map<string, { readonly body: string; readonly id: string }>,
  mails: ReceivedMail[],
): Said {
  if (`${request.method} ${request.url}` !== "POST /emails") return no(404, "not_found", "no such endpoint");
  if (header(request, "user-agent") === null) return no(403, "error", "error code: 1010");
  const authorization = header(request, "authorization");
  if (authorization === null) return no(401, "missing_api_key", "Missing API key in the authorization header.");
  if (authorization !== `Bearer ${apiKey}`) return no(403, "invalid_api_key", "API key is invalid");
  const key = header(request, "idempotency-key");
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
  const [from] = parse(body["from"]);
  const to = parse(body["to"]);
  if (from === undefined || typeof body["subject"] !== "string")
    return no(422, "missing_required_field", "The request body is missing one or more required fields.");
  if (to.length === 0 || to.length > 50 || to.some(({ email }) => !/^[!-~]+@[!-~]+$/.test(email)))
    return no(422, "validation_error", "Invalid `to` field. The email address needs to follow the format.");
  const headers = Object.fromEntries(
    Object.entries(body["headers"] ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
  const cc = parse(body["cc"]);
  return {
    envelopeFrom: null,
    envelopeTo: [...to, ...cc, ...parse(body["bcc"])].map(({ email }) => email),
    from,
    to,
    cc,
    replyTo: parse(body["reply_to"]),
    subject: body["subject"],
    text: typeof body["text"] === "string" ? body["text"] : "",
    html: typeof body["html"] === "string" ? body["html"] : null,
    messageId,
    inReplyTo: headers["in-reply-to"] ?? null,
    references: headers["references"]?.split(" ") ?? [],
    date: null,
    headerNames: Object.keys(headers),
    headers,
    raw,
  };
}

/** One mailbox or a list of them, read by a parser that isn't ours. */
function parse(value: unknown): ReceivedAddress[] {
  return [value ?? []]
    .flat()
    .flatMap((text) => addressparser(String(text), { flatten: true }))
    .map(({ name, address }) => ({ name, email: address }));
}

function no(statusCode: number, name: string, message: string): Said {
  return { status: statusCode, body: { statusCode, name, message } };
}

function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name];
  return typeof value === "string" ? value : null;
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}
