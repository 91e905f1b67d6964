import { findAddressProblem } from "./mail/header-safety.ts";

/** Whom a suppression stands for; `value` in lower case, a domain without its `@`. */
export interface SuppressedValue {
  readonly scope: "address" | "domain";
  readonly value: string;
}

/** Why somebody is not written to. */
export type SuppressionReason = "unsubscribed" | "bounced" | "complained" | "manual";

/** The note by which an enrollment suppresses its lead's address; the log's projection reads it. `detail` is `{ address, reason }`. */
export const ADDRESS_SUPPRESSED = "address_suppressed";

/** Reads what a person wrote: an address, a domain, or `@domain`. Null for what is neither. */
export function readSuppressed(text: string): SuppressedValue | null {
  const value = text.trim().toLowerCase();
  const at = value.lastIndexOf("@");
  if (at > 0) return findAddressProblem("value", value) === null ? { scope: "address", value } : null;
  const domain = value.slice(at + 1);
  return domain.includes(".") && findAddressProblem("value", `a@${domain}`) === null
    ? { scope: "domain", value: domain }
    : null;
}
