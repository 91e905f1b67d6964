import type { OutgoingMail } from "../../core/mail/outgoing.ts";

/** A first message with every field in use; cases change what they are about. */
export function sampleMail(changes: Partial<OutgoingMail> = {}): OutgoingMail {
  return {
    from: { name: "Ada Lovelace", email: "ada@sender.example" },
    to: { name: "Charles Babbage", email: "charles@lead.example" },
    cc: [],
    bcc: [],
    replyTo: { name: null, email: "r1abcdefghijklmnopqrstuvwxyz234567@reply.sender.example" },
    envelopeFrom: "r1abcdefghijklmnopqrstuvwxyz234567@reply.sender.example",
    subject: "The engine",
    text: "Dear Charles,\n\nhow does the engine do?\n\nAda\n",
    html: null,
    messageId: "<step-1@sender.example>",
    inReplyTo: null,
    references: [],
    date: Date.UTC(2026, 10, 20, 9, 30),
    headers: {},
    ...changes,
  };
}
