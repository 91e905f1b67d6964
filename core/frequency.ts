import { FREE_MAIL_DOMAINS } from "./free-mail-domains.ts";

/** At most so many messages in so many days of 24 hours. */
export interface FrequencyLimit {
  readonly messages: number;
  readonly days: number;
}

/** How often a tenant writes to one person, and to one company, in all its cadences together; null for no bound. */
export interface FrequencyLimits {
  readonly person: FrequencyLimit | null;
  readonly company: FrequencyLimit | null;
}

const DAY_MS = 24 * 3600_000;

/** A limit's span in milliseconds. */
export function spanMs(limit: FrequencyLimit): number {
  return limit.days * DAY_MS;
}

/**
 * From when on one more message may leave, given the instants (ms) of those that count; `at` or before it: now. Any span of
 * the limit's length then has no more messages than the limit says. Instants after `at`, of another machine's clock, count too.
 */
export function freeAt(counted: readonly number[], at: number, limit: FrequencyLimit): number {
  const within = counted.filter((instant) => instant > at - spanMs(limit)).sort((a, b) => b - a);
  const last = within[limit.messages - 1];
  return last === undefined ? at : last + spanMs(limit);
}

/** The domain (in lower case) by which an address is a company's; null for an address that anybody may have. */
export function companyOf(email: string): string | null {
  const domain = email.slice(email.lastIndexOf("@") + 1).toLowerCase();
  return domain === "" || FREE_MAIL_DOMAINS.has(domain) ? null : domain;
}
