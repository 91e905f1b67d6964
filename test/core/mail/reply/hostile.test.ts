import { describe, expect, test } from "vitest";
import { splitHtmlReply } from "../../../../core/mail/reply/html-reply.ts";
import { replyOf } from "../../../../core/mail/reply/reply-of.ts";
import { splitReply } from "../../../../core/mail/reply-text.ts";

const SIZE = 256 * 1024;
const MILLISECONDS_MAX = 50;

const TEXTS: readonly string[] = [
  ...["\n", "\r", " ", " \n", "\t", "\u00a0\n", "\u200b", "a", "a\n", "日", "😀", "AaBb "],
  ...[">", "> > > ", "> \n\n", "> q\nx\n", "> q\n-- \nx\n", "> q\nSent from my iPhone\n", "> (http\n", "(http "],
  ...["On ", "On \n", "On 2024 a@b\n", "On 1/1/2024, a <a@b.c> wrote:\n", "-On Mon, a@b.de wrote:\n", "On Mon, a@b "],
  ...["wrote:", "wrote:\n", "12:30\n", "a@", "<a@b", "b>\n", ": \n", "x:\n", "2024\n", "h:\nOn 3 Mar 2025 a@b\n"],
  ...[
    "-",
    "-----",
    "-----\n",
    "-- \n",
    "- \n",
    "-A\n",
    "__\n",
    "_____\nFrom: a\n",
    "-----BEGIN PGP SIGNED MESSAGE-----\n",
  ],
  ...["From:\n", "From: a\nSent: b\n", "*From:* a@b\n\n", "Sent from my ", "Sent from my iPhone\n"],
  ...["this email is confidential\n\n", "please reply above this line\n", "A On Mon, a@b.de 2024 wrote:\n"],
];

const HTMLS: readonly string[] = [
  ...[
    "<",
    "</",
    "<a ",
    '<a href="',
    "<!--",
    "<!",
    "<style>",
    "<title>",
    "<svg><a>",
    "&amp",
    "&amp;",
    "<i>a </i>",
    "<b>",
  ],
  ...[
    "<div>",
    "<div>x",
    "</div>",
    "<div></div>",
    "<p>",
    "<p>x",
    "<b><p>",
    "<td><div>",
    "<div><td></div>",
    "<li>x",
    "<hr>",
  ],
  ...[
    "<blockquote>",
    "<blockquote>x",
    "<blockquote>x</blockquote>",
    "<div class=gmail_quote>",
    "<br>",
    "<pre>\n",
    "\n",
    " ",
  ],
  ...["<div class=gmail_quote><blockquote>x</blockquote>", "<div id=divRplyFwdMsg>x: y<br>", "<span id=x>", "a b "],
  ...[`<div ${"a".repeat(3_000)}>`, `<div ${"a=b ".repeat(1_000)}>`, `<div class="${"a ".repeat(2_000)}">`],
  ...[`<div style="${"border-top".repeat(300)}">`, `<div style="${"border-left".repeat(300)}">`],
];

describe("256 KB of anything is read in 50 ms", () => {
  test.each(TEXTS)("text: %j", (unit) => {
    const text = `Hello\n${filled(unit, SIZE)}`;
    expect(leastMilliseconds(() => splitReply(text), MILLISECONDS_MAX)).toBeLessThan(MILLISECONDS_MAX);
  });

  test.each(HTMLS.map((unit) => [unit.slice(0, 40), unit]))("HTML: %j", (_name, unit) => {
    const html = `<p>Hello</p>${filled(unit, SIZE)}`;
    expect(leastMilliseconds(() => splitHtmlReply(html), MILLISECONDS_MAX)).toBeLessThan(MILLISECONDS_MAX);
  });
});

// The same promise without a limit in milliseconds: eight times the mail takes about eight times as long, on any machine.
describe("a mail eight times as long takes no more than about eight times as long", () => {
  test.each(TEXTS)("text: %j", (unit) => {
    expect(growth((size) => splitReply(filled(unit, size)))).toBeLessThan(GROWTH_MAX);
  });

  test.each(HTMLS.map((unit) => [unit.slice(0, 40), unit]))("HTML: %j", (_name, unit) => {
    expect(growth((size) => splitHtmlReply(filled(unit, size)))).toBeLessThan(GROWTH_MAX);
  });

  test("both forms at once", () => {
    expect(growth((size) => replyOf({ text: filled("x\n", size), html: filled("<p>x", size) }))).toBeLessThan(
      GROWTH_MAX,
    );
  });

  test("negative control: a pattern that looks back over what it has read is found out", () => {
    // What reply parsers commonly hold; it is quadratic in a run of empty lines.
    expect(growth((size) => /\n+x/.test(filled("\n", size / 8)))).toBeGreaterThan(GROWTH_MAX);
  });
});

/** Eight for a linear scanner, 64 for a quadratic one; between them lie short times and a busy machine. */
const GROWTH_MAX = 24;

function growth(run: (size: number) => unknown): number {
  const small = leastMilliseconds(() => run(SIZE / 8));
  const large = leastMilliseconds(() => run(SIZE));
  // So short a time is mostly the machine's own; a quadratic scanner takes far longer than 24 times this.
  return large / Math.max(small, 4);
}

/**
 * The best of a few, in milliseconds of this thread's processor time: what the machine does beside is no fault of the
 * scanner. Stops at the first that is good enough.
 */
function leastMilliseconds(run: () => unknown, enough = 0): number {
  let least = Number.POSITIVE_INFINITY;
  for (let count = 0; count < TRIES && least >= enough; count++) {
    const before = process.threadCpuUsage();
    run();
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1_000);
  }
  return least;
}

const TRIES = 4;

function filled(unit: string, size: number): string {
  return unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
}
