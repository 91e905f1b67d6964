import { expect, test } from "vitest";
import { replyOf } from "../../../../core/mail/reply/reply-of.ts";

const GMAIL =
  '<div dir="ltr">Yes, see <b>https://a.example</b></div><div class="gmail_quote"><div class="gmail_attr">On 3 Mar 2025, ' +
  'Anna &lt;a@b.example&gt; wrote:</div><blockquote class="gmail_quote">When?</blockquote></div>';

test("a mail of text alone is read as text", () => {
  expect(replyOf({ text: "Yes.\n\n> When?", html: null }).clean).toBe("Yes.");
});

test("a mail of HTML alone is read as HTML", () => {
  expect(replyOf({ text: "", html: GMAIL }).clean).toBe("Yes, see https://a.example");
});

test("where both forms say the same, the text is taken as its client laid it out", () => {
  const text = "Yes, see *https://a.example*\n\nOn 3 Mar 2025, Anna <a@b.example> wrote:\n\n> When?";
  expect(replyOf({ text, html: GMAIL }).clean).toBe("Yes, see *https://a.example*");
});

test("where the text doesn't show what is quoted, the HTML does", () => {
  const long = "When could we have a call about the pallets that you asked for?";
  const html = `<div>Yes.</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>${long}</div></div>`;
  expect(replyOf({ text: `Yes.\n\n${long}`, html }).clean).toBe("Yes.");
});

test("HTML that marks nothing leaves the word to the text", () => {
  const text = "Yes, on Thursday in Oslo at the usual place.\n\n> When and where would you like to meet us?";
  expect(replyOf({ text, html: "<p>Yes, on Thursday in Oslo.</p>" }).clean).toBe(
    "Yes, on Thursday in Oslo at the usual place.",
  );
});

test("text that is the flattened HTML is no second opinion", () => {
  const html = '<div>Yes.</div><div class="moz-signature">Sam Doyle of Harrow Freight in Leeds</div>';
  expect(replyOf({ text: "Yes.\nSam Doyle of Harrow Freight in Leeds", html }).clean).toBe("Yes.");
});

test("an empty mail has empty parts", () => {
  expect(replyOf({ text: "", html: null })).toEqual({ clean: "", quoted: "", signature: null });
  expect(replyOf({ text: " \n", html: "<br>" })).toEqual({ clean: "", quoted: "", signature: null });
});
