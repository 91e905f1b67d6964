import { describe, expect, test } from "vitest";
import { classifyInbound } from "../../../core/mail/classify.ts";
import type { InboundMail } from "../../../core/mail/inbound.ts";
import { inboundMail } from "../../support/inbound-mail.ts";

const OWN = { ownMessageIdDomains: ["reply.drafthook.test"], ownAddresses: ["anna@outreach.drafthook.test"] };
const judge = (changes: Partial<InboundMail>) => classifyInbound(inboundMail(changes), OWN, 0);

describe("a person is never swallowed", () => {
  test.each<[string, Partial<InboundMail>]>([
    ["a plain answer", {}],
    ["Exchange's wish for no automatic answers", { headers: { "x-auto-response-suppress": ["All"] } }],
    ["Auto-Submitted: no", { headers: { "auto-submitted": ["no"] } }],
    [
      "an answer that quotes an absence",
      {
        text: "Back again.\n\nOn 3 Mar 2025, Lee <a@b.example> wrote:\n> I am out of the office until Monday. For urgent matters contact Ann.",
      },
    ],
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
        deliveryStatus: "Final-Recipient: rfc822; a@b.example\nAction: failed\nStatus: 5.1.1",
        contentTypes: ["multipart/mixed", "text/plain", "message/delivery-status"],
      },
    ],
    ["a mail without a word", { text: "" }],
  ])("%s", (_name, changes) => {
    expect(judge(changes).kind).toBe("human");
  });

  test("who is doubted is shown: the confidence is below 0.8 and the signs are named", () => {
    const doubted = judge({ headers: { "auto-submitted": ["auto-generated"], "x-mailer": ["Zendesk Mailer"] } });
    expect(doubted.confidence).toBeLessThan(0.8);
    expect(doubted.evidence).toContain("auto_submitted_generated");
    expect(judge({})).toMatchObject({ confidence: 0.95, evidence: [] });
  });
});

describe("an automatic reply is told by any of its headers", () => {
  test.each<[string, Record<string, string[]>]>([
    ["RFC 3834", { "auto-submitted": ["auto-replied (vacation)"] }],
    ["X-Autoreply", { "x-autoreply": ["yes"] }],
    ["Precedence", { precedence: ["auto_reply"] }],
    ["Apple", { "x-apple-action": ["VACATION"] }],
  ])("%s", (_name, headers) => {
    expect(judge({ headers, text: "I am sleeping." })).toMatchObject({ kind: "auto_reply", subtype: "ooo" });
  });
});

describe("what else comes back is told by its structure", () => {
  test.each<[string, string, string | null, Partial<InboundMail>]>([
    [
      "a complaint",
      "complaint",
      "abuse",
      {
        contentTypes: ["multipart/report; report-type=feedback-report", "message/feedback-report"],
        machineReport: "Feedback-Type: abuse\nUser-Agent: Loop/1.0\nVersion: 1",
      },
    ],
    [
      "a complaint whose MIME was lost",
      "complaint",
      "fraud",
      { text: "This is an email abuse report.\n\nFeedback-Type: fraud\nUser-Agent: Loop/1.0\nVersion: 1\n" },
    ],
    [
      "a complaint as Outlook.com sends it",
      "complaint",
      "abuse",
      {
        subject: "complaint about message from 192.0.2.1",
        returnedHeaders: "X-HmXmrOriginalRecipient: lee@lead.example",
      },
    ],
    [
      "a read receipt",
      "read_receipt",
      "displayed",
      {
        contentTypes: ["multipart/report; report-type=disposition-notification"],
        machineReport: "Disposition: manual-action/MDN-sent-manually; displayed",
      },
    ],
    [
      "a read receipt in words",
      "read_receipt",
      null,
      {
        subject: "Read: Pallets",
        text: "Your message\n\n  To: Lee\n  Subject: Pallets\n\nwas read on 3/4/2026 9:00 AM.",
      },
    ],
    [
      "an answer to an invitation",
      "calendar_reply",
      "accepted",
      {
        text: "",
        contentTypes: ["multipart/mixed", "text/calendar; method=reply"],
        calendar: "METHOD:REPLY\nATTENDEE;PARTSTAT=ACCEPTED:mailto:lee@lead.example",
      },
    ],
    [
      "another time for an invitation",
      "calendar_reply",
      "counter",
      { text: "", contentTypes: ["multipart/mixed", "text/calendar; method=counter"] },
    ],
    ["an invitation", "other", "calendar", { contentTypes: ["multipart/mixed", "text/calendar; method=request"] }],
    ["our own address", "other", "own_mail", { from: { name: null, email: "Anna@Outreach.drafthook.test" } }],
    ["our own Message-ID", "other", "own_mail", { messageId: "<x@reply.drafthook.test>" }],
    [
      "a newsletter",
      "other",
      "list",
      { inReplyTo: [], references: [], subject: "News", headers: { "list-unsubscribe": ["<https://n.example/u>"] } },
    ],
  ])("%s", (_name, kind, subtype, changes) => {
    expect(judge(changes)).toMatchObject({ kind, subtype });
  });
});

describe("one sign of a bounce alone is none", () => {
  const daemon = { name: "Mail Delivery System", email: "mailer-daemon@mx.example" };
  test.each<[string, Partial<InboundMail>]>([
    ["its sender", { from: daemon }],
    ["its subject", { subject: "failure notice" }],
    ["its text", { text: "550 5.1.1 <lee@lead.example>: user unknown" }],
  ])("%s", (_name, changes) => {
    expect(judge(changes).kind).toBe("human");
  });

  test("two are", () => {
    expect(judge({ from: daemon, subject: "failure notice", text: "Sorry." }).kind).toBe("bounce");
  });

  test("an absence without a sender that quotes a word on delivery is no bounce", () => {
    const text = "I am away.\n\n> unable to deliver pallets?";
    expect(judge({ envelopeFrom: "", subject: "Automatic reply: x", text }).kind).toBe("auto_reply");
  });
});

describe("an answer to an invitation is only that while nobody writes into it", () => {
  const DECLINED = {
    subject: "Declined: Pallets",
    contentTypes: ["multipart/alternative", "text/plain", "text/calendar; method=reply"],
    calendar:
      "BEGIN:VCALENDAR\nMETHOD:REPLY\nSUMMARY:Pallets for you\nDESCRIPTION:We show you how\n  they come back.\nATTENDEE;PARTSTAT=DECLINED:mailto:lee@lead.example\nEND:VCALENDAR",
  };
  test.each([
    [
      "Google",
      "Lee has declined this invitation.\n\nPallets for you\nThursday Mar 5, 2026 ⋅ 10am – 10:30am\nhttps://meet.example/x?y=1\n\nInvitation from Google Calendar: https://calendar.example/\n\nYou receive this because you are a guest.",
    ],
    ["Outlook", ""],
    ["a French calendar", "Lee <lee@lead.example> a refusé votre invitation."],
    [
      "Outlook in words",
      "When: Thursday, 5 March 2026 10:00-10:30.\nWhere: Online\n\n*~*~*~*~*~*~*~*~*~*\n\nWe show you how they come back.",
    ],
    ["one that only answers", "Lee has responded."],
  ])("%s", (_name, text) => {
    expect(judge({ ...DECLINED, text })).toMatchObject({ kind: "calendar_reply", subtype: "declined" });
  });

  test.each([
    ["a note", 'Lee has declined this invitation with this note:\n\n"I can\'t on Thursday, Friday is better"', "human"],
    ["an excuse", "Leider keine Zeit, bitte nächste Woche noch einmal.", "human"],
    ["an excuse in Japanese", "申し訳ありませんが、その日は都合がつきません。", "human"],
    ["a wish", "Please stop emailing me, we signed with someone else.", "unsubscribe"],
    ["less than that wish", "Please don't send me invites on weekends.", "human"],
  ])("%s", (_name, text, kind) => {
    const result = judge({ ...DECLINED, text });
    expect(result.kind).toBe(kind);
    expect(result.evidence).toContain("own_words");
    expect(result.confidence < 0.8).toBe(kind === "human");
  });

  test("a comment that only the calendar holds is read as well", () => {
    const calendar = `${DECLINED.calendar}\nCOMMENT:I'd rather meet in May\\, please.`;
    expect(judge({ ...DECLINED, calendar, text: "" })).toMatchObject({ kind: "human" });
  });
});

describe("a read receipt without its MIME part says one thing", () => {
  test.each([
    [
      "Read: Pallets",
      "Your message\n\n  To: Lee\n  Subject: Our pallets for you?\n  Sent: 3/4/2026\n\nwas read on 3/4/2026 9:00 AM.",
    ],
    [
      "Return Receipt (displayed) - Pallets",
      "This is a Return Receipt for the mail that you sent to lee@lead.example.\n\nNote: This Return Receipt only acknowledges that the message was displayed on the recipient's computer. There is no guarantee that the recipient has read or understood the message contents.",
    ],
    ["Gelesen: Paletten", "Ihre Nachricht\n\n   An: Lee\n   Betreff: Paletten\n\nwurde am 04.03.2026 09:00 gelesen."],
  ])("%s", (subject, text) => {
    expect(judge({ subject, text }).kind).toBe("read_receipt");
  });

  test.each([
    ["Read: your offer, one question", "I read your mail on the train, it was displayed badly. What does it cost?"],
    ["Read: your offer", "Your message was read by my boss on Monday as well. Send us the contract."],
    ["Gelesen: Ihr Angebot", "Ihr Angebot wurde am Montag gelesen, uns fehlt nur noch ein Preis."],
  ])("a letter is a person's: %s", (subject, text) => {
    expect(judge({ subject, text }).kind).toBe("human");
  });
});
