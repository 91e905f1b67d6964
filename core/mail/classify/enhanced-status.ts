import type { BounceReason } from "../inbound.ts";

/**
 * What an enhanced status code says by itself (RFC 3463, the IANA registry, and what the large providers use it for).
 * Null for the vague ones (x.0.0, x.5.0, x.9.9), of which only the words beside them can tell more.
 */
export function reasonByStatus(status: string): BounceReason | null {
  const [, subject = "", detail = ""] = status.split(".");
  const key = `${subject}.${detail}`;
  return REASONS.get(key) ?? REASONS_BY_SUBJECT.get(subject) ?? null;
}

const REASONS: ReadonlyMap<string, BounceReason> = new Map([
  ["1.0", "user_unknown"],
  ["1.1", "user_unknown"],
  ["1.2", "domain_unknown"],
  ["1.3", "user_unknown"],
  ["1.4", "filtered"],
  ["1.5", "unknown"],
  ["1.6", "moved"],
  ["1.7", "sender_rejected"],
  ["1.8", "sender_rejected"],
  ["1.9", "server_error"],
  // RFC 7505 gave it to the null MX, Microsoft to a recipient that isn't there.
  ["1.10", "domain_takes_no_mail"],
  ["1.20", "restricted"],
  ["1.90", "rate_limited"],
  ["1.351", "user_unknown"],
  ["2.0", "filtered"],
  ["2.1", "mailbox_disabled"],
  ["2.2", "mailbox_full"],
  ["2.3", "message_too_large"],
  ["2.4", "restricted"],
  ["3.0", "server_error"],
  ["3.1", "server_error"],
  ["3.2", "server_error"],
  ["3.3", "server_error"],
  ["3.4", "message_too_large"],
  ["3.5", "server_error"],
  ["4.0", "network_error"],
  ["4.1", "expired"],
  ["4.2", "network_error"],
  ["4.3", "server_error"],
  ["4.4", "domain_unknown"],
  ["4.5", "rate_limited"],
  ["4.6", "loop"],
  ["4.7", "expired"],
  ["4.8", "loop"],
  ["4.14", "loop"],
  ["4.300", "expired"],
  // Microsoft: the domain isn't in the DNS; the recipient's organisation doesn't know the address.
  ["4.310", "domain_unknown"],
  ["4.312", "network_error"],
  ["4.316", "expired"],
  ["6.0", "content_rejected"],
  ["6.7", "restricted"],
  ["7.25", "blocked"],
  ["7.26", "authentication"],
  ["7.20", "authentication"],
  ["7.21", "authentication"],
  ["7.22", "authentication"],
  ["7.23", "authentication"],
  ["7.27", "domain_takes_no_mail"],
  ["7.28", "rate_limited"],
  ["7.64", "relaying_denied"],
  ["7.515", "authentication"],
]);

const REASONS_BY_SUBJECT: ReadonlyMap<string, BounceReason> = new Map([
  ["6", "content_rejected"],
  ["7", "policy"],
]);
