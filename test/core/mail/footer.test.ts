import { expect, test } from "vitest";
import { withFooter } from "../../../core/mail/footer.ts";

const FOOTER = { signature: "Ana & Co", postalAddress: "1 Rue de la Paix\nParis" };

test.each([
  ["nothing asked for", { text: "Hi", html: null }, null, { text: "Hi", html: null }],
  [
    "an empty footer",
    { text: "Hi", html: "<p>Hi</p>" },
    { signature: null, postalAddress: "" },
    { text: "Hi", html: "<p>Hi</p>" },
  ],
  ["text", { text: "Hi", html: null }, FOOTER, { text: "Hi\n\nAna & Co\n\n1 Rue de la Paix\nParis", html: null }],
  [
    "an HTML document keeps its end, and the footer is text there",
    { text: "Hi", html: "<body><p>Hi</p></body>" },
    FOOTER,
    {
      text: "Hi\n\nAna & Co\n\n1 Rue de la Paix\nParis",
      html: "<body><p>Hi</p><p>Ana &amp; Co</p><p>1 Rue de la Paix<br>Paris</p></body>",
    },
  ],
] as const)("the mailbox's lines under a message: %s", (_name, words, footer, expected) => {
  expect(withFooter(words, footer, null)).toEqual(expected);
});

test("a link to unsubscribe stands last, as text and as a link", () => {
  const link = { words: "Abmelden & fertig", url: "https://drafthook.test/u/u1?a=1&b=2" };
  expect(withFooter({ text: "Hi", html: "<p>Hi</p>" }, { signature: "Ana", postalAddress: null }, link)).toEqual({
    text: "Hi\n\nAna\n\nAbmelden & fertig: https://drafthook.test/u/u1?a=1&b=2",
    html: '<p>Hi</p><p>Ana</p><p><a href="https://drafthook.test/u/u1?a=1&amp;b=2">Abmelden &amp; fertig</a></p>',
  });
});
