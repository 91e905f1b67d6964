import type { InboundMail } from "../inbound.ts";
import { addressesIn } from "./addresses-in-text.ts";

/** A recipient that a text names as failed, with the lines that speak of it. */
export interface NamedRecipient {
  readonly recipient: string;
  readonly words: string;
}

/**
 * The failed recipients that a server's text names, for mail without the fields of RFC 3464: of X-Failed-Recipients, of
 * lines that begin with an address or label one, of any sentence with one, and at last whom the returned message was to.
 * The addresses of the mail's own sender and receiver don't count as long as there is another. `explanation` is the
 * text above the returned message (see `explanationOf`).
 */
export function namedRecipients(mail: InboundMail, explanation: string): readonly NamedRecipient[] {
  const lines = `${explanation}\n${(mail.attachedText ?? "").slice(0, ATTACHED_CHARACTERS_MAX)}`.split("\n");
  const header = addressesIn((mail.headers["x-failed-recipients"] ?? []).join(", "));
  if (header.length > 0) return header.map((recipient) => ({ recipient, words: wordsOf(lines, recipient) }));
  const mentions = mentionsIn(lines);
  const named = lowerSet(
    [...mail.to, ...mail.cc, ...(mail.from === null ? [] : [mail.from])].map(({ email }) => email),
  );
  const own = new Set([...named, ...ownAddresses(mail)]);
  const others = (known: ReadonlySet<string>): Mention[] =>
    mentions.filter(({ address }) => !known.has(address.toLowerCase()) && !isDaemon(address));
  // Who writes to himself is among his own addresses, and still the one who failed.
  const chosen = bestOf(others(own)) ?? bestOf(others(named)) ?? bestOf(mentions.filter(isFirm));
  if (chosen !== null) return chosen.map((recipient) => ({ recipient, words: wordsOf(lines, recipient) }));
  const returnedTo = recipientsOfReturned(mail);
  return returnedTo.slice(0, 1).map((recipient) => ({ recipient, words: explanation }));
}

const ATTACHED_CHARACTERS_MAX = 8_192;
const LINES_MAX = 600;
const WORDS_LINES_MAX = 12;
const WORDS_BEFORE_LINES_MAX = 2;

type Rank = "labelled" | "leading" | "mentioned" | "doubtful";
interface Mention {
  readonly address: string;
  readonly rank: Rank;
}

function mentionsIn(lines: readonly string[]): Mention[] {
  const mentions: Mention[] = [];
  for (const [index, line] of lines.slice(0, LINES_MAX).entries()) {
    if (!line.includes("@") || NOT_A_RECIPIENT.test(line)) continue;
    const before = lines[index - 1] ?? "";
    for (const address of addressesIn(line.slice(0, 1_000))) {
      const at = line.indexOf(address);
      const lead = line.slice(0, at);
      mentions.push({ address, rank: rankOf(lead, line.slice(at + address.length), before) });
    }
  }
  return mentions;
}

function rankOf(lead: string, tail: string, before: string): Rank {
  if (CONTACT.test(lead) || CONTACT.test(before.slice(-60))) return "doubtful";
  if (LABEL.test(lead)) return "labelled";
  // "ann@lead.example", "<ann@lead.example>: host …", "  * ann@lead.example ... unknown host"
  const isLeading = /^[\s>*•·|-]{0,20}["'<([]{0,3}(?:smtp:|mailto:)?$/i.test(lead);
  if (isLeading) return /^["'>)\]]{0,3}\s*(?:$|[:,;(<[–-]|\.{2,}|\s)/.test(tail) ? "leading" : "mentioned";
  return /(?:to|for|list|recipients?|address(?:es)?|an|à|para|a|do|für|user)[:\s]{1,3}["'<([]{0,3}$/i.test(lead)
    ? "mentioned"
    : "doubtful";
}

/** The best rank that there is; only addresses in front of a line may be several. */
function bestOf(mentions: readonly Mention[]): string[] | null {
  for (const rank of ["labelled", "leading", "mentioned", "doubtful"] as const) {
    const found = mentions.filter((mention) => mention.rank === rank).map(({ address }) => address);
    const unique = [...new Map(found.map((address) => [address.toLowerCase(), address])).values()];
    if (unique.length > 0) return rank === "labelled" || rank === "leading" ? unique : unique.slice(0, 1);
  }
  return null;
}

const LABEL =
  /(?:(?:failed|final|original|intended|bad|invalid|the following|rejected)?[ -]?(?:recipients?|addressees?)(?: address)?(?:\(s\))?|rcpt to|target mail address|mailbox|failed address|address(?:es)? failed|e-?mail address|destinataire|empfänger|destinatario|destinatário|ontvanger|odbiorca|адресат|получатель|宛先|收件人)\s{0,4}[:：=]{1,2}\s{0,20}["'<[(]{0,3}(?:smtp:|mailto:|rfc822;\s?)?$/iu;

/** Lines on whom to ask, and of the header of the mail that failed. */
const NOT_A_RECIPIENT =
  /^[\s>*|-]{0,12}(?:from|sender|mail from|return-path|reply-to|x-[a-z-]+|message-id|received|references|in-reply-to|de|von|da)\s?:|mail from:|envelope-from|message[- ]?id|^\s{0,8}(?:id|by|from) |\bfrom <|[?&][a-z]+=|https?:\/\/\S*@/i;
const CONTACT =
  /(?:contact|support|postmaster|questions?|assistance|help|e-?mail us|write to|administrator|reach us|kontakt|wenden|contacter|contacto|連絡|問い合わせ|联系)[^@]{0,60}$/iu;

function isDaemon(address: string): boolean {
  return /^(?:(?:mailer-daemon|postmaster|mail-daemon|mdaemon|abuse|helpdesk|support|hostmaster|webmaster)|[^@]*-(?:admin|request|owner|ctl|help|bounces?|subscribe|unsubscribe))@/i.test(
    address,
  );
}

/** What the servers on the way add, and who wrote the message that came back. */
function ownAddresses(mail: InboundMail): ReadonlySet<string> {
  const delivered = ["delivered-to", "x-original-to", "envelope-to"].flatMap((name) => mail.headers[name] ?? []);
  const returned = addressesIn(/^from:[^\n]{0,400}/im.exec(mail.returnedHeaders ?? "")?.[0] ?? "");
  return lowerSet([mail.envelopeTo, ...delivered.flatMap(addressesIn), ...returned]);
}

function lowerSet(addresses: readonly string[]): ReadonlySet<string> {
  return new Set(addresses.filter((address) => address !== "").map((address) => address.toLowerCase()));
}

function isFirm({ rank }: Mention): boolean {
  return rank === "labelled" || rank === "leading";
}

/** From the line that names the recipient to the next one that names another. */
function wordsOf(lines: readonly string[], recipient: string): string {
  const wanted = recipient.toLowerCase();
  const start = lines.findIndex((line) => line.toLowerCase().includes(wanted));
  if (start === -1) return lines.join("\n");
  // A few servers give the reason and then the address.
  const before = lines.slice(Math.max(0, start - WORDS_BEFORE_LINES_MAX), start).filter((line) => !line.includes("@"));
  const words = [...before, lines[start] ?? ""];
  for (const line of lines.slice(start + 1, start + WORDS_LINES_MAX)) {
    const others =
      line.includes("@") &&
      /^[\s*"<]{0,8}[^\s@<>]{1,64}@[^\s@<>]{1,128}/.test(line) &&
      !line.toLowerCase().includes(wanted);
    if (others) break;
    words.push(line);
  }
  return words.join("\n");
}

function recipientsOfReturned(mail: InboundMail): string[] {
  const field = /^(?:x-)?(?:original-to|envelope-to|to):((?:[^\n]|\n[ \t]){0,1000})/im;
  return addressesIn(field.exec(mail.returnedHeaders ?? "")?.[1] ?? field.exec(mail.text.slice(0, 65_536))?.[1] ?? "");
}
