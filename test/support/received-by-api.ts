import addressparser from "nodemailer/lib/addressparser";
import type { ReceivedAddress, ReceivedMail } from "./received-mail.ts";

/** The mail that a provider's API makes of a request: it sets the envelope sender and the date itself. */
export function receivedByApi(
  mail: Pick<ReceivedMail, "from" | "to" | "cc" | "replyTo" | "subject" | "text" | "html" | "messageId" | "raw"> & {
    readonly bcc: readonly ReceivedAddress[];
    /** By lower-case name. */
    readonly headers: Readonly<Record<string, string>>;
  },
): ReceivedMail {
  const { bcc, ...shown } = mail;
  return {
    ...shown,
    envelopeFrom: null,
    envelopeTo: [...mail.to, ...mail.cc, ...bcc].map(({ email }) => email),
    inReplyTo: mail.headers["in-reply-to"] ?? null,
    references: mail.headers["references"]?.split(" ") ?? [],
    date: null,
    headerNames: Object.keys(mail.headers),
  };
}

/** One mailbox or a list of them, read by a parser that isn't ours. */
export function parseAddresses(value: unknown): ReceivedAddress[] {
  return [value ?? []]
    .flat()
    .flatMap((text) => addressparser(String(text), { flatten: true }))
    .map(({ name, address }) => ({ name, email: address }));
}
