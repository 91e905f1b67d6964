import { describe, expect, test } from "vitest";
import { composeMime } from "../../../adapters/mail/mime.ts";
import { sampleMail } from "../../support/sample-mail.ts";

describe("the message on the wire", () => {
  const mail = sampleMail({
    from: { name: "Zoë O’Brien", email: "zoe@sender.example" },
    subject: "Ünïcode 中文 🚂 ".repeat(40).trim(),
    text: `é\nbare\rcarriage\n.\n${"x".repeat(5_000)}\n`,
    html: `<p>${"é".repeat(5_000)}</p>`,
    bcc: [{ name: null, email: "crm@sender.example" }],
    headers: { "X-Note": "Grüße ".repeat(60).trim() },
  });

  test("has CRLF line ends only, in ASCII, and no line longer than 998 octets", async () => {
    const raw = await composeMime(mail);
    expect(raw.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(raw).toMatch(/^[\t\r\n -~]*$/);
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  test("has encoded words of at most 75 octets, as RFC 2047 asks", async () => {
    const words = (await composeMime(mail)).match(/=\?UTF-8\?[BQ]\?[^?]*\?=/gi) ?? [];
    expect(words.length).toBeGreaterThan(10);
    expect(Math.max(...words.map((word) => word.length))).toBeLessThanOrEqual(75);
  });

  test("names no blind copy", async () => {
    expect(await composeMime(mail)).not.toMatch(/bcc|crm@sender/i);
  });

  test("has the text as the only part when there is no HTML, and both as alternatives when there is", async () => {
    expect(await composeMime(sampleMail())).toMatch(/^Content-Type: text\/plain; charset=utf-8$/m);
    expect(await composeMime(mail)).toMatch(/^Content-Type: multipart\/alternative;/m);
  });

  test("carries half a surrogate pair of a careless model as the replacement character", async () => {
    expect(await composeMime(sampleMail({ text: "broken \ud83d emoji" }))).toContain("broken =EF=BF=BD emoji");
  });

  test("is refused as a bug when the mail wasn't checked", async () => {
    await expect(composeMime(sampleMail({ subject: "Hello\r\nBcc: evil@evil.example" }))).rejects.toThrow(
      "unchecked mail",
    );
  });
});
