import { expect, test } from "vitest";
import { CreateCadence } from "../../../core/contract/cadence.ts";
import { EditDraft, SkipDraft } from "../../../core/contract/draft.ts";
import { parseDraftAnswer, parseReplyAnswer } from "../../../core/contract/draft-answer.ts";
import { Unenroll } from "../../../core/contract/enrollment.ts";
import { CreateMailbox } from "../../../core/contract/mailbox.ts";

const MAILBOX = { provider: "sandbox", email: "ana@acme.example" };
const STEP = { kind: "wait" };

/** Every free text that the contract takes, and whether it was taken. */
const FIELDS: readonly (readonly [string, (text: string) => boolean])[] = [
  ["a mailbox's signature", (signature) => CreateMailbox.safeParse({ ...MAILBOX, signature }).success],
  ["a mailbox's postalAddress", (postalAddress) => CreateMailbox.safeParse({ ...MAILBOX, postalAddress }).success],
  ["a cadence's description", (description) => CreateCadence.safeParse({ name: "A", description }).success],
  ["a step's promptHint", (promptHint) => CreateCadence.safeParse(withStep({ promptHint })).success],
  ["a step's notes", (notes) => CreateCadence.safeParse(withStep({ notes })).success],
  ["a step's staticBody", (staticBody) => CreateCadence.safeParse(withStep({ staticBody })).success],
  ["an edited body", (body) => EditDraft.safeParse({ body }).success],
  ["an edited html", (html) => EditDraft.safeParse({ body: "Hi", html }).success],
  ["a draft's body", (body) => parseDraftAnswer({ body }).ok],
  ["a draft's reason to skip", (reason) => parseDraftAnswer({ skip: true, reason }).ok],
  ["a reply's reason to stop", (reason) => parseReplyAnswer({ action: "stop", reason }).ok === true],
];

/** One line each: they may end up in a header. */
const LINES: typeof FIELDS = [
  ["a person's reason to skip", (reason) => SkipDraft.safeParse({ reason }).success],
  ["a reason to unenroll", (reason) => Unenroll.safeParse({ reason }).success],
  ["a draft's subject", (subject) => parseDraftAnswer({ body: "Hi", subject }).ok],
  ["a cadence's name", (name) => CreateCadence.safeParse({ name }).success],
];

const UNSTORABLE = [
  "NUL \u0000",
  "escape \u001b[2J",
  "backspace \b",
  "delete \u007f",
  "half \ud83d",
  "other half \ude00",
];

test.each([...FIELDS, ...LINES])("%s may hold neither a control character nor half of a character", (_, takes) => {
  expect(UNSTORABLE.filter((text) => takes(`a${text}b`))).toEqual([]);
  expect(takes("Grüße, 中村 👩‍🚀")).toBe(true);
});

test.each(LINES)("%s is one line, without tabs", (_, takes) => {
  expect(["\n", "\r", "\t", "\u0085", "\u2028"].filter((text) => takes(`a${text}b`))).toEqual([]);
});

test.each(FIELDS)("%s may have several lines, with whatever line ends, and tabs", (_, takes) => {
  expect(takes("one\ntwo\r\nthree\tfour\rfive")).toBe(true);
});

test.each(LINES)("%s may not", (_, takes) => {
  expect(["a\nb", "a\rb", "a\u0085b", "a\u2028b"].filter(takes)).toEqual([]);
});

function withStep(more: object) {
  return { name: "A", steps: [{ ...STEP, ...more }] };
}
