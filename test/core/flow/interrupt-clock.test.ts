import { expect, test } from "vitest";
import { alarm, begun, by, cadence, facts, HOUR, play, T } from "../given.ts";

const BUSINESS = cadence([{}], { businessHoursOnly: true });
/** Seven in the evening in Paris; ten in the morning in San Francisco. */
const EVENING = T + 9 * HOUR;
const edit = (lead: object) => by(EVENING + 1, { type: "lead_edited" as const, lead });

test("a lead who gets another time zone while waiting for a window is looked at by that clock at once", () => {
  const waits = play(begun(BUSINESS), BUSINESS, alarm(EVENING), facts(EVENING));
  expect(waits.state.phase.wakeAt).toBe(T + 23 * HOUR);
  const moved = play(waits.state, BUSINESS, edit({ timeZone: "America/Los_Angeles" }), alarm(EVENING + 2));
  expect(moved.effects).toContainEqual({ type: "read_facts", purpose: { to: "draft" } });
  expect(play(moved.state, BUSINESS, facts(EVENING + 2)).effects.map(({ type }) => type)).toContain("ask_breaker");
});

test("a lead who gets another name waits on", () => {
  const waits = play(begun(BUSINESS), BUSINESS, alarm(EVENING), facts(EVENING));
  expect(play(waits.state, BUSINESS, edit({ name: "Joan" })).state.phase.wakeAt).toBe(T + 23 * HOUR);
});

test("a lead who gets another time zone while waiting for the mailbox is given a place by that clock", () => {
  const waits = play(begun(BUSINESS), BUSINESS, alarm(EVENING), facts(EVENING)).state;
  if (waits.phase.name !== "waiting" || waits.phase.waitingFor === null) throw new Error("it doesn't wait");
  const atMailbox = {
    ...waits,
    phase: { ...waits.phase, waitingFor: { ...waits.phase.waitingFor, gate: "mailbox_pace" } },
  } as const;
  const moved = play(atMailbox, BUSINESS, edit({ timeZone: "America/Los_Angeles" }));
  expect(moved.state.phase.wakeAt).toBe(EVENING + 1);
});
