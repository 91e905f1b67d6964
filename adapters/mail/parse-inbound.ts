import PostalMime, { type Address, type Attachment, addressParser, type Email } from "postal-mime";
import { messageIdsIn } from "../../core/mail/classify/returned-message.ts";
import { htmlToText } from "../../core/mail/html-to-text.ts";
import type { InboundMail } from "../../core/mail/inbound.ts";
import type { MailAddress } from "../../core/mail/outgoing.ts";
import { bodyOfMime, excerptOfMime, isMimeTooLarge, undecodedText } from "./mime-bounds.ts";

/**
 * Parses the raw bytes of a mail (RFC 5322, MIME) with the addresses of its SMTP envelope. Never rejects for anything a
 * sender can write: what is too large or too deep comes back with `partial: true`, its headers and its first text.
 * An empty input gives an empty mail. Attachments are listed, never kept.
 */
export async function parseInbound(
  raw: Uint8Array,
  envelope: { readonly from: string; readonly to: string },
): Promise<InboundMail> {
  if (!isMimeTooLarge(raw)) {
    const whole = await parse(raw);
    if (whole !== null) return withText(toInboundMail(whole, raw, envelope, false), raw);
  }
  const excerpt = (await parse(excerptOfMime(raw))) ?? UNREADABLE;
  return withText(toInboundMail(excerpt, raw, envelope, true), raw);
}

const UNREADABLE: Email = { headers: [], headerLines: [], attachments: [] };

/** An answer in broken MIME is an answer: better its raw lines than an empty mail. */
function withText(mail: InboundMail, raw: Uint8Array): InboundMail {
  const isEmpty = mail.text.trim() === "" && mail.html === null && mail.attachments.length === 0;
  const isEncoded = /base64/i.test(mail.headers["content-transfer-encoding"]?.[0] ?? "");
  const root = mail.contentTypes[0] ?? "";
  if (!isEmpty || isEncoded || !/^(?:text|multipart)\//.test(root)) return mail;
  const text = withoutControls(undecodedText(raw));
  return text === "" ? mail : { ...mail, text, partial: true };
}

/** A longer text than this is cut, and the mail is marked `partial`. */
const TEXT_CHARACTERS_MAX = 1_000_000;

/** Longest report or header block that we keep, in characters. */
const REPORT_CHARACTERS_MAX = 65_536;

/** Nobody needs more; the bound keeps one mail from filling a row. */
const ADDRESSES_MAX = 500;
const MESSAGE_IDS_MAX = 200;
const ATTACHMENTS_MAX = 1_000;

async function parse(raw: Uint8Array): Promise<Email | null> {
  try {
    return await PostalMime.parse(raw, {
      // A returned message is evidence, not text of this mail (mail.md 4.1).
      forceRfc822Attachments: true,
      attachmentEncoding: "arraybuffer",
      maxNestingDepth: 32,
      maxHeadersSize: 262_144,
      maxRfc822NestingDepth: 2,
    });
  } catch {
    // The parser refuses by throwing (limits, broken transfer encodings); a sender must not be able to make us fail.
    return null;
  }
}

function toInboundMail(
  email: Email,
  raw: Uint8Array,
  envelope: { readonly from: string; readonly to: string },
  partial: boolean,
): InboundMail {
  const headers = headersByName(email);
  const text = textOf(email);
  return {
    envelopeFrom: bareAddress(envelope.from),
    envelopeTo: bareAddress(envelope.to),
    messageId: messageIdOf(headers["message-id"]?.[0] ?? ""),
    inReplyTo: bracketedIds(headers["in-reply-to"] ?? []),
    references: bracketedIds(headers["references"] ?? []),
    from: mailboxesOf(email.from === undefined ? [] : [email.from])[0] ?? null,
    to: mailboxesOf(email.to ?? []),
    cc: mailboxesOf(email.cc ?? []),
    subject: oneLine(email.subject ?? ""),
    date: dateOf(email.date),
    text: text.slice(0, TEXT_CHARACTERS_MAX),
    html: email.html?.slice(0, TEXT_CHARACTERS_MAX) ?? null,
    headers,
    contentTypes: contentTypesOf(email, headers),
    deliveryStatus: partsText(email.attachments, DELIVERY_STATUS_TYPES, (content) => content),
    returnedHeaders: partsText(email.attachments, RETURNED_TYPES, headerBlock),
    machineReport: partsText(email.attachments, MACHINE_REPORT_TYPES, (content) => content),
    calendar: calendarText(email.attachments),
    attachedText: attachedText(email.attachments),
    bodyMessageIds: messageIdsIn(
      withoutControls(new TextDecoder().decode(bodyOfMime(raw).subarray(0, REPORT_CHARACTERS_MAX * 2))),
    ),
    attachments: email.attachments.slice(0, ATTACHMENTS_MAX).map((attachment) => ({
      name: attachment.filename === null ? null : oneLine(attachment.filename),
      type: attachment.mimeType,
      sizeBytes: sizeOf(attachment.content),
    })),
    sizeBytes: raw.byteLength,
    partial: partial || text.length > TEXT_CHARACTERS_MAX,
  };
}

/** `fromEntries` defines own properties, so a header named `__proto__` is a header and nothing else. */
function headersByName(email: Email): Record<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const { key, value } of email.headers) {
    const known = values.get(key);
    if (known) known.push(oneLine(value));
    else values.set(key, [oneLine(value)]);
  }
  return Object.fromEntries(values);
}

function textOf(email: Email): string {
  const plain = withoutControls(email.text ?? "");
  if (plain.trim() !== "" || email.html === undefined) return plain;
  return withoutControls(htmlToText(email.html.slice(0, TEXT_CHARACTERS_MAX)));
}

/**
 * postal-mime gives no tree, but every leaf that is not shown text is an attachment; the root's type stands in its header.
 * The parameters that tell structure are kept: `report-type` of the root and the iTIP `method` of a calendar part.
 */
function contentTypesOf(email: Email, headers: Readonly<Record<string, readonly string[]>>): string[] {
  const declared = headers["content-type"]?.[0]?.toLowerCase() ?? "";
  const root = declared.split(";", 1)[0]?.trim() || "text/plain";
  const reportType = /;\s*report-type\s*=\s*"?([a-z-]+)/.exec(declared)?.[1];
  const types = [reportType === undefined ? root : `${root}; report-type=${reportType}`];
  if (email.text !== undefined) types.push("text/plain");
  if (email.html !== undefined) types.push("text/html");
  for (const attachment of email.attachments.slice(0, ATTACHMENTS_MAX)) {
    const method = calendarMethod(attachment);
    types.push(method === null ? attachment.mimeType : `${attachment.mimeType}; method=${method}`);
  }
  return [...new Set(types)];
}

function calendarMethod(attachment: Attachment): string | null {
  if (!CALENDAR_TYPES.has(attachment.mimeType)) return null;
  const method = attachment.method ?? /^METHOD:([A-Z]+)/im.exec(decode(attachment.content).slice(0, 4_096))?.[1];
  return method?.toLowerCase() ?? null;
}

const DELIVERY_STATUS_TYPES = new Set(["message/delivery-status", "message/global-delivery-status"]);
const RETURNED_TYPES = new Set([
  "message/rfc822",
  "message/rfc822-headers",
  "message/global",
  "message/global-headers",
  "text/rfc822-headers",
]);

const MACHINE_REPORT_TYPES = new Set(["message/feedback-report", "message/disposition-notification"]);

function calendarText(attachments: readonly Attachment[]): string | null {
  const calendar = attachments.find(({ mimeType }) => CALENDAR_TYPES.has(mimeType));
  return calendar === undefined ? null : decode(calendar.content).slice(0, CALENDAR_CHARACTERS_MAX);
}

/** Text that no reader shows, but in which some servers tell why a mail failed. */
function attachedText(attachments: readonly Attachment[]): string | null {
  const texts = attachments
    .filter(({ mimeType }) => mimeType.startsWith("text/") && !KNOWN_TEXT_TYPES.has(mimeType))
    .slice(0, 5)
    .map(({ content }) => decode(content).slice(0, ATTACHED_CHARACTERS_MAX));
  return texts.length === 0 ? null : texts.join("\n\n").slice(0, ATTACHED_CHARACTERS_MAX);
}

const CALENDAR_TYPES = new Set(["text/calendar", "application/ics"]);
const CALENDAR_CHARACTERS_MAX = 16_384;
const ATTACHED_CHARACTERS_MAX = 16_384;
/** Read for themselves, or nothing that a server writes. */
const KNOWN_TEXT_TYPES = new Set([
  "text/calendar",
  "text/rfc822-headers",
  "text/css",
  "text/csv",
  "text/vcard",
  "text/x-vcard",
]);

function partsText(
  attachments: readonly Attachment[],
  types: ReadonlySet<string>,
  wanted: (content: string) => string,
): string | null {
  const texts = attachments
    .filter((attachment) => types.has(attachment.mimeType))
    .slice(0, 20)
    .map((attachment) => wanted(decode(attachment.content)));
  return texts.length === 0 ? null : texts.join("\n\n").slice(0, REPORT_CHARACTERS_MAX);
}

function headerBlock(message: string): string {
  const text = message.trimStart();
  const end = text.indexOf("\n\n");
  return end === -1 ? text : text.slice(0, end);
}

function decode(content: Attachment["content"]): string {
  if (typeof content === "string") return withoutControls(content);
  const bytes = content instanceof Uint8Array ? content : new Uint8Array(content);
  return withoutControls(new TextDecoder().decode(bytes.subarray(0, REPORT_CHARACTERS_MAX)));
}

function sizeOf(content: Attachment["content"]): number {
  return typeof content === "string" ? content.length : content.byteLength;
}

function mailboxesOf(addresses: readonly Address[]): MailAddress[] {
  return addresses
    .flatMap((address) => address.group ?? [address])
    .filter((mailbox) => mailbox.address.includes("@"))
    .slice(0, ADDRESSES_MAX)
    .map((mailbox) => ({ name: oneLine(mailbox.name) || null, email: oneLine(mailbox.address) }));
}

function bareAddress(value: string): string {
  const [first] = addressParser(value, { flatten: true });
  return oneLine(first?.address ?? "");
}

function messageIdOf(value: string): string | null {
  const [first] = bracketedIds([value]);
  if (first !== undefined) return first;
  const bare = value.trim();
  return bare === "" || /[<>\s]/.test(bare) ? null : `<${bare}>`;
}

function bracketedIds(values: readonly string[]): string[] {
  const found = values.flatMap((value) => [...value.matchAll(/<[^<>\s]+>/g)].map((match) => match[0]));
  // The newest stand last, and these are the ones that can be ours.
  return [...new Set(found)].slice(-MESSAGE_IDS_MAX);
}

function dateOf(value: string | undefined): number | null {
  const time = value === undefined ? Number.NaN : Date.parse(value);
  return Number.isNaN(time) ? null : time;
}

function oneLine(value: string): string {
  return value.replace(/[\r\n\0]+/g, " ").trim();
}

function withoutControls(text: string): string {
  return text.replaceAll("\r\n", "\n").replaceAll("\r", "\n").replaceAll("\0", "");
}
