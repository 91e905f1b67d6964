import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };
const judge = (changes: Partial<InboundMail>) => classifyInbound(inboundMail(changes), OWN, 0);
const from = (name: string | null, email: string): Partial<InboundMail> => ({
  from: { name, email },
  envelopeFrom: email,
  headers: { from: [name === null ? email : `"${name}" <${email}>`] },
});
const FIRST = { inReplyTo: [], references: [] };

describe("a person whose name sounds like a mail server's is a person", () => {
  test.each<[string, Partial<InboundMail>]>([
    [
      "a carrier whose parcel came back",
      {
        ...from("Nordic Delivery Service", "delivery@nordic.example"),
        text: "Two crates could not be delivered to you. Is the gate open in the morning?",
      },
    ],
    [
      "a firm that writes from mail@ and tells of a lost mail",
      {
        ...from("Krause Dach", "mail@krause-dach.example"),
        ...FIRST,
        subject: "Ihr Angebot",
        text: "Ihre Mail von Montag konnte nicht zugestellt werden, das Postfach war voll. Bitte noch einmal.",
      },
    ],
    [
      "a firm that sells mail servers",
      {
        ...from("Borg Mail Systems", "eva@borg.example"),
        text: "I was unable to deliver my answer yesterday, our line was down. Tuesday is fine.",
      },
    ],
    [
      "a system administrator who answers",
      {
        ...from("Eva Borg, System Administrator", "eva@borg.example"),
        text: "The address that you wrote to: mailbox unavailable since May. I can help you as well.",
      },
    ],
    [
      "a postmaster who explains his server in a thread",
      {
        ...from("Eva, IT", "postmaster@borg.example"),
        headers: { from: ["postmaster@borg.example"], "user-agent": ["Mozilla Thunderbird"] },
        subject: "Mail delivery problem",
        text: "Our filter said 550 5.7.1 message blocked. It's mended, please send the offer again.",
      },
    ],
  ])("%s", (_name, changes) => {
    expect(judge(changes).kind).toBe("human");
  });
});

describe("from the same names a server's report is known by a second sign", () => {
  test.each<[string, Partial<InboundMail>]>([
    [
      "delivery@ without a way back",
      {
        ...from("Delivery Service", "delivery@mx.borg.example"),
        ...FIRST,
        envelopeFrom: "",
        headers: { from: ["delivery@mx.borg.example"], "return-path": ["<>"] },
        subject: "Undeliverable: Pallets",
        text: "Your message to kim@borg.example could not be delivered: user unknown.",
      },
    ],
    [
      "a system administrator with subject and text",
      {
        ...from("System Administrator", "postmaster@borg.example"),
        ...FIRST,
        subject: "Undeliverable: Pallets",
        text: "Your message did not reach kim@borg.example.",
      },
    ],
    [
      "a postmaster in the thread, with what the other server said",
      {
        ...from(null, "postmaster@borg.example"),
        subject: "Re: Pallets",
        text: "Your message could not be delivered to\n\n<kim@borg.example>\n550 5.1.1 user unknown",
      },
    ],
  ])("%s", (_name, changes) => {
    expect(judge(changes).kind).toBe("bounce");
  });
});
