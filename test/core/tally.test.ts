import { expect, test } from "vitest";
import type { JournalEntry } from "../../core/journal.ts";
import { talliesOf } from "../../core/tally.ts";

function note(
  code: string,
  detail: Readonly<Record<string, unknown>> = {},
  subjectId: string | null = null,
): JournalEntry {
  return { kind: "note", at: 0, step: 0, code, subjectId, by: "engine", detail };
}

test.each([
  ["a gate that passes the step over", note("gate_closed", { verdict: "skip" }), ["skipped"]],
  ["a gate that holds it", note("gate_closed", { verdict: "hold" }), []],
  ["a person who passes a step over", note("skipped_by_person", {}, "drf_a_0_1"), ["skipped"]],
  ["a person who drops an answer to a reply", note("skipped_by_person", {}, "evt_a_1"), []],
  ["a completion that skips", note("completion_received", { decision: "skip" }), ["skipped"]],
  ["a completion with words", note("completion_received", { decision: "body" }), []],
  ["a draft that never came, and is held", note("draft_given_up", { instead: "hold" }), ["failed"]],
  ["a draft that never came, and is passed over", note("draft_given_up", { instead: "skip" }), ["failed", "skipped"]],
  ["who wants no more mail", note("contact_refused", { reason: "unsubscribed" }), ["unsubscribed"]],
  ["who called it unwanted", note("contact_refused", { reason: "complained" }), []],
  ["a bounce for good", note("message_bounced", { bounce: { addressDead: true } }), ["bounced"]],
  ["a bounce that may pass", note("message_bounced", { bounce: { addressDead: false } }), []],
  ["an end by a bounce", note("exited", { reason: "bounced" }), ["bounced"]],
  ["an end by a reply", note("exited", { reason: "replied" }), []],
  ["any other note", note("resumed"), []],
] as const)("%s counts as it should", (_, entry, counted) => {
  expect(talliesOf(entry)).toEqual(counted);
});
