import type { InboundMail } from "../../core/mail/inbound.ts";

/** A plain answer from a person, with whatever a test wants to be different. */
export function inboundMail(changes: Partial<InboundMail> = {}): InboundMail {
  return {
    envelopeFrom: "lee@lead.example",
    envelopeTo: "r1aebagbafaydqqcikmfrggzdfmztwq2lk@reply.drafthook.test",
    messageId: "<answer-1@lead.example>",
    inReplyTo: ["<step-1@reply.drafthook.test>"],
    references: ["<step-1@reply.drafthook.test>"],
    from: { name: "Lee", email: "lee@lead.example" },
    to: [],
    cc: [],
    subject: "Re: Pallets that come back",
    date: null,
    text: "Sounds good, call me on Friday.",
    html: null,
    headers: {},
    contentTypes: ["text/plain"],
    deliveryStatus: null,
    returnedHeaders: null,
    machineReport: null,
    calendar: null,
    attachedText: null,
    bodyMessageIds: [],
    attachments: [],
    sizeBytes: 1_000,
    partial: false,
    ...changes,
  };
}
