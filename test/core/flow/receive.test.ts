import { describe, expect, test } from "vitest";
import type { BounceFacts, Classification } from "../../../core/mail/inbound.ts";
import {
  alarm,
  begun,
  cadence,
  DAY,
  effectsOf,
  facts,
  journaled,
  named,
  play,
  reply,
  T,
  TO_SENT,
  toTell,
} from "../given.ts";

const C = cadence();
/** The first step was sent, the second is due in two days. */
const WAITING = play(begun(), C, ...TO_SENT).state;

const bounce = (facts: Partial<BounceFacts>): Partial<Classification> => ({
  kind: "bounce",
  bounce: {
    class: "soft",
    addressDead: false,
    messagePermanent: false,
    reason: "mailbox_full",
    recipient: "jane@lead.example",
    recipients: ["jane@lead.example"],
    status: "4.2.2",
    diagnostic: "452 4.2.2 mailbox full",
    ...facts,
  },
});
const DEAD = { class: "hard", addressDead: true, messagePermanent: true, reason: "user_unknown" } as const;

describe("what a bounce does", () => {
  test.each([
    ["a dead address: all contact ends", C, bounce(DEAD), "finished:bounced", true],
    [
      "a message refused for good: the enrollment ends",
      C,
      bounce({ messagePermanent: true }),
      "finished:bounced",
      false,
    ],
    ["trouble that passes: it goes on", C, bounce({}), "waiting", false],
    [
      "trouble that passes, where the cadence stops for it",
      cadence(undefined, { onSoftBounce: "stop" }),
      bounce({}),
      "finished:bounced",
      false,
    ],
  ] as const)("%s", (_name, of, classification, phase, isSuppressed) => {
    const moved = play(WAITING, of, reply(T, classification));
    expect([named(moved.state.phase), journaled(moved).includes("address_suppressed")]).toEqual([phase, isSuppressed]);
  });

  test("what it said is in the log, also where nothing changes", () => {
    expect(journaled(play(WAITING, C, reply(T, bounce({}))))).toEqual(["message", "soft_bounce"]);
  });
});

test("a complaint ends all contact, whatever the cadence says", () => {
  const moved = play(
    WAITING,
    cadence(undefined, { exitOnReply: false, exitOnUnsubscribe: false }),
    reply(T, { kind: "complaint" }),
  );
  expect(named(moved.state.phase)).toBe("finished:complained");
  expect(toTell(moved.state)).toEqual(expect.arrayContaining(["lead.complained", "lead.exited"]));
  expect(journaled(moved)).toContain("address_suppressed");
});

describe("what an absence does", () => {
  const away = (returnsOn: string | null): Partial<Classification> => ({
    kind: "auto_reply",
    subtype: "ooo",
    absence: { returnsOn, successor: null },
  });
  /** The second step is due: what do the gates say? */
  const due = (state: typeof WAITING, at: number) => {
    const looking = play(state, C, alarm(at));
    expect(effectsOf(looking)).toEqual(["read_facts"]);
    return play(looking.state, C, facts(at));
  };

  test("nothing goes out before the day after the return, in the tenant's zone", () => {
    const { state } = play(WAITING, C, reply(T, away("2026-12-04")));
    expect(state.awayUntil).toBe("2026-12-05");
    const waits = due(state, T + 2 * DAY).state;
    const { phase } = waits;
    expect(phase).toMatchObject({ name: "waiting", waitingFor: { gate: "absence", reason: "out_of_office" } });
    expect(phase.wakeAt).toBe(Date.parse("2026-12-04T23:00:00Z"));
    expect(effectsOf(due(waits, Date.parse("2026-12-04T23:00:00Z")))).toEqual(["ask_breaker"]);
  });

  test.each([
    ["a day that has passed", away("2026-11-01")],
    ["a day in another year", away("2028-01-01")],
    ["no day", away(null)],
  ])("%s says nothing", (_name, classification) => {
    expect(play(WAITING, C, reply(T, classification)).state.awayUntil).toBeNull();
  });

  test("nor does any where the cadence doesn't care", () => {
    const of = cadence(undefined, { onOutOfOffice: "ignore" });
    expect(play(WAITING, of, reply(T, away("2026-12-04"))).state.awayUntil).toBeNull();
  });

  test("whoever works there no more is not written to, and whom they named stands in the reason", () => {
    const gone: Partial<Classification> = {
      kind: "auto_reply",
      subtype: "left_company",
      absence: { returnsOn: null, successor: { name: null, email: "tom@lead.example" } },
    };
    const { phase } = play(WAITING, C, reply(T, gone)).state;
    expect(phase).toMatchObject({
      name: "finished",
      exit: { reason: "left_company", detail: "write to tom@lead.example instead" },
    });
    const ignoring = cadence(undefined, { onLeftCompany: "ignore" });
    expect(named(play(WAITING, ignoring, reply(T, gone)).state.phase)).toBe("waiting");
  });
});
