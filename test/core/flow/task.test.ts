import { expect, test } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { EnrollmentEvent } from "../../../core/events.ts";
import type { Facts } from "../../../core/facts.ts";
import { begun, cadence, DAY, FACTS, play, T } from "../given.ts";

const OF = cadence([{ kind: "task" }, { kind: "email", delayDays: 1 }]);
const LUCK = { dice: 0.5 } as const;

function tasked(): Enrollment {
  return {
    ...begun(OF),
    phase: {
      name: "tasked",
      kind: "task",
      draft: {
        ...{ id: "drf_aaaaaaaaaaaaaaaa_0_1", previousDraftId: null, source: "webhook", createdAt: T },
        ...{ expiresAt: T + DAY, attempt: 1, refusals: 0, slotDay: null },
      },
      words: { subject: null, text: "Call Jane", html: null, meta: null },
      since: T,
      dueAt: T + 3 * DAY,
      reminders: 0,
      gates: [],
      remindAt: T + 3 * DAY,
      wakeAt: T + DAY,
    },
  };
}

const alarm = (at: number): EnrollmentEvent => ({ ...LUCK, type: "alarm_fired", at });
const looked = (at: number, facts: Partial<Facts> = {}): EnrollmentEvent => ({
  ...{ ...LUCK, type: "facts_read", at, purpose: { to: "send", lane: { of: "step" } } },
  facts: { ...FACTS, ...facts },
});

test("a task is looked at every day, reminded of when it is due, and after a month left alone", () => {
  let state = tasked();
  const reminded: number[] = [];
  for (let day = 1; state.phase.wakeAt !== null; day += 1) {
    const { effects, state: after } = play(state, OF, alarm(state.phase.wakeAt));
    expect(effects.filter(({ type }) => type === "read_facts")).toHaveLength(1);
    if (after.phase.name === "tasked" && state.phase.name === "tasked")
      if (after.phase.reminders > state.phase.reminders) reminded.push(day);
    state = after;
    expect(day).toBeLessThan(40);
  }
  expect(reminded).toEqual([3, 4, 5]);
});

test("whoever is suppressed while it lies there is no longer anybody's task", () => {
  const suppressed = { suppressed: { scope: "address", reason: "unsubscribed" } } as const;
  const { state } = play(tasked(), OF, alarm(T + DAY), looked(T + DAY, suppressed));
  expect(state.phase).toMatchObject({ name: "finished", exit: { reason: "suppressed" } });
  // The control: with nothing against it, it stays.
  expect(play(tasked(), OF, alarm(T + DAY), looked(T + DAY)).state.phase.name).toBe("tasked");
});

test("a reply in another enrollment takes it away, a full week of messages doesn't", () => {
  const question = { to: "jane@lead.example", person: null, company: null, repliesFrom: T } as const;
  const answered = (answer: object) =>
    ({
      ...{ ...LUCK, type: "contacts_answered", at: T + DAY, purpose: { to: "send", lane: { of: "step" } } },
      ...{ facts: FACTS, question, sendKey: null, gates: [], answer },
    }) as EnrollmentEvent;
  const replied = { kind: "replied", enrollmentId: "enr_b", repliedAt: T };
  expect(play(tasked(), OF, answered(replied)).state.phase).toMatchObject({ exit: { reason: "replied_elsewhere" } });
  const full = { kind: "limit", of: "person", counted: 3, freeAt: T + 2 * DAY };
  expect(play(tasked(), OF, answered(full)).state.phase.name).toBe("tasked");
});

test("a pause stops the looks, and what was done while it lasted is taken all the same", () => {
  const paused = { ...tasked(), paused: { at: T, by: "key_1" } };
  expect(play(paused, OF, alarm(T + DAY)).effects).toEqual([]);
  const done = {
    ...LUCK,
    type: "task_done",
    at: T + DAY,
    by: "key_1",
    draftId: "drf_aaaaaaaaaaaaaaaa_0_1",
    text: null,
  } as const;
  expect(play(paused, OF, done).state.outcomes).toMatchObject([{ step: 0, outcome: "sent" }]);
});
