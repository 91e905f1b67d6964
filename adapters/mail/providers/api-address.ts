import type { MailAddress } from "../../../core/mail/outgoing.ts";
import { withAsciiDomain } from "../ascii-domain.ts";

/**
 * A mailbox as providers' APIs take it: `Name <email>`, the name between quotes as soon as a reader could take a part of it
 * for something else (RFC 5322 section 3.2.4).
 */
export function apiAddress({ name, email }: MailAddress): string {
  const plain = withAsciiDomain(email);
  if (name === null || name.trim() === "") return plain;
  const shown = /^[\p{L}\p{M}\p{N} '_-]+$/u.test(name) ? name : `"${name.replace(/["\\]/g, "\\$&")}"`;
  return `${shown} <${plain}>`;
}

/** The address in what `apiAddress` wrote. */
export function emailIn(address: string): string {
  return /<([^<>]*)>$/.exec(address)?.[1] ?? address;
}
