import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };

describe("a person is never swallowed", () => {
  test.each<[string, Partial<InboundMail>]>([
    ["an answer in English", { text: "Sounds good, call me on Friday." }],
    ["an answer in German", { text: "Gerne, passt Ihnen Donnerstag um 10?" }],
    ["an answer in French", { text: "Merci, envoyez-moi la brochure." }],
    ["an answer in Japanese", { text: "資料をお送りください。" }],
    ["a curt no", { text: "no" }],
    ["thanks", { text: "Thank you for your message!" }],
    [
      "who asks why his mail came back",
      {
        subject: "Your mail server",
        text: "My mail to you came back with 550 5.1.1 User unknown. Which address is right?",
      },
    ],
    [
      "who asks about a bounce message",
      {
        subject: "Undelivered Mail Returned to Sender - what is this?",
        text: "Hi Ann, I got this when I wrote to you:\n\n<ann@acme.example>: host mx.acme.example said: 550 5.1.1 User unknown\n\nCan you check? Lee",
        headers: { "user-agent": ["Mozilla Thunderbird"] },
        inReplyTo: [],
        references: [],
      },
    ],
    [
      "who forwards a whole bounce",
      {
        subject: "FW: Undeliverable: Pallets",
        text: "This came back, do you have another address?\n\nFrom: Mail Delivery System\nDelivery has failed to these recipients:\nkim@lead.example\n550 5.1.1 User unknown",
        inReplyTo: [],
        references: [],
      },
    ],
    ["who complains that mails bounce", { text: "Our mails to your support bounce with 'mailbox full'. Please fix." }],
    [
      "a mail admin with advice",
      { text: "Add the SPF record, then the 550 errors stop. The bounce says 'rejected due to DMARC policy'." },
    ],
    [
      "who quotes a delay notice",
      { text: "I got 'Delayed Mail (still being retried)' for my last mail, did you get it?" },
    ],
    [
      "a postmaster who answers",
      { from: { name: "Lee", email: "postmaster@lead.example" }, text: "Happy to talk. Which day?" },
    ],
    [
      "a support person",
      {
        from: { name: "Kim", email: "support@lead.example" },
        text: "Kim here. We use two vendors for that today, happy to compare. When suits you?",
      },
    ],
    ["on holiday, who answers all the same", { text: "I'm on vacation until Monday, let's talk on Tuesday." }],
    [
      "back from holiday",
      { text: "Sorry for the late reply, I was out of the office last week. Please send the deck." },
    ],
    ["who has no time now", { text: "I am travelling this week. Please ping me next Monday." }],
    ["who passes it on", { text: "I no longer work on this. I've forwarded your mail to Kim, who will be in touch." }],
    ["who names a colleague", { text: "Kim is the right person for that: kim@lead.example." }],
    [
      "who was told to confirm",
      { text: "Please confirm that you received the order, and verify the address on it: https://lead.example/o/7" },
    ],
    [
      "who got our mail and asks us to confirm",
      { text: "I received your email. Could you confirm your availability for Thursday? More at https://lead.example" },
    ],
    [
      "who wants to know whom he talks to",
      { text: "Please confirm that you are the right contact and send the message to Kim too. https://lead.example" },
    ],
    [
      "who sends a link to click",
      {
        text: "Please click the link below to see the form, enter your data, and confirm the date: https://lead.example/f",
      },
    ],
    [
      "who tells that our mail was held back",
      {
        text: "Your message was held in quarantine until our admin released it, sorry. Let's talk: https://lead.example",
      },
    ],
    ["who talks of waiting mail", { text: "Your message was waiting in my junk folder. Thursday works." }],
    [
      "who talks of read receipts",
      {
        subject: "Read: the new contract",
        text: "I read it on the train. Two questions: the term, and the notice period.",
      },
    ],
    ["who accepts by words", { subject: "Accepted: your offer", text: "We accept. Send the contract." }],
    [
      "who writes of complaints",
      { subject: "Complaint about the last delivery", text: "Two pallets were broken. What now?" },
    ],
    ["a Re: to an automatic reply", { subject: "Re: Automatic reply: Pallets", text: "I am back. Thursday at ten?" }],
    [
      "an AW: to an absence",
      { subject: "AW: Abwesenheitsnotiz: Paletten", text: "Bin wieder da. Donnerstag um zehn?" },
    ],
    [
      "a list post",
      {
        headers: { "list-id": ["<sales.lead.example>"], "list-post": ["<mailto:sales@lead.example>"] },
        inReplyTo: [],
        references: [],
        subject: "Pallets again",
        text: "Has anybody used them?",
      },
    ],
    [
      "who attaches a message",
      { returnedHeaders: "From: ann@acme.example\nMessage-ID: <x@acme.example>", text: "See attached." },
    ],
    ["who asks for a receipt", { headers: { "disposition-notification-to": ["lee@lead.example"] } }],
    ["a mailbox called bounce", { from: { name: "Lee", email: "lee.bounceman@lead.example" }, text: "Yes." }],
  ])("%s", (_name, changes) => {
    expect(classifyInbound(inboundMail(changes), OWN, 0).kind).toBe("human");
  });

  test("and whom we doubt we show: below 0.8, with the signs", () => {
    const doubted = classifyInbound(
      inboundMail({
        subject: "Undeliverable: Pallets",
        text: "550 5.1.1 User unknown",
        headers: { "user-agent": ["Thunderbird"] },
      }),
      OWN,
      0,
    );
    expect(doubted).toMatchObject({ kind: "human" });
    expect(doubted.confidence).toBeLessThan(0.8);
    expect(doubted.evidence).toContain("failure_subject");
  });
});
