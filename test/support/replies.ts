import type { InboundReply } from "../../core/events.ts";

let count = 0;

/** A person's reply, as `email()` hands it over once it was matched by its token. */
export function humanReply(text: string, more: Partial<InboundReply> = {}): InboundReply {
  count += 1;
  return {
    id: `inb_test${count}`,
    at: 0,
    messageId: `<reply-${count}@lead.example>`,
    inReplyTo: [],
    references: [],
    from: "jane@lead.example",
    to: "rtoken@reply.drafthook.test",
    subject: "Re: A question",
    text,
    cleanText: text,
    quotedText: "",
    classification: { kind: "human", subtype: null, confidence: 0.95, evidence: [] },
    matchedBy: "token",
    tokenValid: true,
    rawKey: "none",
    ...more,
  };
}
