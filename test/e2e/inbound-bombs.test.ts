import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parseInbound } from "../../adapters/mail/parse-inbound.ts";
import { classifyInbound } from "../../core/mail/classify.ts";
import { matchCandidates } from "../../core/mail/match.ts";
import { replyOf } from "../../core/mail/reply/reply-of.ts";

/** S5: half a second of reckoning for anything that a sender can write. */
const CPU_MS_MAX = 500;
const NOW = Date.parse("2026-11-23T10:00:00Z");
const ENVELOPE = { from: "eve@lead.example", to: "us@reply.drafthook.test" };
const FOLDER = new URL("../support/mails/", import.meta.url).pathname;

/** Everything that is done with a mail before anybody is asked about it; answers the milliseconds of reckoning that it took. */
async function read(raw: Uint8Array): Promise<number> {
  const before = process.cpuUsage();
  const mail = await parseInbound(raw, ENVELOPE);
  matchCandidates(mail);
  const { kind, confidence } = classifyInbound(mail, { ownMessageIdDomains: [], ownAddresses: [] }, NOW);
  const { clean } = replyOf(mail);
  const { user, system } = process.cpuUsage(before);
  expect([kind.length > 0, confidence >= 0 && confidence <= 1, typeof clean]).toEqual([true, true, "string"]);
  return (user + system) / 1_000;
}

const HEAD = "From: Eve <eve@lead.example>\r\nSubject: boom\r\nMIME-Version: 1.0\r\n";
const MIXED = `${HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nfirst words\r\n`;

const BOMBS: readonly (readonly [string, () => string])[] = [
  ["100,000 parts", () => MIXED + "--b\r\n\r\n".repeat(100_000)],
  [
    "parts 300 deep",
    () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b0\r\n\r\n${Array.from({ length: 300 }, (_, n) => `--b${n}\r\nContent-Type: multipart/mixed; boundary=b${n + 1}\r\n\r\n`).join("")}deep`,
  ],
  ["a header of 3 MiB", () => `${HEAD}X-A: ${"a".repeat(3_145_728)}\r\n\r\nfirst words`],
  ["100,000 recipients", () => `${HEAD}To: ${"a@b.example, ".repeat(100_000)}\r\n\r\nfirst words`],
  [
    "50,000 parameters of RFC 2231",
    () =>
      `${HEAD}Content-Type: text/plain; ${Array.from({ length: 50_000 }, (_, n) => `name*${n}*=%41`).join("; ")}\r\n\r\nfirst words`,
  ],
  [
    "25 MiB of base64",
    () =>
      `${HEAD}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${`${"JVBERi0x".repeat(9)}\r\n`.repeat(354_000)}`,
  ],
  ["2,000,000 empty lines", () => `${HEAD}\r\n${"\n".repeat(2_000_000)}`],
  ["a References of 100,000 ids", () => `${HEAD}References: ${"<a@b> ".repeat(100_000)}\r\n\r\nfirst words`],
  ["HTML 20,000 deep", () => `${HEAD}Content-Type: text/html\r\n\r\n${"<div>".repeat(20_000)}first words`],
  ["quoted lines without an end", () => `${HEAD}\r\n${`${"> ".repeat(50)}words\r\n`.repeat(5_000)}`],
  ["unclosed tags", () => `${HEAD}Content-Type: text/html\r\n\r\n${"<a <b <!-- ".repeat(25_000)}`],
  [
    "encoded words in a row",
    () => `From: eve@lead.example\r\nSubject: ${"=?utf-8?q?a?= ".repeat(20_000)}\r\n\r\nfirst words`,
  ],
];

describe("a mail made to break us takes half a second at most, and is read as something", () => {
  test.each(BOMBS)("%s", { timeout: 60_000 }, async (_name, make) => {
    const raw = new TextEncoder().encode(make());
    const took = await read(raw);
    expect(took).toBeLessThan(CPU_MS_MAX);
  });
});

test("1,200 odd mails, made of ordinary ones by cutting, doubling and spoiling them: nothing thrown, none slow", {
  timeout: 120_000,
}, async () => {
  const mails = readdirSync(FOLDER)
    .filter((name) => name.endsWith(".eml"))
    .map((name) => new Uint8Array(readFileSync(FOLDER + name)));
  let seed = 1;
  const dice = (sides: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % sides;
  };
  let slowest = 0;
  for (let n = 0; n < 1_200; n += 1) {
    const mail = mails[n % mails.length] ?? new Uint8Array();
    slowest = Math.max(slowest, await read(spoiled(mail, dice)));
  }
  console.info(`1,200 odd mails, the slowest took ${slowest.toFixed(1)} ms`);
  expect(slowest).toBeLessThan(CPU_MS_MAX);
});

function spoiled(mail: Uint8Array, dice: (sides: number) => number): Uint8Array {
  const at = dice(mail.length + 1);
  switch (dice(6)) {
    case 0:
      return mail.slice(0, at);
    case 1:
      return mail.slice(at);
    case 2:
      return joined(mail.slice(0, at), mail);
    case 3:
      return joined(mail.slice(0, at), new Uint8Array(dice(200)).fill(dice(256)), mail.slice(at));
    case 4:
      return mail.map((byte) => (dice(50) === 0 ? dice(256) : byte));
    default:
      return mail.filter((byte) => byte !== 13 && dice(80) !== 0);
  }
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let end = 0;
  for (const part of parts) {
    whole.set(part, end);
    end += part.length;
  }
  return whole;
}
