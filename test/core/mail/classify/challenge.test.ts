import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../../core/mail/classify.ts";
import type { InboundMail } from "../../../../core/mail/inbound.ts";
import { inboundMail } from "../../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: [], ownAddresses: [] };

describe("a gate-keeper holds our mail until its sender proves to be a person", () => {
  test.each<[string, Partial<InboundMail>]>([
    [
      "Boxbe",
      {
        from: { name: "Boxbe", email: "notifications@boxbe.example" },
        subject: "Lee (Action Required)",
        text: 'Your message about "Pallets" was waitlisted. Please add yourself to my Guest List so your messages will be delivered: https://www.boxbe.com/a/1',
      },
    ],
    [
      "Spam Arrest",
      {
        from: { name: null, email: "lee@spamarrest.example" },
        subject: "Re: Pallets (verification required)",
        text: "Just this once, click the link below so I can receive your emails. You won't have to do this again: https://spamarrest.example/1",
      },
    ],
    [
      "TMDA",
      {
        headers: { "x-tmda-fingerprint": ["abc"], "auto-submitted": ["auto-replied"] },
        from: { name: "Lee", email: "lee-confirm-1@lead.example" },
        subject: "Please confirm your message",
        text: "This message was created automatically by mail delivery software (TMDA). Your message is being held because the address has not been verified. To release your message for delivery, please send an empty message to the following address.",
      },
    ],
    [
      "EarthLink",
      {
        subject: "Re: Pallets",
        text: "I apologize for this automatic reply to your email. To control spam, I now allow incoming messages only from senders I have approved beforehand. If you would like to be added to my list of approved senders, please fill out the short request form: https://webmail.earthlink.example/1",
        headers: { "auto-submitted": ["auto-replied"] },
      },
    ],
    [
      "French",
      {
        subject: "Votre message est en attente",
        text: "C'est la première fois que vous m'écrivez. Pour que votre message soit remis, confirmez que vous n'êtes pas un robot : https://gate.example/1",
        headers: { "auto-submitted": ["auto-generated"] },
      },
    ],
    [
      "German",
      {
        subject: "Bestätigung erforderlich",
        text: "Ihre Nachricht wurde zurückgehalten. Bitte bestätigen Sie Ihren Absender unter https://gate.example/1",
      },
    ],
    [
      "Spanish",
      {
        subject: "Confirme su mensaje",
        text: "Su mensaje está retenido. Confirme que usted es una persona: https://gate.example/1",
        headers: { "auto-submitted": ["auto-replied"] },
      },
    ],
    [
      "Portuguese",
      {
        subject: "AntiSpam UOL - Confirmação",
        text: "Sua mensagem foi retida. Para que seja entregue, confirme o envio em https://gate.example/1",
        headers: { "auto-submitted": ["auto-replied"] },
      },
    ],
    [
      "any other",
      {
        subject: "Sender verification",
        text: "Your email is being held until you verify that you are human: https://gate.example/1",
      },
    ],
  ])("%s", (_vendor, changes) => {
    expect(classifyInbound(inboundMail(changes), OWN, 0).kind).toBe("challenge_response");
  });

  test("a colleague who asks to confirm an order is none", () => {
    const text = "Please confirm the order and verify your delivery address here: https://lead.example/o/7";
    expect(classifyInbound(inboundMail({ text }), OWN, 0).kind).toBe("human");
  });

  test("a bounce that tells how to be let in is a bounce", () => {
    const bounce = inboundMail({
      from: { name: null, email: "mailer-daemon@lead.example" },
      subject: "failure notice",
      text: "<lee@lead.example>:\n550 5.7.1 Your message was not delivered. To confirm that you are not a spammer visit https://lead.example/1\n\n--- Below this line is a copy of the message.\n",
      inReplyTo: [],
      references: [],
    });
    expect(classifyInbound(bounce, OWN, 0).kind).toBe("bounce");
  });
});
