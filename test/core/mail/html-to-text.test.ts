import { expect, test } from "vitest";
import { htmlToText } from "../../../core/mail/html-to-text.ts";

test.each([
  ["paragraphs", "<p>One</p><p>Two</p>", "One\n\nTwo"],
  ["lines", "One<br>Two<div>Three</div>Four", "One\nTwo\nThree\nFour"],
  ["folded white space", "One\n   two\t<b>three</b> <i>four</i>", "One two three four"],
  ["words that only tags part", "<b>un</b><i>broken</i>", "unbroken"],
  ["entities", "caf&eacute; &amp; 5&nbsp;&euro; &lt;b&gt; &#x1F600; &unknown;", "café & 5 € <b> 😀 &unknown;"],
  ["what no reader sees", "<head><title>t</title><style>p{}</style></head><!-- no --><script>x<1</script>Yes", "Yes"],
  [
    "a quote",
    "Yes<blockquote>No<br>never<blockquote>ever</blockquote></blockquote>Sam",
    "Yes\n\n> No\n> never\n\n>> ever\n\nSam",
  ],
  ["a list", "<ul><li>one</li><li>two</li></ul>", "- one\n- two"],
  ["cells of a row", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"],
  ["preformatted text", "<pre>a  b\n  c</pre>", "a  b\n  c"],
  ["a bracket in an attribute", '<a title="a > b" href="x">link</a>', "link"],
  ["a bracket that is text", "1 < 2 and 3 > 2", "1 < 2 and 3 > 2"],
  ["an attribute that never ends", '<a href="x>link', "link"],
  ["a tag that never ends", "text <b", "text <b"],
  ["a letter that grows in lower case", "İİ<style>x</style>after", "İİafter"],
])("%s", (_name, html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test("no HTML takes long, whatever someone writes", () => {
  for (const unit of [
    "<",
    "<a ",
    '<a href="',
    "<!--",
    "<style>",
    "<blockquote>x",
    "&amp",
    "<pre>\n",
    "<br>",
    "<svg><a>",
  ]) {
    const started = performance.now();
    htmlToText(unit.repeat(Math.ceil(400_000 / unit.length)));
    expect(performance.now() - started).toBeLessThan(2_000);
  }
});
