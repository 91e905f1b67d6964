import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkOutgoingMail, findAddressProblem, findHeaderInjection } from "../../../core/mail/header-safety.ts";
import { sampleMail } from "../../support/sample-mail.ts";

describe("a header's text", () => {
  test.each([
    ["Ada\rBcc: x", "a carriage return at position 3"],
    ["Ada\nBcc: x", "a line feed at position 3"],
    ["\0", "NUL at position 0"],
    ["a\tb", "U+0009"],
    ["a\u001bb", "U+001B"],
    ["a\u007fb", "U+007F"],
    ["a\u0085b", "U+0085"],
    ["a\u2028b", "U+2028"],
    ["a\u2029b", "U+2029"],
    ["a\ud83d", "half of a surrogate pair"],
    ["\udca9a", "half of a surrogate pair"],
  ])("%j is refused, by field and character", (value, said) => {
    expect(findHeaderInjection("Subject", value)).toContain(`Subject holds ${said}`.slice(0, 14));
    expect(findHeaderInjection("Subject", value)).toContain(said);
  });

  test.each(["", "Re: Grüße", "李雷", "שלום עולם", "👩‍👩‍👧", "it’s “fine” – O'Brien", "=?UTF-8?B?aGk=?="])(
    "%j may stand",
    (value) => {
      expect(findHeaderInjection("Subject", value)).toBeNull();
    },
  );

  test("whatever passes has no character that any mail system takes for a line end", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (value) => {
        if (findHeaderInjection("Subject", value) === null) expect(value).not.toMatch(/[\0-\x1f\x7f-\x9f\u2028\u2029]/);
      }),
    );
  });
});

describe("an address", () => {
  test.each([
    "a@b.example",
    "ada.lovelace+cadence@sender.example",
    "o'brien@x.example",
    "a..b@docomo.example",
    "jörg@bücher.example",
    "a@localhost",
    "用户@例子.example",
    `${"a".repeat(64)}@${"b".repeat(63)}.example`,
  ])("%s can be sent to", (email) => expect(findAddressProblem("To", email)).toBeNull());

  test.each([
    "",
    "ada",
    "@x.example",
    "ada@",
    "a@b@c.example",
    "ada @x.example",
    "ada@x example",
    "<ada@x.example>",
    "Ada <ada@x.example>",
    "ada@x.example>",
    "ada@x.example\r\nRCPT TO:<e@e.example>",
    "a,b@x.example",
    '"a b"@x.example',
    "ada@[10.0.0.1]",
    "ada@x..example",
    "ada@.example",
    "ada@x.example.",
    "ada@-x.example",
    "ada@x_y.example",
    "ada@x.example/y",
    "a\u00a0b@x.example",
    "a\u0000@x.example",
    `${"a".repeat(250)}@x.example`,
  ])("%j can't be sent to", (email) => expect(findAddressProblem("To", email)).toMatch(/^To /));
});

describe("a whole mail", () => {
  test("with every field in order has no problem", () => {
    const headers = {
      "X-Note": "Grüße",
      "List-Unsubscribe": "<https://x.example>",
      "Auto-Submitted": "auto-replied",
      Precedence: "bulk",
    };
    expect(
      checkOutgoingMail(sampleMail({ inReplyTo: "<no-at-sign>", references: ["<a@b>", "<c@d>"], headers })),
    ).toEqual([]);
  });

  test.each([
    ["From", sampleMail({ from: { name: "A\nB", email: "x" } }), 2],
    ["Bcc", sampleMail({ bcc: [{ name: null, email: "x\r\n" }] }), 1],
    ["envelope sender", sampleMail({ envelopeFrom: "" }), 1],
    ["Message-ID", sampleMail({ messageId: "a@b" }), 1],
    ["In-Reply-To", sampleMail({ inReplyTo: "<a@b> <c@d>" }), 1],
    ["References", sampleMail({ references: ["<a@b>", "<ü@b>"] }), 1],
    ["Date", sampleMail({ date: Number.NaN }), 1],
    ["Message-Id", sampleMail({ headers: { "Message-Id": "<x@y>" } }), 1],
    ["x-a", sampleMail({ headers: { "X-A": "1", "x-a": "2" } }), 1],
    ["NUL", sampleMail({ html: "<p>\0</p>" }), 1],
  ])("with a wrong %s is told so", (field, mail, count) => {
    const problems = checkOutgoingMail(mail);
    expect(problems).toHaveLength(count);
    expect(problems.join(" ")).toContain(field);
  });
});
