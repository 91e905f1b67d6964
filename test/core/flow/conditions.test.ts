import { describe, expect, test } from "vitest";
import type { CadenceSettings } from "../../../core/cadence.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import {
  alarm,
  answered,
  begun,
  breaker,
  cadence,
  DAY,
  FACTS,
  facts,
  HOUR,
  play,
  reply,
  slot,
  T,
  TO_SENT,
} from "../given.ts";

const GOES_ON = { exitOnReply: false } as const;

/** A first message at T, a second with this condition two days later, and what is said two days after that. */
function three(
  condition: string,
  third: Readonly<Record<string, unknown>> = { delayDays: 3 },
  settings: Partial<CadenceSettings> = GOES_ON,
) {
  return cadence([{}, { delayDays: 2, condition }, third], settings);
}

function later(of: ReturnType<typeof three>, ...events: readonly EnrollmentEvent[]): Enrollment {
  return play(begun(of), of, ...TO_SENT, ...events).state;
}

function dueIn(state: Enrollment): number | null {
  return state.phase.name === "waiting" ? state.phase.dueAt - T : null;
}

describe.each(["never_replied", "no_reply_to_prev"])("a step with %s that is passed over", (condition) => {
  const of = three(condition);
  const skipped = later(of, reply(T + HOUR), alarm(T + 2 * DAY), facts(T + 2 * DAY));

  test("counts as done when it was passed over: the next one's delay begins there", () => {
    expect(skipped.outcomes.map(({ outcome, reason }) => [outcome, reason])).toEqual([
      ["sent", null],
      ["skipped", `condition_${condition}`],
    ]);
    expect([skipped.step, dueIn(skipped)]).toEqual([2, 5 * DAY]);
  });

  test("isn't passed over before it is due, however early the reply came", () => {
    const waiting = later(of, reply(T + HOUR), alarm(T + DAY));
    expect([waiting.step, dueIn(waiting)]).toEqual([1, 2 * DAY]);
  });

  test("waits for no window first, and no delay is made up for one that came late", () => {
    const windowed = three(condition, { delayDays: 3 }, { ...GOES_ON, businessHoursOnly: true });
    // A Saturday, 03:00 in Paris.
    const saturday = T + 4 * DAY + 17 * HOUR;
    const late = later(windowed, reply(T + HOUR), alarm(saturday), facts(saturday));
    expect([late.step, dueIn(late)]).toEqual([2, saturday - T + 3 * DAY]);
  });
});

test("a reply between the draft and the send passes the step over then, and the next delay begins at that moment", () => {
  const of = three("never_replied");
  const at = T + 2 * DAY;
  const draftId = "drf_aaaaaaaaaaaaaaaa_1_2";
  const drafted = later(
    of,
    alarm(at),
    facts(at),
    breaker(at),
    slot(at, draftId),
    answered(at, { body: "Hi" }, 1, draftId),
  );
  expect(drafted.phase.name).toBe("ready");
  const { state } = play(drafted, of, reply(at + HOUR), facts(at + HOUR, "send", FACTS));
  expect(state.outcomes.at(-1)).toMatchObject({ outcome: "skipped", reason: "condition_never_replied", draftId });
  expect([state.step, dueIn(state), state.unusedSlots.length]).toEqual([2, 2 * DAY + HOUR + 3 * DAY, 1]);
});

test("a wait after a step that is passed over waits from then on", () => {
  const of = cadence(
    [{}, { delayDays: 2, condition: "never_replied" }, { kind: "wait", delayDays: 1 }, { delayDays: 1 }],
    GOES_ON,
  );
  const skipped = later(of, reply(T + HOUR), alarm(T + 2 * DAY), facts(T + 2 * DAY));
  expect([skipped.step, dueIn(skipped)]).toEqual([2, 3 * DAY]);
  const waited = play(skipped, of, alarm(T + 3 * DAY)).state;
  expect([waited.step, dueIn(waited), waited.outcomes.at(-1)?.outcome]).toEqual([3, 4 * DAY, "waited"]);
});

describe("the step before", () => {
  const of = three("no_reply_to_prev", { delayDays: 3, condition: "no_reply_to_prev" });
  const skipped = later(of, reply(T + HOUR), alarm(T + 2 * DAY), facts(T + 2 * DAY));

  test("of no_reply_to_prev may be one that was passed over: a reply from before that doesn't count any more", () => {
    const asked = play(skipped, of, alarm(T + 5 * DAY), facts(T + 5 * DAY)).state;
    expect([asked.step, asked.outcomes.length]).toEqual([2, 2]);
  });

  test("and one from after it does", () => {
    const again = play(skipped, of, reply(T + 3 * DAY, {}, "in_2"), alarm(T + 5 * DAY), facts(T + 5 * DAY)).state;
    expect(again.outcomes.map(({ outcome }) => outcome)).toEqual(["sent", "skipped", "skipped"]);
    expect(again.phase).toMatchObject({ name: "finished", exit: { state: "completed" } });
  });
});
