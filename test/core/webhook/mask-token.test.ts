import { expect, test } from "vitest";
import { maskCompletionTokens, tokensIn } from "../../../core/webhook/mask-token.ts";

const URL_BEFORE = "https://x.example/v1/drafts/drf_a/completion?token=";
const TENANT = "ten_mzxw6ytboi2gk3tu";
const MAC = "0f9e8d7c6b5a49382716051423324150697887a6";
const TOKEN = `${TENANT}.${MAC}`;

test("the token is masked up to its end and everything else stays", () => {
  expect(maskCompletionTokens(`{"completionUrl":"${URL_BEFORE}ten_a.0f9e","n":1}`)).toBe(
    `{"completionUrl":"${URL_BEFORE}[masked]","n":1}`,
  );
});

test("all of them are, also in a text that escapes its slashes, and one that was cut off", () => {
  const echoed = `${URL_BEFORE}ten_a.0f9e and ${URL_BEFORE.replaceAll("/", "\\/")}ten_a.0f9e and ${URL_BEFORE}ten_a.0`;
  expect(maskCompletionTokens(echoed)).not.toContain("ten_a");
});

test("a customer's own tokens in the context are theirs and stay", () => {
  const own =
    '{"context":{"link":"https://shop.example/?token=abc","commit":"0f9e8d7c6b5a49382716051423324150697887a6"}}';
  expect(maskCompletionTokens(own)).toBe(own);
});

test.each([
  ["by itself", TOKEN],
  ["in another URL", `https://drafter.example/done?t=${TOKEN}&x=1`],
  ["percent-escaped", encodeURIComponent(`${URL_BEFORE}${TOKEN}`).replaceAll(".", "%2E").replaceAll("_", "%5F")],
  ["percent-escaped twice", encodeURIComponent(`${URL_BEFORE}${TOKEN}`.replaceAll(".", "%2e"))],
  ["JSON-escaped", TOKEN.replace(".", "\\u002e").replace("_", "\\u005F")],
  ["in JSON inside JSON", JSON.stringify(JSON.stringify({ url: URL_BEFORE + TOKEN })).replace(".", "\\\\u002e")],
  ["HTML-escaped", TOKEN.replace(".", "&#46;").replace("_", "&#x5F;")],
  ["cut off", TOKEN.slice(0, 40)],
])("a token of ours is masked wherever it stands: %s", (_, text) => {
  expect(maskCompletionTokens(text)).toContain("[masked]");
  expect(maskCompletionTokens(text)).not.toContain(MAC.slice(0, 12));
});

const each = (spell: (character: string) => string) => [...MAC].map(spell).join("");
const hex = (character: string) => character.charCodeAt(0).toString(16).padStart(2, "0");

test.each([
  ["without its tenant", MAC],
  ["in capitals", MAC.toUpperCase()],
  ["each character percent-escaped", each((character) => `%${hex(character)}`)],
  ["each character JSON-escaped", each((character) => `\\u00${hex(character)}`)],
  ["each character HTML-escaped", each((character) => `&#${character.charCodeAt(0)};`)],
  ["each character quoted-printable", each((character) => `=${hex(character).toUpperCase()}`)],
  ["in UTF-16", each((character) => `${character}\0`)],
  ["cut off", `${MAC.slice(0, 25)}`],
])("the request's own token is known, and its secret part is masked in every spelling: %s", (_, spelled) => {
  const known = tokensIn(`{"completionUrl":"${URL_BEFORE}${TOKEN}"}`);
  expect(known).toEqual([TOKEN]);
  expect(maskCompletionTokens(`a ${spelled} b`, known)).toMatch(/^a \[masked\] ?b$/);
  // The control: nobody could know it without the request.
  expect(maskCompletionTokens(`a ${spelled} b`)).toBe(`a ${spelled} b`);
});

test.each([
  ["behind what could begin an escape", `a=${MAC}`, "a=[masked]"],
  ["behind a percent sign", `100%${MAC}`, "100%[masked]"],
  ["with its tenant", `x=${TOKEN}&y`, "x=[masked]&y"],
  ["with its tenant, escaped", `x=${encodeURIComponent(TOKEN).replace("_", "%5f")}&y`, "x=[masked]&y"],
  ["over two lines of quoted-printable", `a ${MAC.slice(0, 5)}=\r\n${MAC.slice(5)} b`, "a [masked] b"],
  ["twice, and side by side", `${MAC}${MAC} ${TOKEN}`, "[masked][masked] [masked]"],
  ["among letters that are longer in lower case", `İİ ${MAC} İ`, "İİ [masked] İ"],
  ["too short to be told from other text", MAC.slice(0, 11), MAC.slice(0, 11)],
])("a known token is masked and what stands around it stays: %s", (_, text, shown) => {
  expect(maskCompletionTokens(text, [TOKEN])).toBe(shown);
});

test("texts made of nothing but escapes are read in one go", () => {
  for (const text of [
    "%2525".repeat(20_000),
    `ten_${"%25".repeat(20_000)}`,
    "\\".repeat(100_000),
    "\0".repeat(100_000),
  ])
    expect(maskCompletionTokens(text, [TOKEN])).toBe(text);
});
