import { z } from "zod";
import { findAddressProblem } from "../../../core/mail/header-safety.ts";
import type { OutgoingMail } from "../../../core/mail/outgoing.ts";
import { withAsciiDomain } from "../ascii-domain.ts";

/** What is stored with the intent and sent at every try: who says it to whom, and the exact message. */
export type SmtpEnvelope = z.infer<typeof SmtpEnvelope>;

const SmtpEnvelope = z.object({
  envelopeFrom: z.string(),
  to: z.string(),
  /** The recipients in Cc and Bcc. */
  copies: z.array(z.string()),
  /** RFC 5322, CRLF line ends, not dot-stuffed. */
  raw: z.string(),
});

/** Domains are written in ASCII, as the servers on the way look them up; a recipient named twice is told once. */
export function makeEnvelope(mail: OutgoingMail, raw: string): SmtpEnvelope {
  const to = withAsciiDomain(mail.to.email);
  const copies = new Set([...mail.cc, ...mail.bcc].map(({ email }) => withAsciiDomain(email)));
  copies.delete(to);
  return {
    envelopeFrom: withAsciiDomain(mail.envelopeFrom),
    to,
    copies: [...copies],
    raw,
  };
}

export function writeEnvelope(envelope: SmtpEnvelope): string {
  return JSON.stringify(envelope);
}

/** Throws for a payload that `writeEnvelope` can't have written, and for an address that could inject a command. */
export function readEnvelope(payload: string): SmtpEnvelope {
  const envelope = SmtpEnvelope.parse(JSON.parse(payload));
  for (const email of [envelope.envelopeFrom, envelope.to, ...envelope.copies]) {
    const problem = findAddressProblem("An envelope address", email);
    if (problem !== null) throw new Error(problem);
  }
  return envelope;
}
