import { domainToUnicode } from "node:url";
import { withAsciiDomain } from "./ascii-domain.ts";

/** An address (in lower case) as it is, with its domain in ASCII, and with its domain in Unicode: all reach the same mailbox. */
export function spellingsOf(email: string): readonly string[] {
  const at = email.lastIndexOf("@");
  const unicode = `${email.slice(0, at + 1)}${domainToUnicode(email.slice(at + 1))}`;
  return [...new Set([email, withAsciiDomain(email), unicode])];
}
