import { describe, expect, test } from "vitest";
import type { JournalEntry } from "../../../core/journal.ts";
import { outcomeOf, reasonToPause } from "../../../core/mail/reputation.ts";

describe("when a mailbox must stop", () => {
  test.each([
    ["nothing sent", 0, 0, 0, false],
    ["all of 49 came back: too few to judge", 49, 49, 0, false],
    ["3 of 50 came back", 50, 3, 0, true],
    ["2 of 50 came back", 50, 2, 0, false],
    ["5 % of 1,000 is the limit itself", 1_000, 50, 0, false],
    ["one more is over it", 1_000, 51, 0, true],
    ["one complaint, even of ten, may be a slip", 10, 0, 1, false],
    ["two complaints of 1,000", 1_000, 0, 2, true],
    ["two complaints of three", 3, 0, 2, true],
  ])("%s", (_name, sent, bounced, complained, stops) => {
    const reason = reasonToPause({ sent, bounced, complained });
    expect(reason !== null).toBe(stops);
    if (reason !== null) expect(reason).toMatch(/of the last \d+ messages .*enabled/);
  });
});

const note = (code: string, detail: Record<string, unknown> = {}): JournalEntry => ({
  kind: "note",
  at: 1,
  step: 0,
  code,
  subjectId: null,
  by: "engine",
  detail,
});

describe("what a line of the log says of a mailbox", () => {
  test.each([
    ["a dead address", note("address_suppressed", { reason: "bounced" }), "bounced"],
    ["an end for a bounce", note("exited", { reason: "bounced" }), "bounced"],
    [
      "a provider's word of a bounce for good",
      note("message_bounced", { bounce: { messagePermanent: true } }),
      "bounced",
    ],
    ["a full mailbox", note("message_bounced", { bounce: { addressDead: false, messagePermanent: false } }), null],
    ["a complaint", note("contact_refused", { reason: "complained" }), "complained"],
    ["a provider's word of a complaint", note("message_complained"), "complained"],
    ["an unsubscription, which is nobody's fault", note("contact_refused", { reason: "unsubscribed" }), null],
    ["an address suppressed for an unsubscription", note("address_suppressed", { reason: "unsubscribed" }), null],
    ["an end for a reply", note("exited", { reason: "replied" }), null],
  ])("%s", (_name, entry, outcome) => {
    expect(outcomeOf(entry)).toBe(outcome);
  });
});
