import { expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import { noted } from "../../../core/flow/contact.ts";
import { withoutOrphanSlot } from "../../../core/flow/next.ts";
import {
  begun,
  cadence,
  claimed,
  DAY,
  FACTS,
  FIRST,
  facts,
  named,
  play,
  slot,
  T,
  TO_READY,
  TO_SENT,
} from "../given.ts";

const C = cadence();
const READY = play(begun(), C, ...TO_READY).state;
const at = T + DAY;

test("who is said to be away while the day's count takes its time to answer isn't written to", () => {
  const asked = play(READY, C, facts(at, "send"));
  expect(asked.effects).toMatchObject([{ type: "reserve_slot" }]);
  const away: Enrollment = { ...asked.state, awayUntil: "2027-01-04" };
  const { state, effects } = play(away, C, slot(at, FIRST, true, "send"));
  expect([named(state.phase), effects]).toEqual(["ready", []]);
  expect(state.phase).toMatchObject({ waitingFor: { gate: "absence" }, draft: { slotDay: "2026-11-24" } });
});

test("the control: nobody is away, and it goes on", () => {
  const { effects } = play(READY, C, facts(at, "send"), slot(at, FIRST, true, "send"), claimed(at));
  expect(effects).toMatchObject([{ type: "compose_message" }]);
});

test("a second answer for the very slot that the draft has, or has used, gives nothing back", () => {
  const booked = play(READY, C, facts(at, "send"), slot(at, FIRST, true, "send")).state;
  const again = play(booked, C, slot(at, FIRST, true, "send")).state;
  expect(again.unusedSlots.filter(({ draftId }) => draftId === FIRST)).toEqual(booked.unusedSlots);
  const sent = play(begun(), C, ...TO_SENT).state;
  expect(withoutOrphanSlot(sent, { draftId: FIRST, day: "2026-11-23" })).toBe(sent);
  const free = { draftId: "drf_aaaaaaaaaaaaaaaa_0_2", day: "2026-11-23" };
  expect(withoutOrphanSlot(sent, free).unusedSlots).toContainEqual(free);
});

test("a second count of a message that is out is not noted, or it would be given back", () => {
  const counted = {
    type: "contacts_answered",
    at: T,
    dice: 0.5,
    purpose: { to: "send", lane: { of: "step" } },
    facts: FACTS,
    question: { to: "jane@lead.example", person: { messages: 1, days: 1 }, company: null, repliesFrom: null },
    sendKey: "dh-aaaaaaaaaaaaaaaa-0-0",
    gates: [],
    answer: { kind: "free" },
  } as const;
  const sent = play(begun(), C, ...TO_SENT).state;
  expect(noted(sent, counted)).toBe(sent);
  // The control: while it is in hand it is.
  expect(noted(READY, counted).contacts).toEqual([{ sendKey: "dh-aaaaaaaaaaaaaaaa-0-0", to: "jane@lead.example" }]);
});
