import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../core/mail/classify.ts";
import { inboundMail } from "../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: ["reply.drafthook.test"], ownAddresses: ["anna@outreach.drafthook.test"] };

describe("a person is never swallowed", () => {
  test.each([
    ["a plain answer", {}],
    ["Exchange's wish for no automatic answers", { headers: { "x-auto-response-suppress": ["All"] } }],
    ["Auto-Submitted: no", { headers: { "auto-submitted": ["no"] } }],
    [
      "an answer to an automatic reply",
      { subject: "Re: Automatic reply: Pallets", text: "I am back now, let's talk." },
    ],
    [
      "an answer that quotes an absence",
      {
        text: "Back again.\n\nOn 3 Mar 2025, Lee <a@b.example> wrote:\n> I am out of the office until Monday. For urgent matters contact Ann.",
      },
    ],
    [
      "a person on holiday who answers",
      { text: "Thanks for your mail. I'm on vacation until Monday, could we talk on Tuesday?" },
    ],
    [
      "who forwards a bounce",
      {
        subject: "Fwd: Undelivered Mail Returned to Sender",
        text: "See below.\n550 5.1.1 <a@b.example>: user unknown",
      },
    ],
    [
      "who writes of a failed delivery",
      { subject: "Delivery failed again", text: "The parcel could not be delivered. Call me." },
    ],
    ["a postmaster who answers", { from: { name: "Lee", email: "postmaster@lead.example" } }],
    ["somebody behind a list", { headers: { "list-id": ["<sales.lead.example>"] } }],
    ["somebody with bulk precedence", { headers: { precedence: ["bulk"] } }],
    ["an agent of a help desk", { headers: { "auto-submitted": ["auto-generated"], "x-mailer": ["Zendesk Mailer"] } }],
    [
      "who attaches our mail",
      {
        returnedHeaders: "From: anna@outreach.drafthook.test",
        contentTypes: ["multipart/mixed", "text/plain", "message/rfc822"],
      },
    ],
    [
      "who forwards a delivery report as a file",
      {
        deliveryStatus: "Action: failed\nStatus: 5.1.1",
        contentTypes: ["multipart/mixed", "text/plain", "message/delivery-status"],
      },
    ],
    ["a mail without a word", { text: "" }],
  ])("%s", (_name, changes) => {
    expect(classifyInbound(inboundMail(changes), OWN).kind).toBe("human");
  });

  test("who is doubted is shown: the confidence is below 0.8 and the signs are named", () => {
    const doubted = classifyInbound(
      inboundMail({ headers: { "auto-submitted": ["auto-generated"], "x-mailer": ["Zendesk Mailer"] } }),
      OWN,
    );
    expect(doubted.confidence).toBeLessThan(0.8);
    expect(doubted.evidence).toContain("auto_submitted_generated");
    expect(classifyInbound(inboundMail(), OWN)).toMatchObject({ confidence: 0.95, evidence: [] });
  });
});

describe("an automatic reply is no reply", () => {
  test.each([
    ["RFC 3834", { headers: { "auto-submitted": ["auto-replied (vacation)"] } }],
    ["X-Autoreply", { headers: { "x-autoreply": ["yes"] } }],
    ["Precedence", { headers: { precedence: ["auto_reply"] } }],
    ["no sender, and an absence", { envelopeFrom: "", text: "I am on vacation." }],
    ["English subject", { subject: "Automatic reply: Pallets" }],
    ["German subject", { subject: "Abwesenheitsnotiz: Pallets" }],
    ["French subject", { subject: "Réponse automatique : Pallets" }],
    ["Spanish subject", { subject: "Respuesta automática: Pallets" }],
    ["Italian subject", { subject: "Risposta automatica: Pallets" }],
    ["Portuguese subject", { subject: "Resposta automática: Pallets" }],
    ["Dutch subject", { subject: "Automatisch antwoord: Pallets" }],
    ["Polish subject", { subject: "Odpowiedź automatyczna: Pallets" }],
    ["Japanese subject", { subject: "自動応答: Pallets" }],
    ["Chinese subject", { subject: "自动回复: Pallets" }],
    [
      "nothing but its formula",
      {
        text: "Thank you for your message. I am out of the office until 17 March. In urgent cases please contact Ann.",
      },
    ],
  ])("%s", (_name, changes) => {
    expect(classifyInbound(inboundMail(changes), OWN)).toMatchObject({ kind: "auto_reply" });
  });

  test("an absence and an acknowledgement are told apart", () => {
    const headers = { "auto-submitted": ["auto-replied"] };
    expect(classifyInbound(inboundMail({ headers, text: "I am on vacation." }), OWN).subtype).toBe("ooo");
    expect(
      classifyInbound(inboundMail({ headers, text: "We have received your request, ticket #7." }), OWN).subtype,
    ).toBe("auto_ack");
  });
});

describe("a bounce needs a report or two signs", () => {
  const report = ["multipart/report; report-type=delivery-status", "text/plain", "message/delivery-status"];
  test.each([
    ["failed", "Action: failed\nStatus: 5.1.1", "bounce", "dsn"],
    ["failed for one of two", "Action: delivered\n\nAction: failed", "bounce", "dsn"],
    ["delayed", "Action: delayed\nStatus: 4.4.1", "other", "delayed"],
    ["delivered", "Action: delivered\nStatus: 2.0.0", "other", "delivered"],
  ])("a report that says %s", (_action, deliveryStatus, kind, subtype) => {
    expect(classifyInbound(inboundMail({ contentTypes: report, deliveryStatus }), OWN)).toMatchObject({
      kind,
      subtype,
    });
  });

  const daemon = { name: "Mail Delivery System", email: "mailer-daemon@mx.example" };
  test("a mail daemon that speaks of failure", () => {
    const mail = inboundMail({ from: daemon, subject: "failure notice", text: "Sorry, no mailbox here by that name." });
    expect(classifyInbound(mail, OWN)).toMatchObject({
      kind: "bounce",
      subtype: "text",
      evidence: ["daemon_sender", "failure_subject"],
    });
  });

  test("one sign alone is none", () => {
    expect(classifyInbound(inboundMail({ from: daemon }), OWN).kind).toBe("human");
    expect(classifyInbound(inboundMail({ subject: "failure notice" }), OWN).kind).toBe("human");
  });

  test("an absence without a sender that quotes a word on delivery is no bounce", () => {
    const mail = inboundMail({
      envelopeFrom: "",
      subject: "Automatic reply: x",
      text: "I am away.\n\n> unable to deliver pallets?",
    });
    expect(classifyInbound(mail, OWN).kind).toBe("auto_reply");
  });
});

describe("what else comes back is told by its structure", () => {
  test.each([
    [
      "a complaint",
      "complaint",
      { contentTypes: ["multipart/report; report-type=feedback-report", "message/feedback-report"] },
    ],
    ["a read receipt", "read_receipt", { contentTypes: ["multipart/report; report-type=disposition-notification"] }],
    [
      "an answer to an invitation",
      "calendar_reply",
      { contentTypes: ["multipart/mixed", "text/calendar; method=reply"] },
    ],
    ["our own address", "own_mail", { from: { name: null, email: "Anna@Outreach.drafthook.test" } }],
    ["our own Message-ID", "own_mail", { messageId: "<x@reply.drafthook.test>" }],
    [
      "a newsletter",
      "list",
      { inReplyTo: [], references: [], subject: "News", headers: { "list-id": ["<n.example>"] } },
    ],
    [
      "a gate-keeper",
      "challenge",
      { headers: { "auto-submitted": ["auto-replied"] }, text: "Verify that you are a person: https://gate.example/1" },
    ],
  ])("%s", (_name, subtype, changes) => {
    expect(classifyInbound(inboundMail(changes), OWN)).toMatchObject({ kind: "other", subtype });
  });
});
