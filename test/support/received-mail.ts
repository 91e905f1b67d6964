import { type AddressObject, simpleParser } from "mailparser";

/** A mail as the far side got it, read by mailparser: by none of our code, and not by the library that wrote it. */
export interface ReceivedMail {
  /** Null where the transport sets its own. */
  readonly envelopeFrom: string | null;
  /** Null where there is no envelope to see. */
  readonly envelopeTo: readonly string[] | null;
  readonly from: ReceivedAddress | null;
  readonly to: readonly ReceivedAddress[];
  readonly cc: readonly ReceivedAddress[];
  readonly replyTo: readonly ReceivedAddress[];
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** Milliseconds since the epoch; null where the transport sets its own. */
  readonly date: number | null;
  /** Lower-case names of all headers. */
  readonly headerNames: readonly string[];
  /** The headers beyond the standard ones, as text by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  /** The octets as they came, one character each; empty where there are none to see. */
  readonly raw: string;
}

export interface ReceivedAddress {
  readonly name: string;
  readonly email: string;
}

export async function readMail(
  raw: Buffer,
  envelopeFrom: string | null,
  envelopeTo: readonly string[] | null,
): Promise<ReceivedMail> {
  const mail = await simpleParser(raw, { skipTextToHtml: true, skipHtmlToText: true });
  const references = mail.references ?? [];
  return {
    envelopeFrom,
    envelopeTo,
    from: addresses(mail.from)[0] ?? null,
    to: addresses(mail.to),
    cc: addresses(mail.cc),
    replyTo: addresses(mail.replyTo),
    subject: mail.subject ?? "",
    text: (mail.text ?? "").replace(/\r\n/g, "\n"),
    html: mail.html === false ? null : mail.html,
    messageId: mail.messageId ?? null,
    inReplyTo: mail.inReplyTo ?? null,
    references: typeof references === "string" ? [references] : references,
    date: mail.date?.getTime() ?? null,
    headerNames: mail.headerLines.map(({ key }) => key),
    headers: Object.fromEntries(mail.headerLines.map(({ key, line }) => [key, unfold(line)])),
    raw: raw.toString("latin1"),
  };
}

function addresses(field: AddressObject | AddressObject[] | undefined): ReceivedAddress[] {
  return [field ?? []]
    .flat()
    .flatMap(({ value }) => value.map(({ name, address }) => ({ name, email: address ?? "" })));
}

function unfold(line: string): string {
  return line
    .slice(line.indexOf(":") + 1)
    .replace(/\r?\n/g, "")
    .trim();
}
