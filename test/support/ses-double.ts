import { randomUUID } from "node:crypto";
import type { Server } from "node:http";
import { type DoubleAnswer, type DoubleRequest, type Said, startApiDouble } from "./api-double.ts";
import { findSignatureFault } from "./check-aws-signature.ts";
import { type ReceivedMail, readMail } from "./received-mail.ts";

/** A double of the API of SES to order. The first mail gets the first answer, and so on; after the last, it takes. */
export interface SesOrder {
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly answers: readonly DoubleAnswer[];
  /** Sets that there are. */
  readonly configurationSets?: readonly string[];
}

/** What has come out of it, in order, and each request as it came. */
export interface SesRecord {
  readonly mails: ReceivedMail[];
  readonly requests: { readonly call: string; readonly body: string }[];
}

/**
 * Stands in for email.<region>.amazonaws.com: takes `POST /v2/email/outbound-emails` as its documentation says the real one
 * does, and refuses what that refuses. It puts its own Message-ID and Date in place of what is there, knows no repeats, and
 * checks signatures. It is none of our code.
 */
export function startSesDouble(order: SesOrder): { server: Server; record: SesRecord } {
  const record: SesRecord = { mails: [], requests: [] };
  const server = startApiDouble(
    order.answers,
    ({ method, url, body }) => record.requests.push({ call: `${method} ${url}`, body }),
    (request) => take(request, order, record),
    (method) => method === "POST",
  );
  return { server, record };
}

async function take(request: DoubleRequest, order: SesOrder, record: SesRecord): Promise<Said> {
  if (`${request.method} ${request.url}` !== "POST /v2/email/outbound-emails")
    return no(404, "UnknownOperationException", "");
  const fault = findSignatureFault(request, { ...order, service: "ses" });
  if (fault !== null) return no(403, fault, "The request signature we calculated does not match.");
  const body: Record<string, unknown> = JSON.parse(request.body);
  const stranger = Object.keys(body).find((field) => !FIELDS.includes(field));
  if (stranger !== undefined) return no(400, "BadRequestException", `Unknown field ${stranger}`);
  const set = body["ConfigurationSetName"];
  if (set !== undefined && !order.configurationSets?.includes(String(set)))
    return no(404, "NotFoundException", `Configuration set <${set}> does not exist.`);
  const recipients = ["ToAddresses", "CcAddresses", "BccAddresses"].flatMap((field) => addressesIn(body, field));
  if (recipients.some((email) => !/^[!-?A-~]+@[a-z0-9.-]+$/i.test(email)))
    return no(400, "BadRequestException", "Local address contains control or whitespace");
  if (recipients.length === 0 || recipients.length > 50)
    return no(400, "BadRequestException", "Recipient count exceeds 50.");

  const id = `0107${randomUUID().slice(4)}-000000`;
  const raw = Buffer.from(rawOf(body), "base64").toString("latin1");
  const [header = "", ...rest] = raw.split("\r\n\r\n");
  const sent = [withOwnFields(header, id), ...rest].join("\r\n\r\n");
  const { date: _, ...mail } = await readMail(Buffer.from(sent, "latin1"), null, recipients);
  // Without what differs from one sending to the next.
  record.mails.push({ ...mail, date: null, raw: request.body });
  return { status: 200, body: { MessageId: id } };
}

const FIELDS = ["Content", "Destination", "ConfigurationSetName", "EmailTags", "FromEmailAddress", "ReplyToAddresses"];

/** "Overrides the header with its own value", says their page on header fields of these two. */
function withOwnFields(header: string, id: string): string {
  const kept = header.replace(/^(?:message-id|date):.*(?:\r\n[ \t].*)*\r\n/gim, "");
  return `Message-ID: <${id}@eu-west-1.amazonses.com>\r\nDate: Sat, 21 Nov 2026 07:25:01 +0000\r\n${kept}`;
}

function rawOf(body: Record<string, unknown>): string {
  const content: { Raw?: { Data?: string } } = Object(body["Content"]);
  return content.Raw?.Data ?? "";
}

function addressesIn(body: Record<string, unknown>, field: string): readonly string[] {
  const destination: Record<string, readonly string[]> = Object(body["Destination"]);
  return destination[field] ?? [];
}

function no(status: number, name: string, message: string): Said {
  return { status, body: { message }, headers: { "x-amzn-errortype": name } };
}
