import { bounceAsServer } from "../../core/mail/bounce-as-server.ts";
import { toHex } from "../crypto/bytes.ts";
import { composeMime } from "./mime.ts";
import { readMessage } from "./read-message.ts";

/** A mail on its way in: as it would be brought to our door. */
export interface MailToUs {
  readonly envelopeFrom: string;
  readonly envelopeTo: string;
  readonly raw: string;
}

/** A message of ours, whom it went to, and when it is answered (ms). */
export interface AnsweredMessage {
  readonly raw: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly now: number;
}

/** What a lead writes back. */
export interface LeadsWords {
  readonly kind: "reply" | "out_of_office";
  readonly text: string;
  readonly html: string | null;
  /** Null: as a mail program makes it. */
  readonly subject: string | null;
}

/** A lead's answer, as a mail program writes it: to our reply address, in the thread, our words quoted under theirs. */
export async function replyAsLead(message: AnsweredMessage, words: LeadsWords): Promise<MailToUs> {
  const { messageId, references, replyTo, text } = await readMessage(message.raw);
  const to = replyTo ?? message.from;
  const isAway = words.kind === "out_of_office";
  const quoted = (text ?? "").trimEnd().replaceAll(/^/gm, "> ");
  const when = new Date(message.now).toUTCString();
  const raw = await composeMime({
    from: { name: null, email: message.to },
    to: { name: null, email: to },
    cc: [],
    bcc: [],
    replyTo: { name: null, email: message.to },
    envelopeFrom: message.to,
    subject: words.subject ?? `${isAway ? "Automatic reply: " : "Re: "}${message.subject}`,
    // Who is away quotes nothing.
    text: isAway ? words.text : `${words.text}\n\nOn ${when}, ${message.from} wrote:\n${quoted}\n`,
    html: words.html,
    messageId: newMessageId(message.to),
    inReplyTo: messageId,
    references: [...references, ...(messageId === null ? [] : [messageId])],
    date: message.now,
    headers: isAway ? { "Auto-Submitted": "auto-replied", "X-Auto-Response-Suppress": "All" } : {},
  });
  return { envelopeFrom: message.to, envelopeTo: to, raw };
}

/** The notice of the lead's mail server that our message could not be delivered. */
export async function bounceAsLeadsServer(message: AnsweredMessage, kind: "hard" | "soft"): Promise<MailToUs> {
  const { replyTo } = await readMessage(message.raw);
  const to = replyTo ?? message.from;
  const raw = bounceAsServer({
    from: `mailer-daemon@${domainOf(message.to)}`,
    to,
    recipient: message.to,
    headers: message.raw.slice(0, Math.max(message.raw.indexOf("\r\n\r\n"), 0)),
    kind,
    messageId: newMessageId(message.to),
    date: new Date(message.now).toUTCString().replace("GMT", "+0000"),
    boundary: `report-${random()}`,
  });
  return { envelopeFrom: "", envelopeTo: to, raw };
}

/** Where List-Unsubscribe of the message leads (RFC 8058); null where it has none. */
export async function unsubscribeUrlOf(raw: string): Promise<string | null> {
  const { headers } = await readMessage(raw);
  const header = headers.find(({ name }) => name.toLowerCase() === "list-unsubscribe");
  return /<(https?:\/\/[^>\s]+)>/.exec(header?.value ?? "")?.[1] ?? null;
}

function newMessageId(of: string): string {
  return `<sandbox-${random()}@${domainOf(of)}>`;
}

function random(): string {
  return toHex(crypto.getRandomValues(new Uint8Array(12)));
}

/** In ASCII, as an id wants it. */
function domainOf(address: string): string {
  return URL.parse(`http://${address.slice(address.lastIndexOf("@") + 1)}`)?.hostname ?? "lead.example";
}
