import type { Server } from "node:http";
import { type DoubleAnswer, type DoubleRequest, type Said, startApiDouble } from "./api-double.ts";
import { type ReceivedMail, readMail } from "./received-mail.ts";

/** A double of Mailgun's API to order. The first request gets the first answer, and so on; after the last, it takes. */
export interface MailgunOrder {
  readonly apiKey: string;
  readonly domain: string;
  readonly answers: readonly DoubleAnswer[];
  /** A key that may send and read nothing. */
  readonly sendingKey?: string;
}

/** What has come out of it, in order, each with the id that it was taken under; and each request as it came. */
export interface MailgunRecord {
  readonly mails: ReceivedMail[];
  readonly ids: string[];
  readonly requests: { readonly call: string; readonly body: string }[];
}

/**
 * Stands in for api.mailgun.net: takes `POST /v3/<domain>/messages.mime` and lists `GET /v3/<domain>/events` as its
 * documentation says the real one does, and refuses what that refuses. It knows no repeats. It is none of our code: forms are
 * read by the platform's FormData.
 */
export function startMailgunDouble(order: MailgunOrder): { server: Server; record: MailgunRecord } {
  const record: MailgunRecord = { mails: [], ids: [], requests: [] };
  const server = startApiDouble(
    order.answers,
    ({ method, url, body }) => record.requests.push({ call: `${method} ${url}`, body }),
    async (request) => {
      const key = /^api:(.*)$/.exec(
        Buffer.from((request.header("authorization") ?? "").replace(/^Basic /, ""), "base64").toString(),
      )?.[1];
      const url = new URL(request.url, "http://double");
      const maySend = key === order.apiKey || (key !== undefined && key === order.sendingKey);
      switch (`${request.method} ${url.pathname}`) {
        case `POST /v3/${order.domain}/messages.mime`:
          return maySend ? take(request, record) : no(401, "Forbidden");
        case `GET /v3/${order.domain}/events`:
          return key === order.apiKey ? search(url.searchParams, record) : no(401, "Forbidden");
        default:
          return maySend ? no(404, "Domain not found: no-such.example") : no(401, "Forbidden");
      }
    },
  );
  return { server, record };
}

async function take(request: DoubleRequest, record: MailgunRecord): Promise<Said> {
  const type = request.header("content-type") ?? "";
  if (!type.startsWith("multipart/form-data;")) return no(400, "message parameter is missing");
  const form = await new Response(request.body, { headers: { "content-type": type } }).formData();
  const message = form.get("message");
  if (!(message instanceof File)) return no(400, "message parameter is missing");
  const recipients = form.getAll("to").flatMap((value) => String(value).split(","));
  if (recipients.length === 0) return no(400, "to parameter is missing");
  if (recipients.some((email) => !/^[^\s@<>]+@[a-z0-9.-]+$/i.test(email)))
    return no(400, "to parameter is not a valid address. please check documentation");
  const mail = await readMail(Buffer.from(await message.arrayBuffer()), null, recipients);
  if (mail.from === null) return no(400, "from parameter is missing");
  record.mails.push(mail);
  record.ids.push((mail.messageId ?? "").replace(/^<|>$/g, ""));
  return { status: 200, body: { id: mail.messageId, message: "Queued. Thank you." } };
}

/** Newest first. A filter matches what contains its words. */
function search(query: URLSearchParams, { mails, ids }: MailgunRecord): Said {
  const limit = Number(query.get("limit") ?? 100);
  if (!(limit >= 1 && limit <= 300)) return no(400, "limit is invalid");
  if (query.get("end") === null && !["yes", "no"].includes(query.get("ascending") ?? ""))
    return no(400, "ascending must be given");
  const words = (query.get("message-id") ?? "").split(" ");
  const events = mails.map(({ subject }, at) => ({
    id: `event-${at}`,
    event: "accepted",
    timestamp: 1_795_245_901 + at,
    method: "http",
    message: { headers: { "message-id": ids[at] ?? "", subject }, attachments: [], size: 1 },
  }));
  const items = events
    .filter(({ event }) => event === (query.get("event") ?? event))
    .filter(({ message }) => words.every((word) => message.headers["message-id"].includes(word)))
    .reverse()
    .slice(0, limit);
  return { status: 200, body: { items, paging: { next: "", previous: "", first: "", last: "" } } };
}

function no(status: number, message: string): Said {
  return { status, body: { message } };
}
