import { readdirSync, readFileSync } from "node:fs";
import { simpleParser } from "mailparser";
import { expect, test } from "vitest";
import { parseInbound } from "../../adapters/mail/parse-inbound.ts";

const FOLDER = new URL("../support/mails/", import.meta.url).pathname;
const FILES = readdirSync(FOLDER).filter((name) => name.endsWith(".eml"));

test("there are mails to compare", () => {
  expect(FILES.length).toBeGreaterThanOrEqual(11);
});

/** mailparser shares no code with the parser we use: where the two agree, we read what was written. */
test.each(FILES)("%s is read as another parser reads it", async (name) => {
  const raw = readFileSync(FOLDER + name);
  const ours = await parseInbound(new Uint8Array(raw), { from: "lead@lead.example", to: "us@reply.drafthook.test" });
  const theirs = await simpleParser(raw);

  expect(ours.subject).toBe(theirs.subject);
  expect(ours.from?.email).toBe(theirs.from?.value[0]?.address);
  expect(ours.from?.name).toBe(theirs.from?.value[0]?.name);
  expect(ours.messageId).toBe(theirs.messageId);
  expect(ours.date).toBe(theirs.date?.getTime());
  // The two lay out HTML differently; the words must be the same.
  expect(words(ours.text)).toEqual(words(textOf(name, theirs.text ?? "")));
});

/** mailparser glues the text of reports and returned headers to the text of the mail; ours keeps them apart. */
function textOf(name: string, text: string): string {
  return name === "postfix-bounce.eml" ? (text.split("Reporting-MTA:")[0] ?? "") : text;
}

function words(text: string): string[] {
  return text.match(/[\p{L}\p{N}@.-]+/gu)?.filter((word) => /[\p{L}\p{N}]/u.test(word)) ?? [];
}
