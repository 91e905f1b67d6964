import { describe, expect, test } from "vitest";
import { parseInbound } from "../../../adapters/mail/parse-inbound.ts";
import { classifyInbound } from "../../../core/mail/classify.ts";
import { matchCandidates } from "../../../core/mail/match.ts";
import { splitReply } from "../../../core/mail/reply-text.ts";
import { mails, onTheWire, REPLY_ADDRESS } from "../../support/mails.ts";

const NOTHING_OWN = { ownMessageIdDomains: [], ownAddresses: [] };
const PERSON = { from: "lead@lead.example", to: REPLY_ADDRESS };

describe("an answer in the form of a real client", () => {
  test.each([
    ["Gmail", mails.gmailReply, "Thursday at 10 works. Could you send the deck first?\n\nNora"],
    ["Outlook", mails.outlookReply, "Anna,\n\nWe already have a broker for this. Try me again in the autumn.\n\nSam"],
    ["Apple Mail", mails.appleMailReply, "Yes please — call me on Friday."],
    [
      "Thunderbird, between the quotes",
      mails.thunderbirdReply,
      "Twelve, in two buildings.\n\nI do, up to 20,000 euros.",
    ],
    [
      "French Outlook in Windows-1252",
      mails.outlookFrenchReply,
      "Bonjour Anna,\n\nMerci, mais nous avons déjà signé ailleurs. À l'année prochaine peut-être.\n\nHélène",
    ],
    ["Japanese Gmail", mails.gmailJapaneseReply, "アンナ様\n\n資料をお送りください。社内で検討します。\n\n佐藤"],
    ["Outlook that sends HTML only", mails.htmlOnlyReply, "Sí, me interesa.\n¿El jueves a las 10?"],
  ])("%s: a person's words, without the quote", async (_client, raw, words) => {
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(splitReply(mail.text).clean).toBe(words);
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "human" });
    expect(matchCandidates(mail)[0]).toMatchObject({ by: "token", token: { place: "envelope_to" } });
    expect(mail.partial).toBe(false);
  });

  test("the headers come out decoded, with ids in angle brackets", async () => {
    const mail = await parseInbound(onTheWire(mails.gmailJapaneseReply), PERSON);
    expect(mail).toMatchObject({
      subject: "Re: 部品の納期について",
      from: { name: "佐藤 健", email: "sato@minato-parts.example" },
      messageId: "<CAJp0t3sT@mail.gmail.com>",
      inReplyTo: ["<step1.q7@reply.drafthook.test>"],
      date: Date.UTC(2025, 2, 4, 1),
      contentTypes: ["text/plain"],
    });
  });
});

describe("a mail that is no answer", () => {
  test("an out-of-office of Exchange is an automatic reply", async () => {
    const mail = await parseInbound(onTheWire(mails.exchangeOutOfOffice), { from: "", to: REPLY_ADDRESS });
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "auto_reply", subtype: "ooo" });
    expect(mail.text).toContain("I am out of the office until 17 March");
    expect(mail.text).not.toContain("margin");
  });

  test("a German absence without any telling header is an automatic reply", async () => {
    const mail = await parseInbound(onTheWire(mails.germanAbsence), PERSON);
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "auto_reply", subtype: "ooo" });
  });

  test("a bounce of Postfix is a bounce, and says by which message it came to be", async () => {
    const mail = await parseInbound(onTheWire(mails.postfixBounce), { from: "", to: "anna@outreach.drafthook.test" });
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "bounce", subtype: "dsn" });
    expect(mail.deliveryStatus).toContain("Status: 5.1.1");
    expect(mail.text).not.toContain("Pallets that come back");
    expect(matchCandidates(mail)).toContainEqual({ by: "returned_message", value: "<step1.q7@reply.drafthook.test>" });
  });

  test("a person who writes about a bounce is still a person", async () => {
    const mail = await parseInbound(onTheWire(mails.humanAboutABounce), PERSON);
    const { kind, confidence } = classifyInbound(mail, NOTHING_OWN, 0);
    expect(kind).toBe("human");
    expect(confidence).toBeLessThan(0.8);
  });
});

describe("the parts that only machines write are kept apart", () => {
  const report = (type: string, ...parts: readonly string[]): string =>
    `From: a@b.example\nTo: ann@acme.example\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/${type}; boundary=b\n\n${parts.map((part) => `--b\n${part}\n`).join("")}--b--\n`;
  const WORDS = "Content-Type: text/plain\n\nwords";
  const RETURNED = "Content-Type: message/rfc822\n\nMessage-ID: <step-1@acme.example>\nSubject: s\n\nour text\n";

  test("a complaint has its fields and the headers of our message", async () => {
    const raw = report(
      "report; report-type=feedback-report",
      WORDS,
      "Content-Type: message/feedback-report\n\nFeedback-Type: abuse\nUser-Agent: Loop/1.0\nVersion: 1\n",
      RETURNED,
    );
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(mail.machineReport).toContain("Feedback-Type: abuse");
    expect(mail.returnedHeaders).toContain("<step-1@acme.example>");
    expect(mail.text).not.toContain("our text");
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "complaint", subtype: "abuse" });
  });

  test("a read receipt has its disposition", async () => {
    const raw = report(
      "report; report-type=disposition-notification",
      WORDS,
      "Content-Type: message/disposition-notification\n\nOriginal-Message-ID: <step-1@acme.example>\nDisposition: manual-action/MDN-sent-manually; deleted\n",
    );
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "read_receipt", subtype: "deleted" });
  });

  test("an answer to an invitation has its calendar, also where the type names no method", async () => {
    const raw = report(
      "mixed",
      WORDS,
      "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nATTENDEE;PARTSTAT=DECLINED:mailto:lee@lead.example\nEND:VEVENT\nEND:VCALENDAR",
    );
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(classifyInbound(mail, NOTHING_OWN, 0)).toMatchObject({ kind: "calendar_reply", subtype: "declined" });
  });

  test("text that is attached is no text of the mail, but may tell why one failed", async () => {
    const raw = report(
      "mixed",
      WORDS,
      'Content-Type: text/plain; name="details.txt"\nContent-Disposition: attachment; filename="details.txt"\n\n550 5.1.1 User unknown',
    );
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(mail.text.trim()).toBe("words");
    expect(mail.attachedText).toContain("550 5.1.1");
  });

  test("in broken MIME the Message-ID of our message is found where it stands", async () => {
    const raw = report(
      "mixed",
      WORDS,
      "Received: from a by b\nMessage-ID: <step-1@acme.example>\nSubject: s\n\nour text",
    );
    const mail = await parseInbound(onTheWire(raw), PERSON);
    expect(mail.bodyMessageIds).toEqual(["<step-1@acme.example>"]);
    expect(matchCandidates(mail)).toContainEqual({ by: "returned_message", value: "<step-1@acme.example>" });
  });
});

describe("a mail made to break us", () => {
  const head = "From: Eve <eve@lead.example>\r\nSubject: boom\r\nMIME-Version: 1.0\r\n";
  const multipart = `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst words\r\n`;
  const nested = Array.from(
    { length: 300 },
    (_, depth) => `--b${depth}\r\nContent-Type: multipart/mixed; boundary=b${depth + 1}\r\n\r\n`,
  );

  test.each([
    ["100,000 parts", multipart + "--b\r\n\r\n".repeat(100_000), "first words"],
    ["2,000,000 empty lines", `${head}\r\nfirst words\r\n${"\n".repeat(2_000_000)}`, "first words"],
    ["a header of 3 MiB", `${head}X-A: ${"a".repeat(3_145_728)}\r\n\r\nfirst words`, "first words"],
    [
      "an attachment of 12 MiB",
      `${multipart}--b\r\nContent-Type: application/pdf\r\n\r\n${"JVBERi0x".repeat(1_572_864)}`,
      "first words",
    ],
    ["parts 300 deep", `${head}Content-Type: multipart/mixed; boundary=b0\r\n\r\n${nested.join("")}deep`, ""],
    ["multipart without a boundary", `${head}Content-Type: multipart/alternative\r\n\r\nfirst words`, "first words"],
  ])("%s: headers and first text, marked partial", async (_name, raw, words) => {
    const mail = await parseInbound(new TextEncoder().encode(raw), PERSON);
    expect(mail).toMatchObject({ partial: true, subject: "boom", from: { email: "eve@lead.example" } });
    expect(mail.text).toContain(words);
    expect(mail.sizeBytes).toBe(raw.length);
  });

  test.each([
    ["nothing at all", new Uint8Array(0)],
    ["zero bytes", new Uint8Array(100_000)],
    ["every byte there is", Uint8Array.from({ length: 65_536 }, (_, index) => (index * 7) & 255)],
    ["one line without an end", new TextEncoder().encode("x".repeat(1_000_000))],
  ])("%s: an empty mail, no exception", async (_name, raw) => {
    await expect(parseInbound(raw, { from: "", to: "" })).resolves.toMatchObject({ sizeBytes: raw.byteLength });
  });

  test("a header named __proto__ is a header", async () => {
    const mail = await parseInbound(onTheWire("__proto__: x\nSubject: s\n\nhello\n"), PERSON);
    expect(Object.getPrototypeOf(mail.headers)).toBe(Object.prototype);
    expect(Object.hasOwn(mail.headers, "__proto__")).toBe(true);
    expect(mail.subject).toBe("s");
  });

  test("an ordinary mail of nine MiB is read whole", async () => {
    const attachment = `${"JVBERi0x".repeat(9)}\r\n`.repeat(120_000);
    const raw = `${multipart}--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}--b--\r\n`;
    const mail = await parseInbound(new TextEncoder().encode(raw), PERSON);
    expect(mail).toMatchObject({
      partial: false,
      attachments: [{ name: "a.pdf", type: "application/pdf", sizeBytes: 6_480_000 }],
    });
  });
});
