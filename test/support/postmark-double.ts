import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type DoubleAnswer, type DoubleRequest, type Said, startApiDouble } from "./api-double.ts";
import { parseAddresses, receivedByApi } from "./received-by-api.ts";
import type { ReceivedAddress, ReceivedMail } from "./received-mail.ts";

/** A double of Postmark's API to order. The first request gets the first answer, and so on; after the last, it takes. */
export interface PostmarkOrder {
  readonly serverToken: string;
  readonly answers: readonly DoubleAnswer[];
  /** Who is on the suppression list, in lower case. */
  readonly inactive?: readonly string[];
  /** The ids of the server's streams; one, outbound, when left out. */
  readonly streams?: readonly string[];
}

/** What has come out of it, in order, each with the id that it got; and each request as it came. */
export interface PostmarkRecord {
  readonly mails: ReceivedMail[];
  readonly ids: string[];
  readonly requests: { readonly call: string; readonly body: string }[];
}

interface Kept {
  readonly id: string;
  readonly stream: string;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Stands in for api.postmarkapp.com: takes `POST /email` and searches by `GET /messages/outbound` as its documentation says
 * the real one does, and refuses what that refuses. It knows no repeats. It is none of our code.
 */
export function startPostmarkDouble(order: PostmarkOrder): { server: Server; record: PostmarkRecord } {
  const record: PostmarkRecord = { mails: [], ids: [], requests: [] };
  const kept: Kept[] = [];
  const server = startApiDouble(
    order.answers,
    ({ method, url, body }) => record.requests.push({ call: `${method} ${url}`, body }),
    (request) => {
      if (request.header("x-postmark-server-token") !== order.serverToken)
        return no(401, 10, "Request does not contain a valid Server token.");
      if (request.header("accept") !== "application/json") return no(415, 0, "");
      const url = new URL(request.url, "http://double");
      switch (`${request.method} ${url.pathname}`) {
        case "POST /email":
          return take(request, order, record, kept);
        case "GET /messages/outbound":
          return search(url.searchParams, kept);
        default:
          return no(404, 0, "");
      }
    },
  );
  return { server, record };
}

function take(request: DoubleRequest, order: PostmarkOrder, record: PostmarkRecord, kept: Kept[]): Said {
  if (request.header("content-type") !== "application/json") return no(415, 0, "");
  const body: Record<string, unknown> = JSON.parse(request.body);
  const id = randomUUID();
  const addresses = Object.fromEntries(ADDRESS_FIELDS.map((field) => [field, parseAddresses(body[field])]));
  const metadata = stringsOf(body["Metadata"]);
  const stream = String(body["MessageStream"] ?? "outbound");
  const recipients = ["To", "Cc", "Bcc"].flatMap((field) => addresses[field] ?? []);
  const fault =
    findUnknown(body, stream, order) ??
    findAddressFault(body, addresses, recipients.length) ??
    findLimit(body, Object.entries(metadata));
  if (fault !== null) return fault;
  const inactive = recipients
    .map(({ email }) => email.toLowerCase())
    .filter((email) => order.inactive?.includes(email));
  const found = `inactive addresses: ${inactive.join(", ")}. ${WHO_IS_INACTIVE}`;
  if (inactive.length === recipients.length)
    return no(422, 406, `You tried to send to recipient(s) that have been marked as inactive. Found ${found}`);

  record.mails.push(makeMail(body, addresses, `<${id}@mtasv.net>`, request.body));
  record.ids.push(id);
  kept.push({ id, stream, metadata });
  const Message = inactive.length === 0 ? "OK" : `Message OK, but will not deliver to these ${found}`;
  const SubmittedAt = "2026-11-21T07:25:01.4178645-05:00";
  return { status: 200, body: { To: body["To"], SubmittedAt, MessageID: id, ErrorCode: 0, Message } };
}

type Addresses = Readonly<Record<string, readonly ReceivedAddress[]>>;

const ADDRESS_FIELDS = ["From", "To", "Cc", "Bcc", "ReplyTo"];
const FIELDS = [...ADDRESS_FIELDS, "Subject", "TextBody", "HtmlBody", "Headers", "Metadata", "MessageStream"];
const WHO_IS_INACTIVE =
  "Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a manual suppression.";

function findUnknown(body: object, stream: string, { streams = ["outbound"] }: PostmarkOrder): Said | null {
  const stranger = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (stranger !== undefined) return no(422, 403, `Invalid request field(s): '${stranger}'.`);
  return streams.includes(stream)
    ? null
    : no(422, 1235, `The stream provided: '${stream}' does not exist on this server.`);
}

function findAddressFault(
  body: Readonly<Record<string, unknown>>,
  addresses: Addresses,
  recipients: number,
): Said | null {
  const wrong = ADDRESS_FIELDS.find(
    (field) =>
      addresses[field]?.some(({ email }) => !isAddress(email)) ||
      (["From", "To"].includes(field) && addresses[field]?.length === 0),
  );
  if (wrong !== undefined) return no(422, 300, `Invalid '${wrong}' address: '${body[wrong]}'.`);
  return recipients > 50 ? no(422, 300, "Exceeded the maximum of 50 recipients per message.") : null;
}

function findLimit(
  { TextBody: text = "", HtmlBody: html = "", Subject: subject }: Readonly<Record<string, unknown>>,
  metadata: readonly [string, string][],
): Said | null {
  if (text === "" && html === "") return no(422, 300, "Provide either email TextBody or HtmlBody or both.");
  if (String(subject).length > 2_000) return no(422, 300, "The 'Subject' field is too long.");
  return metadata.length > 10 || metadata.some(([key, value]) => key.length > 20 || value.length > 80)
    ? no(422, 300, "Invalid metadata.")
    : null;
}

/** With our Message-ID where it is asked to keep it, and without the headers that are orders to Postmark. */
function makeMail(
  body: Readonly<Record<string, unknown>>,
  { From = [], To: to = [], Cc: cc = [], Bcc: bcc = [], ReplyTo: replyTo = [] }: Addresses,
  ownId: string,
  raw: string,
): ReceivedMail {
  const { "message-id": ourId = ownId, ...headers } = headersOf(body["Headers"]);
  return receivedByApi({
    ...{ from: From[0] ?? null, to, cc, bcc, replyTo, raw },
    subject: String(body["Subject"] ?? ""),
    text: String(body["TextBody"] ?? ""),
    html: typeof body["HtmlBody"] === "string" ? body["HtmlBody"] : null,
    messageId: headers["x-pm-keepid"] === "true" ? ourId : ownId,
    headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !name.startsWith("x-pm-"))),
  });
}

/** Newest first, of one stream, by at most one metadata field. */
function search(query: URLSearchParams, kept: readonly Kept[]): Said {
  const count = Number(query.get("count") ?? Number.NaN);
  const offset = Number(query.get("offset") ?? Number.NaN);
  if (!(count >= 1 && count <= 500 && offset >= 0))
    return no(422, 700, "The 'count' and 'offset' parameters are required.");
  const wanted = [...query].filter(([name]) => name.startsWith("metadata_"));
  const found = kept
    .filter(({ stream }) => stream === (query.get("messagestream") ?? "outbound"))
    .filter(({ metadata }) => wanted.every(([name, value]) => metadata[name.slice("metadata_".length)] === value))
    .reverse();
  const Messages = found.slice(offset, offset + count).map(({ id, stream, metadata }) => ({
    ...{ Tag: "", MessageID: id, MessageStream: stream, Status: "Sent", Metadata: metadata, Sandboxed: false },
    ...{ TrackOpens: false, TrackLinks: "None", Attachments: [] },
  }));
  return { status: 200, body: { TotalCount: found.length, Messages } };
}

/** As their support pages give the rules: ASCII only, on both sides. */
function isAddress(email: string): boolean {
  return /^[a-z0-9.!#$%&'`*+\-/=^_{}|~]+@(?:\.?[a-z0-9-])+$/i.test(email);
}

function headersOf(list: unknown): Record<string, string> {
  const pairs: { Name: string; Value: string }[] = Array.isArray(list) ? list : [];
  return Object.fromEntries(pairs.map(({ Name, Value }) => [Name.toLowerCase(), Value]));
}

function stringsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(value ?? {}).map(([name, text]) => [name, String(text)]));
}

function no(status: number, ErrorCode: number, Message: string): Said {
  return { status, body: { ErrorCode, Message } };
}
