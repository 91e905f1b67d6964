import { utf8Bytes } from "../utf8.ts";
import type { MailAddress, OutgoingMail } from "./outgoing.ts";

/** RFC 5321 section 4.5.3.1.3: a path is 256 octets, its angle brackets included. */
const ADDRESS_OCTETS_MAX = 254;

/**
 * Says why `value` must not stand in the header or SMTP command named `field`, or null when it may.
 * A line break would start a header or a command of the attacker's choice; the other control characters are read as
 * line breaks or as the end of the text by some server on the way.
 */
export function findHeaderInjection(field: string, value: string): string | null {
  for (let at = 0; at < value.length; at += 1) {
    const name = nameOfForbidden(value, at);
    if (name !== null) return `${field} holds ${name} at position ${at}, which must not stand in a header.`;
  }
  return null;
}

/**
 * Says why `email` can't be the plain `local@domain` that we send to, or null when it can. Quoted local parts, comments
 * and route addresses are refused: hardly any mailbox has them, and each is a way to smuggle a second address. Letters
 * outside ASCII pass (RFC 6531); the transport decides whether the far side takes them.
 */
export function findAddressProblem(field: string, email: string): string | null {
  const injection = findHeaderInjection(field, email);
  if (injection !== null) return injection;
  if (/\s/u.test(email)) return `${field} holds a space.`;
  const special = /[<>()[\]\\,;:"]/u.exec(email);
  if (special !== null) return `${field} holds ${special[0]}, which a plain address has not.`;
  const parts = email.split("@");
  if (parts.length !== 2) return `${field} must have one @.`;
  const [local = "", domain = ""] = parts;
  if (local === "" || domain === "") return `${field} must have something on both sides of the @.`;
  if (domain.startsWith(".") || domain.endsWith(".") || domain.includes(".."))
    return `${field} has an empty label in its domain.`;
  if (domain.startsWith("-") || /[^\p{L}\p{M}\p{N}.-]/u.test(domain))
    return `${field} has a domain that no mail server can have.`;
  if (utf8Bytes(email) > ADDRESS_OCTETS_MAX) return `${field} is longer than ${ADDRESS_OCTETS_MAX} octets.`;
  return null;
}

/** Every reason why this mail must not be composed, one sentence each; empty for a mail that is safe to encode. */
export function checkOutgoingMail(mail: OutgoingMail): string[] {
  return [
    ...checkMailbox("From", mail.from),
    ...checkMailbox("To", mail.to),
    ...mail.cc.flatMap((address) => checkMailbox("Cc", address)),
    ...mail.bcc.flatMap((address) => checkMailbox("Bcc", address)),
    ...checkMailbox("Reply-To", mail.replyTo),
    ...present(findAddressProblem("The envelope sender", mail.envelopeFrom)),
    ...present(findHeaderInjection("Subject", mail.subject)),
    ...present(findMessageIdProblem("Message-ID", mail.messageId)),
    ...(mail.inReplyTo === null ? [] : present(findMessageIdProblem("In-Reply-To", mail.inReplyTo))),
    ...mail.references.flatMap((id) => present(findMessageIdProblem("References", id))),
    ...(Number.isSafeInteger(mail.date) && mail.date >= 0 ? [] : ["Date must be milliseconds since the epoch."]),
    ...checkHeaders(mail.headers),
    ...(mail.text.includes("\0") || mail.html?.includes("\0") ? ["The body holds NUL, which mail can't carry."] : []),
  ];
}

function checkMailbox(field: string, address: MailAddress): string[] {
  const name = address.name === null ? null : findHeaderInjection(`The name in ${field}`, address.name);
  return [...present(name), ...present(findAddressProblem(`The address in ${field}`, address.email))];
}

/** A line holds 998 octets (RFC 5322 section 2.1.1) and an id can't be folded; so much is left beside the header's name. */
const MESSAGE_ID_OCTETS_MAX = 900;

/** Whether a Message-ID that somebody else chose, angle brackets included, may stand in In-Reply-To and References. */
export function mayStandInThread(id: string): boolean {
  return findMessageIdProblem("References", id) === null;
}

/** Ids of other systems need not be tidy (some have no @), but they are one word of ASCII between angle brackets. */
function findMessageIdProblem(field: string, id: string): string | null {
  const injection = findHeaderInjection(field, id);
  if (injection !== null) return injection;
  if (id.length > MESSAGE_ID_OCTETS_MAX) return `${field} is longer than ${MESSAGE_ID_OCTETS_MAX} octets.`;
  return /^<[!-;=?-~]+>$/u.test(id) ? null : `${field} must be one id in angle brackets.`;
}

const HEADER_NAME = /^(?:x-[a-z0-9_-]+|list-[a-z-]+|auto-submitted|precedence)$/u;

function checkHeaders(headers: OutgoingMail["headers"]): string[] {
  const names = Object.keys(headers).map((name) => name.toLowerCase());
  const repeated = names.filter((name, at) => names.indexOf(name) !== at);
  return [
    ...Object.entries(headers).flatMap(([name, value]) =>
      HEADER_NAME.test(name.toLowerCase())
        ? present(findHeaderInjection(name, value))
        : [`${printable(name)} is not a header that may be added: only X-*, List-*, Auto-Submitted and Precedence.`],
    ),
    ...repeated.map((name) => `${name} stands twice.`),
  ];
}

/** C0, DEL, C1 (NEL is a line break), Unicode's own line breaks, and half of a surrogate pair, which has no encoding. */
function nameOfForbidden(value: string, at: number): string | null {
  const unit = value.charCodeAt(at);
  if (unit === 0x0d) return "a carriage return";
  if (unit === 0x0a) return "a line feed";
  if (unit === 0) return "NUL";
  if (unit < 0x20 || (unit >= 0x7f && unit <= 0x9f) || unit === 0x2028 || unit === 0x2029) {
    return `the control character U+${unit.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  const loneHigh = isHigh(unit) && !isLow(value.charCodeAt(at + 1));
  const loneLow = isLow(unit) && !isHigh(value.charCodeAt(at - 1));
  return loneHigh || loneLow ? "half of a surrogate pair" : null;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

function printable(text: string): string {
  return JSON.stringify(text);
}

function present(problem: string | null): string[] {
  return problem === null ? [] : [problem];
}
