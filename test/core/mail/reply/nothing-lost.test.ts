import fc from "fast-check";
import { expect, test } from "vitest";
import { splitHtmlReply } from "../../../../core/mail/reply/html-reply.ts";
import { splitReply } from "../../../../core/mail/reply-text.ts";

const LINES = [
  ...["", "", "Yes.", "> When?", ">> Where?", "On 3 Mar 2025, Anna <a@b.example> wrote:", "-- ", "--", "_____", "-Sam"],
  ...["From: Anna <a@b.example>", "Sent: Monday, 3 March 2025", "To: Sam", "Subject: P", "-----Original Message-----"],
  ...[
    "Sent from my iPhone",
    "## Please reply above this line ##",
    ">>> Anna 3/3/2025 9:00 >>>",
    "on the 3rd of March:",
  ],
  ...["This email is confidential.", "CAUTION: this email came from outside of our house", "\u00a0", "a\u200bb"],
];

test("every line of a mail is in one of its three parts, whatever stands next to what", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...LINES), { maxLength: 30 }), (lines) => {
      const { clean, quoted, signature } = splitReply(lines.join("\n"));
      expect(wordsOf(`${clean}\n${quoted}\n${signature ?? ""}`)).toEqual(wordsOf(lines.join("\n")));
    }),
    { numRuns: 500 },
  );
});

const PIECES = [
  ...["Yes.", "<div>", "</div>", "<p>", "<blockquote>", "</blockquote>", '<div class="gmail_quote">', "<td>", "</td>"],
  ...[
    '<div class="gmail_signature">',
    "<span>",
    "</span>",
    "<b>",
    "</b>",
    "<hr>",
    "<br>",
    "<",
    ">",
    '<a href="',
    "&lt;",
  ],
  ...[
    "On 3 Mar 2025, Anna &lt;a@b.example&gt; wrote:",
    '<div id="divRplyFwdMsg">',
    "<pre>",
    "</pre>",
    "</",
    "<!--",
    "-->",
  ],
];

test("no HTML makes it throw", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      expect(typeof splitHtmlReply(pieces.join("")).clean).toBe("string");
    }),
    { numRuns: 500 },
  );
});

function wordsOf(text: string): string[] {
  return text
    .split(/\s+/)
    .filter((word) => word !== "")
    .sort();
}
