/**
 * Under this name each message carries its reference at a provider, in whatever that calls tags, metadata or variables:
 * it is found by it in their records, and named by it in their events. Recipients don't see it.
 */
export const REFERENCE_FIELD = "drafthook";

/**
 * The Message-ID without its domain: that is the send key (core/mail/build-mail.ts), so it is one message's alone, of
 * letters, digits and hyphens, and under the 80 characters that Postmark takes, however long the domain is.
 */
export function referenceOf(messageId: string): string {
  const at = messageId.lastIndexOf("@");
  return messageId.slice(1, at === -1 ? -1 : at);
}
