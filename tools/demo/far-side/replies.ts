import { randomBytes, randomUUID } from "node:crypto";
import type { SeenMail } from "./report.ts";

/** A mail that a recipient sends back: the envelope and the raw MIME, and what is new in it. */
export interface Reply {
  readonly kind: "person" | "out_of_office";
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly raw: string;
  readonly messageId: string;
  readonly text: string;
}

/** As Gmail on the web answers: text and HTML in base64, the message before quoted in both, the thread in References. */
export function gmailReply(mail: SeenMail): Reply {
  const text = "Thursday at 10 works – bring the “short version”, please.\n謝謝！\n\nChloé";
  const said = `On ${gmailDate(mail.at)} ${sender(mail).name} <${sender(mail).email}> wrote:`;
  const quoted = mail.text
    .trimEnd()
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");
  const html = `<div dir="ltr">${lines(text)}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${escaped(said)}<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${lines(mail.text)}</blockquote></div>`;
  const boundary = `000000000000${randomBytes(8).toString("hex")}`;
  const messageId = `<CA${randomBytes(24).toString("base64url")}@mail.gmail.com>`;
  const head = [
    "MIME-Version: 1.0",
    `References: ${[...mail.references, mail.messageId].join("\r\n ")}`,
    `In-Reply-To: ${mail.messageId}`,
    `From: ${phrase(recipient(mail).name)} <${recipient(mail).email}>`,
    `Date: ${rfc5322Date(Date.now())}`,
    `Message-ID: ${messageId}`,
    `Subject: ${phrase(`Re: ${mail.subject.replace(/^Re: /, "")}`)}`,
    `To: ${phrase(replyTo(mail).name)} <${replyTo(mail).email}>`,
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ];
  const parts = [
    ["plain", `${text}\n\n${said}\n\n${quoted}\n`],
    ["html", html],
  ].map(
    ([type, content = ""]) =>
      `--${boundary}\r\nContent-Type: text/${type}; charset="UTF-8"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64Lines(content)}\r\n`,
  );
  const raw = `${head.join("\r\n")}\r\n\r\n${parts.join("")}--${boundary}--\r\n`;
  return { kind: "person", envelopeFrom: recipient(mail).email, envelopeTo: replyTo(mail).email, raw, messageId, text };
}

/** As Exchange answers for somebody who is away: no envelope sender, HTML only, and its own headers. */
export function exchangeOutOfOffice(mail: SeenMail): Reply {
  const text = "I am out of the office at the moment, with little access to mail.";
  const messageId = `<${randomUUID().replaceAll("-", "")}@DB9PR05MB0003.eurprd05.prod.outlook.example>`;
  const head = [
    `From: ${phrase(recipient(mail).name)} <${recipient(mail).email}>`,
    `To: ${phrase(replyTo(mail).name)} <${replyTo(mail).email}>`,
    `Subject: ${phrase(`Automatic reply: ${mail.subject}`)}`,
    `Date: ${rfc5322Date(Date.now())}`,
    `Message-ID: ${messageId}`,
    `References: ${mail.messageId}`,
    `In-Reply-To: ${mail.messageId}`,
    "X-Auto-Response-Suppress: All",
    `X-MS-Exchange-Inbox-Rules-Loop: ${recipient(mail).email}`,
    "auto-submitted: auto-generated",
    "x-ms-exchange-generated-message-source: Mailbox Rules Agent",
    "MIME-Version: 1.0",
    'Content-Type: text/html; charset="utf-8"',
    "Content-Transfer-Encoding: base64",
  ];
  const html = `<html><head><style>p { margin: 0 }</style></head><body>\n<p>Hello,</p><p>${text}</p>\n</body></html>\n`;
  return {
    kind: "out_of_office",
    envelopeFrom: "<>",
    envelopeTo: replyTo(mail).email,
    raw: `${head.join("\r\n")}\r\n\r\n${base64Lines(html)}\r\n`,
    messageId,
    text,
  };
}

const NOBODY = { name: "", email: "" };

function sender(mail: SeenMail) {
  return mail.from[0] ?? NOBODY;
}

function recipient(mail: SeenMail) {
  return mail.to[0] ?? NOBODY;
}

function replyTo(mail: SeenMail) {
  return mail.replyTo[0] ?? NOBODY;
}

/** Encoded words (RFC 2047) of at most 30 characters each, cut between characters and never inside one. */
function phrase(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return /^[\w .:-]*$/.test(text) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
  const characters = [...text];
  const words: string[] = [];
  for (let start = 0; start < characters.length; start += 10)
    words.push(`=?UTF-8?B?${Buffer.from(characters.slice(start, start + 10).join("")).toString("base64")}?=`);
  return words.join("\r\n ");
}

function base64Lines(text: string): string {
  return (
    Buffer.from(text.replaceAll("\n", "\r\n"))
      .toString("base64")
      .match(/.{1,76}/g) ?? []
  ).join("\r\n");
}

function lines(text: string): string {
  return escaped(text.trimEnd()).replaceAll("\n", "<br>");
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function rfc5322Date(at: number): string {
  return new Date(at).toUTCString().replace("GMT", "+0000");
}

function gmailDate(at: number): string {
  const options = {
    weekday: "short",
    month: "short",
    day: "numeric",
    year: "numeric",
    hour: "numeric",
    minute: "2-digit",
    timeZone: "UTC",
  } as const;
  return new Intl.DateTimeFormat("en-US", options).format(at).replace(/, (\d+:)/, " at $1");
}
