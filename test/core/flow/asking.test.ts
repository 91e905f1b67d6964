import { describe, expect, test } from "vitest";
import type { DraftFailure } from "../../../core/events.ts";
import {
  alarm,
  answered,
  begun,
  breaker,
  cadence,
  completion,
  DAY,
  effectsOf,
  event,
  FIRST,
  facts,
  failed,
  HOUR,
  journaled,
  MINUTE,
  named,
  play,
  slot,
  T,
  TO_DRAFTING,
  TO_SENT,
  toTell,
  unreadable,
} from "../given.ts";

const C = cadence();
const http = (status: number, retryAfterMs: number | null = null): DraftFailure => ({
  kind: "http",
  status,
  retryAfterMs,
});

test.each([
  ["an early alarm does nothing", begun(), [alarm(T - 1)], "waiting", []],
  ["a due step looks at the facts first", begun(), [alarm(T)], "waiting", ["read_facts"]],
  ["open gates: the endpoint's breaker is asked", begun(), [alarm(T), facts(T)], "waiting", ["ask_breaker"]],
  ["the endpoint is up: a slot is reserved", begun(), [alarm(T), facts(T), breaker(T)], "waiting", ["reserve_slot"]],
  ["the endpoint is down: it waits, and no slot is taken", begun(), [alarm(T), facts(T), breaker(T, 9)], "waiting", []],
  ["the slot is there: the endpoint is asked", begun(), TO_DRAFTING, "drafting", ["request_draft"]],
  [
    "no slot left: tomorrow, and its place at the endpoint is free",
    begun(),
    [alarm(T), facts(T), breaker(T), slot(T, FIRST, false)],
    "waiting",
    ["leave_place"],
  ],
  ["a switch is off: it waits", begun(), [alarm(T), facts(T, "draft", { cadence: { enabled: false } })], "waiting", []],
  [
    "suppressed: the cadence ends",
    begun(),
    [alarm(T), facts(T, "draft", { suppressed: { scope: "domain", reason: "asked" } })],
    "finished:suppressed",
    [],
  ],
  [
    "no mailbox: held for a person",
    begun(),
    [alarm(T), facts(T, "draft", { mailbox: null })],
    "held:mailbox_missing",
    [],
  ],
  ["facts that can't be read are looked for again", begun(), [alarm(T), unreadable(T)], "waiting", []],
  ["an alarm twice asks once", begun(), [...TO_DRAFTING, alarm(T)], "drafting", []],
  ["facts that come twice ask once", begun(), [...TO_DRAFTING, facts(T)], "drafting", []],
] as const)("%s", (_name, state, events, phase, effects) => {
  const moved = play(state, C, ...events);
  expect(named(moved.state.phase)).toBe(phase);
  expect(effectsOf(moved)).toEqual(effects);
});

test("whatever puts a step off says until when", () => {
  expect(play(begun(), C, alarm(T), facts(T), slot(T, FIRST, false)).state.phase.wakeAt).toBe(T + DAY);
  expect(play(begun(), C, alarm(T), unreadable(T)).state.phase.wakeAt).toBe(T + 30_000);
});

test("a wait step passes by itself and the next counts its delay from there", () => {
  const waits = cadence([{ kind: "wait", delayDays: 1 }, { delayDays: 2 }]);
  const { state } = play(begun(waits), waits, alarm(T + DAY));
  expect([state.step, state.phase.wakeAt, state.outcomes[0]?.outcome]).toEqual([1, T + 3 * DAY, "waited"]);
});

describe("static text", () => {
  const said = cadence([
    { draftStrategy: "static", staticSubject: "For {{leadName}}", staticBody: "Dear {{firstName}}" },
  ]);

  test("needs no endpoint and carries the lead's fields", () => {
    const { state, effects } = play(begun(said), said, alarm(T), facts(T, "draft", { endpoint: null }), slot(T));
    expect(state.phase).toMatchObject({ name: "ready", words: { subject: "For Jane Doe", text: "Dear Jane" } });
    expect(effects).toMatchObject([{ type: "read_facts", purpose: { to: "send" } }]);
  });

  test("with a place that has no value is held, so that nobody gets it", () => {
    const { state } = play(begun(said, { name: null }), said, alarm(T), facts(T), slot(T));
    expect(state.phase).toMatchObject({
      name: "held",
      reason: "placeholder_left",
      detail: "the lead has no value for leadName, firstName",
    });
  });
});

describe("an attempt without a usable answer", () => {
  test.each([
    ["network trouble: 10 s", { kind: "network" }, 10_000],
    ["500: 10 s", http(500), 10_000],
    ["a timeout: a minute at least", { kind: "timeout" }, MINUTE],
    ["a lost process: 10 s, after its lease", { kind: "lost" }, 10_000],
    ["429: a minute at least", http(429), MINUTE],
    ["408: a minute at least", http(408), MINUTE],
    ["Retry-After is honoured", http(503, 20 * MINUTE), 20 * MINUTE],
    ["Retry-After counts up to an hour", http(503, 90 * DAY), HOUR],
    ["Retry-After makes nobody come sooner", http(503, 1), 10_000],
    ["404: asked again", http(404), 10_000],
    ["a redirect: asked again", http(302), 10_000],
    ["an invalid answer: asked again", { kind: "invalid", issues: ["no verb"] }, 10_000],
  ] as const)("%s", (_name, failure, wait) => {
    const { state } = play(begun(), C, ...TO_DRAFTING, failed(T, failure));
    expect(state.phase).toMatchObject({ name: "resting", wakeAt: T + wait, draft: { id: FIRST } });
  });

  /** Attempts until the engine gives up, always at the time it named itself. */
  function exhaust(
    failure: DraftFailure,
    of = C,
  ): { attempts: number; lastAt: number; phase: string; told: readonly string[] } {
    let { state } = play(begun(of), of, ...TO_DRAFTING);
    let at = T;
    for (let attempt = 1; attempt < 100; attempt += 1) {
      state = play(state, of, failed(at, failure, attempt)).state;
      if (state.phase.name !== "resting")
        return { attempts: attempt, lastAt: at, phase: named(state.phase), told: toTell(state) };
      at = state.phase.wakeAt;
      state = play(state, of, alarm(at), facts(at, "retry"), breaker(at, 0, "retry")).state;
    }
    throw new Error("it is asked without an end");
  }

  test.each([
    ["500", http(500), 12],
    ["a timeout", { kind: "timeout" }, 12],
    ["429", http(429), 12],
    ["425", http(425), 12],
    ["404", http(404), 3],
    ["301", http(301), 3],
    ["an invalid answer", { kind: "invalid", issues: [] }, 3],
    ["an answer that is too large", { kind: "too_large" }, 3],
    ["a URL that may not be asked", { kind: "refused_url", detail: "" }, 3],
  ] as const)("%s is tried so many times: %#", (_name, failure, attempts) => {
    const given = exhaust(failure);
    expect(given.attempts).toBe(attempts);
    expect(given.lastAt).toBeLessThan(T + DAY);
    expect(given.phase).toBe("held:draft_failed");
  });

  test("no attempt is made after the draft has expired", () => {
    expect(exhaust(http(503, HOUR)).attempts).toBe(12);
    const late = play(begun(), C, ...TO_DRAFTING, failed(T + DAY - 5_000, http(500)));
    expect(named(late.state.phase)).toBe("held:draft_failed");
    const asleep = play(begun(), C, ...TO_DRAFTING, failed(T, http(500)), alarm(T + DAY), facts(T + DAY, "retry"));
    expect(named(asleep.state.phase)).toBe("held:draft_failed");
  });

  test.each([
    ["hold", "held:draft_failed", ["step.held"]],
    ["skip", "waiting", ["step.failed", "step.skipped"]],
    ["stop", "finished:draft_failed", ["step.failed", "lead.exited"]],
    ["fallback", "ready", ["step.failed"]],
  ] as const)("then onDraftFailure %s stands", (onDraftFailure, phase, events) => {
    const of = cadence([{ onDraftFailure, staticBody: "Our own words", staticSubject: "Hello" }, {}]);
    const given = exhaust(http(404), of);
    expect([given.phase, given.told]).toEqual([phase, events]);
  });

  test("410 disables the endpoint and holds the step until it is enabled again", () => {
    const gone = play(begun(), C, ...TO_DRAFTING, failed(T, http(410)));
    expect(named(gone.state.phase)).toBe("held:endpoint_disabled");
    expect(gone.effects[0]).toMatchObject({ type: "disable_endpoint", endpointId: "end_1" });
    const back = play(gone.state, C, { type: "woken", cause: "endpoint_restored", at: T + HOUR, dice: 0.5 });
    expect(back.state.phase).toMatchObject({ name: "waiting", wakeAt: T + HOUR, previousDraftId: FIRST });
  });

  test("an endpoint that comes back gets its slot back: the day doesn't lose a message", () => {
    const gone = play(begun(), C, ...TO_DRAFTING, failed(T, http(410)), {
      type: "woken",
      cause: "endpoint_restored",
      at: T + HOUR,
      dice: 0.5,
    });
    expect(gone.state.unusedSlots).toEqual([{ draftId: FIRST, day: "2026-11-23" }]);
  });

  test("the same draft keeps its id over all attempts", () => {
    const { effects } = play(
      begun(),
      C,
      ...TO_DRAFTING,
      failed(T, http(500)),
      alarm(T + 10_000),
      facts(T + 10_000, "retry"),
      breaker(T + 10_000, 0, "retry"),
    );
    expect(effects).toEqual([{ type: "request_draft", draftId: FIRST, attempt: 2 }]);
  });

  test("a process that died while it asked is found by the lease, and the same draft is asked again", () => {
    const { state, writes } = play(begun(), C, ...TO_DRAFTING, alarm(T + 44_999), alarm(T + 45_000));
    expect(state.phase).toMatchObject({ name: "resting", lastFailure: "lost", draft: { id: FIRST, attempt: 1 } });
    expect(writes).toMatchObject([{ entry: { code: "draft_attempt_failed" } }]);
  });

  test("a failure of an attempt that isn't running any more is logged and changes nothing", () => {
    const resting = play(begun(), C, ...TO_DRAFTING, failed(T, http(500))).state;
    const { state, writes } = play(resting, C, failed(T + 1, http(410)));
    expect(state.phase).toEqual(resting.phase);
    expect(writes).toMatchObject([{ entry: { decision: "too late, not used" } }]);
  });
});

describe("while the endpoint is down", () => {
  const down = play(begun(), C, alarm(T), facts(T), breaker(T, 40_000));
  const resting = play(begun(), C, ...TO_DRAFTING, failed(T, http(500))).state;

  test("a step waits until its turn and says why, once", () => {
    expect(down.state.phase).toMatchObject({
      name: "waiting",
      wakeAt: T + 40_000,
      waitingFor: { gate: "endpoint_health", reason: "endpoint_down", until: T + 40_000 },
    });
    const again = play(down.state, C, alarm(T + 40_000), facts(T + 40_000), breaker(T + 40_000, 180_000));
    expect([journaled(down), journaled(again), again.state.phase.wakeAt]).toEqual([["waiting"], [], T + 220_000]);
  });

  test("the breaker hears how long it made the enrollment wait, should it have forgotten", () => {
    const asked = play(down.state, C, alarm(T + 40_000), facts(T + 40_000));
    expect(asked.effects).toMatchObject([{ type: "ask_breaker", restedMs: 40_000 }]);
    expect(play(begun(), C, alarm(T), facts(T)).effects).toMatchObject([{ type: "ask_breaker", restedMs: 0 }]);
  });

  test("no attempt of a draft is spent, and its clock goes on", () => {
    const at = T + 10_000;
    const waits = play(resting, C, alarm(at), facts(at, "retry"), breaker(at, 180_000, "retry")).state;
    expect(waits.phase).toMatchObject({
      name: "resting",
      wakeAt: at + 180_000,
      draft: { attempt: 1 },
      waitingFor: { gate: "endpoint_health" },
    });
    const late = play(
      resting,
      C,
      alarm(T + DAY - 5),
      facts(T + DAY - 5, "retry"),
      breaker(T + DAY - 5, 180_000, "retry"),
    );
    expect(late.state.phase.wakeAt).toBe(T + DAY);
    expect(named(play(late.state, C, alarm(T + DAY), facts(T + DAY, "retry")).state.phase)).toBe("held:draft_failed");
  });

  test("an event is put off without an attempt and without a line in the log", () => {
    const sent = play(begun(), C, ...TO_SENT).state;
    const off = {
      type: "event_put_off",
      deliveryId: event(1),
      attempt: 1,
      waitMs: 90_000,
      isBusy: false,
      at: T,
      dice: 0,
    } as const;
    const moved = play(sent, C, off);
    expect([moved.state.deliveries[0], moved.writes]).toMatchObject([
      { phase: "due", attempt: 0, wakeAt: T + 90_000 },
      [],
    ]);
    expect(play(moved.state, C, off).state).toBe(moved.state);
  });

  test("an event keeps how long it was told to wait, until an attempt is made", () => {
    const sent = play(begun(), C, ...TO_SENT).state;
    const off = {
      type: "event_put_off",
      deliveryId: event(1),
      attempt: 1,
      waitMs: 90_000,
      isBusy: false,
      at: T,
      dice: 0,
    } as const;
    const at = T + 90_000;
    const asks = play(sent, C, off, alarm(at)).state;
    expect(asks.deliveries[0]).toMatchObject({ phase: "in_flight", restedMs: 90_000 });
    const failure = { kind: "network" } as const;
    const undelivered = { ...off, type: "event_undelivered", at, failure, exchange: null } as const;
    expect(play(asks, C, undelivered).state.deliveries[0]).toMatchObject({ phase: "due", restedMs: 0 });
  });

  test("whoever waits goes on at once when a person has mended the endpoint", () => {
    const woken = { type: "woken", cause: "endpoint_restored", at: T + 1_000, dice: 0 } as const;
    expect(play(down.state, C, woken).state.phase.wakeAt).toBe(T + 1_000);
    const at = T + 10_000;
    const waits = play(resting, C, alarm(at), facts(at, "retry"), breaker(at, 180_000, "retry")).state;
    expect(play(waits, C, { ...woken, at: at + 1 }).state.phase.wakeAt).toBe(at + 1);
  });

  test("a step with its own text needs no endpoint", () => {
    const said = cadence([{ draftStrategy: "static", staticSubject: "Hello", staticBody: "Hello" }]);
    expect(effectsOf(play(begun(said), said, alarm(T), facts(T)))).toEqual(["reserve_slot"]);
  });
});

test("held before anything was asked still has a name, so that a person can ask again or skip it", () => {
  const held = play(begun(), C, alarm(T), facts(T, "draft", { mailbox: null })).state;
  expect(held.phase).toMatchObject({ name: "held", draft: { id: FIRST, attempt: 0 } });
  const again = play(held, C, { type: "draft_retried", by: "person", draftId: FIRST, at: T + HOUR, dice: 0.5 });
  expect(again.state.phase).toMatchObject({ name: "waiting", wakeAt: T + HOUR, previousDraftId: null });
  expect(play(again.state, C, alarm(T + HOUR), facts(T + HOUR), breaker(T + HOUR)).effects).toMatchObject([
    { slot: { draftId: "drf_aaaaaaaaaaaaaaaa_0_2" } },
  ]);
});

test("a slot that was granted in vain is given back, and before that none is taken", () => {
  const paused = play(
    begun(),
    C,
    alarm(T),
    facts(T),
    { type: "pause_requested", by: "person", at: T, dice: 0.5 },
    slot(T),
  ).state;
  expect(paused.unusedSlots).toHaveLength(1);
  const resumed = play(paused, C, { type: "resume_requested", by: "person", at: T, dice: 0.5 }, alarm(T));
  expect(effectsOf(resumed)).toEqual(["release_slot"]);
  const given = play(resumed.state, C, {
    type: "slot_released",
    slot: { draftId: FIRST, day: "2026-11-23" },
    at: T,
    dice: 0.5,
  });
  expect(effectsOf(given)).toEqual(["read_facts"]);
});

test("an expected completion that never comes is given up when the draft expires", () => {
  const expecting = play(begun(), C, ...TO_DRAFTING, answered(T, "later")).state;
  expect(expecting.phase).toMatchObject({ name: "expecting", wakeAt: T + DAY });
  expect(named(play(expecting, C, alarm(T + DAY)).state.phase)).toBe("held:draft_failed");
  expect(named(play(expecting, C, completion(T + DAY - 1, { body: "At last" })).state.phase)).toBe("ready");
});
