import { expect, test } from "vitest";
import { DraftRequest } from "../../../core/contract/draft-request.ts";
import { CadenceEvent, EVENTS, EventType } from "../../../core/contract/event.ts";
import type { SendResult } from "../../../core/mail/outgoing.ts";
import { ACCOUNT } from "../linkedin/given-linkedin.ts";
import { COMPLETION_URL, type FarSides, Telling } from "./tell-all.ts";

const UNKNOWN: SendResult = { kind: "unknown", stage: "data", detail: "the line broke" };
const REFUSED: SendResult = { kind: "refused", scope: "sender", addressDead: false, code: "554", detail: "not today" };
const DEAD: SendResult = {
  kind: "refused",
  scope: "recipient",
  addressDead: true,
  code: "550",
  detail: "no such user",
};
const STATIC = {
  kind: "email",
  draftStrategy: "static",
  staticSubject: "Hi {{firstName}}",
  staticBody: "Hi {{context.city}}",
};

const BY_HAND = { ...ACCOUNT, provider: "manual" } as const;

/** When it is due, and on the two days after. */
const OVERDUE = ["cadence.task.overdue", "cadence.task.overdue", "cadence.task.overdue"] as const;

/** The person does what stands there. */
function done(telling: Telling): Telling {
  const { phase } = telling.state;
  if (phase.name !== "tasked") throw new Error(`there is no task, the step is ${phase.name}`);
  return telling.happen({ type: "task_done", by: "key_a", draftId: phase.draft.id, text: null });
}

/** What happens, and which events the customer is told, in order. */
const TOLD: readonly (readonly [string, Telling, readonly string[]])[] = [
  ["a step is sent and the cadence is complete", run({}), ["cadence.step.fired", "cadence.lead.completed"]],
  [
    "the endpoint skips",
    run({ answer: { skip: true, reason: "not now" } }),
    ["cadence.step.skipped", "cadence.lead.completed"],
  ],
  [
    "the condition skips",
    new Telling({ steps: [{ kind: "email", condition: "never_replied" }], settings: { exitOnReply: false } })
      .reply({})
      .run(),
    ["cadence.lead.replied", "cadence.step.skipped", "cadence.lead.completed"],
  ],
  ["the endpoint stops", run({ answer: { stop: true } }), ["cadence.lead.exited"]],
  [
    "the endpoint defers",
    new Telling({ answer: { defer: { untilSeconds: 7 * 24 * 3600 } } }).run(),
    ["cadence.step.deferred"],
  ],
  ["the endpoint wants a person to look", run({ answer: { body: "Hello", review: true } }), ["cadence.step.held"]],
  ["there is no subject", run({ answer: { body: "Hello" } }), ["cadence.step.held"]],
  ["a static text has a hole", run({ steps: [STATIC] }), ["cadence.step.held"]],
  ["there is no mailbox", run({ facts: { mailbox: null } }), ["cadence.step.held"]],
  ["no draft ever comes: held", run({ answer: { status: 404 } }), ["cadence.step.held"]],
  [
    "no draft ever comes: skipped",
    run({ answer: { status: 404 }, steps: [{ kind: "email", onDraftFailure: "skip" }] }),
    ["cadence.step.failed", "cadence.step.skipped", "cadence.lead.completed"],
  ],
  [
    "no draft ever comes: stopped",
    run({ answer: { status: 404 }, steps: [{ kind: "email", onDraftFailure: "stop" }] }),
    ["cadence.step.failed", "cadence.lead.exited"],
  ],
  ["nobody knows whether it arrived", run({ sent: UNKNOWN }), ["cadence.step.ambiguous"]],
  [
    "nobody knows, and the cadence assumes it did",
    run({ sent: UNKNOWN, settings: { onAmbiguous: "assume_sent" } }),
    ["cadence.step.ambiguous", "cadence.lead.completed"],
  ],
  ["the provider refuses the sender", run({ sent: REFUSED }), ["cadence.step.failed", "cadence.step.held"]],
  ["the provider says the address is dead", run({ sent: DEAD }), ["cadence.lead.bounced", "cadence.lead.exited"]],
  ["a person writes back", new Telling().reply({}), ["cadence.lead.replied", "cadence.lead.exited"]],
  [
    "an answer to a reply waits for a person",
    new Telling({ answerReply: { body: "Hi", subject: "Hi", review: true } }).reply({}).run(),
    ["cadence.lead.replied", "cadence.lead.exited", "cadence.step.held"],
  ],
  [
    "an answer to a reply may have arrived",
    new Telling({ answerReply: { body: "Hi", subject: "Hi" }, sent: UNKNOWN }).reply({}).run(),
    ["cadence.lead.replied", "cadence.lead.exited", "cadence.step.ambiguous"],
  ],
  ["perhaps a person writes back", new Telling().reply({ confidence: 0.5 }), ["cadence.lead.replied"]],
  [
    "a person wants no more mail",
    new Telling().reply({ kind: "unsubscribe" }),
    ["cadence.lead.unsubscribed", "cadence.lead.exited"],
  ],
  [
    "the lead wants no more",
    new Telling().happen({ type: "contact_refused", reason: "unsubscribed", by: "one_click" }),
    ["cadence.lead.unsubscribed", "cadence.lead.exited"],
  ],
  [
    "the lead complained",
    new Telling().happen({ type: "contact_refused", reason: "complained", by: "postmark" }),
    ["cadence.lead.complained", "cadence.lead.exited"],
  ],
  ["the mail bounces", new Telling().reply({ kind: "bounce" }), ["cadence.lead.bounced", "cadence.lead.exited"]],
  [
    "the lead is suppressed",
    run({ facts: { suppressed: { scope: "domain", reason: "asked for it" } } }),
    ["cadence.lead.exited"],
  ],
  [
    "a person is to do the step, and does it",
    done(new Telling({ steps: [{ kind: "task" }], facts: { linkedin: BY_HAND } }).run()),
    ["cadence.task.created", ...OVERDUE, "cadence.step.fired", "cadence.lead.completed"],
  ],
  [
    "an invitation is sent by hand and accepted",
    done(new Telling({ steps: [{ kind: "linkedin_connect" }], facts: { linkedin: BY_HAND } }).run())
      .happen({ type: "connected", by: "person" })
      .happen({ type: "connected", by: "person" }),
    ["cadence.task.created", ...OVERDUE, "cadence.step.fired", "cadence.lead.completed", "cadence.lead.connected"],
  ],
  ["the account is missing", run({ steps: [{ kind: "linkedin_message" }] }), ["cadence.step.held"]],
  [
    "the customer unenrolls the lead",
    new Telling().happen({ type: "unenroll_requested", by: "key_a", reason: "bought elsewhere" }),
    ["cadence.lead.exited"],
  ],
];

test.each(TOLD)("%s: every event is what its schema says", (_, telling, types) => {
  expect(telling.events.map((event) => event.type)).toEqual(types);
  for (const event of telling.events) expect(CadenceEvent.parse(onTheWire(event))).toEqual(onTheWire(event));
});

test("every type that the contract names is told by one of these", () => {
  const told = TOLD.flatMap(([, telling]) => telling.events.map((event) => event.type));
  // The notices of a tenant come from outside the engine (endpoint-health.test.ts, test/worker/mailboxes/paused, test/worker/email/receive.test.ts).
  expect(
    [
      ...new Set(told),
      "cadence.endpoint.disabled",
      "cadence.mailbox.paused",
      "cadence.account.changed",
      "cadence.quota.reached",
      "cadence.quota.warning",
      "cadence.reply.unmatched",
    ].sort(),
  ).toEqual(Object.keys(EVENTS).sort());
  expect([...EventType.options].sort()).toEqual(Object.keys(EVENTS).sort());
});

test("a draft request is what its schema says, at the first attempt and at the later ones", () => {
  const { draftRequests } = run({ answer: { status: 503 } });
  expect(draftRequests.length).toBeGreaterThan(3);
  for (const request of draftRequests) expect(DraftRequest.parse(request)).toEqual(request);
});

test("a schema that says less than the body would fail here: a field too many is refused", () => {
  const [fired] = run({}).events;
  expect(CadenceEvent.safeParse({ ...fired, extra: 1 }).success).toBe(false);
  expect(CadenceEvent.safeParse({ ...fired, data: { stepIndex: 0 } }).success).toBe(false);
});

function run(farSides: FarSides): Telling {
  return new Telling(farSides).run();
}

/** The shell adds to a question where and until when a later answer is taken (durable-objects/perform/deliver-event.ts). */
function onTheWire(event: Record<string, unknown>): Record<string, unknown> {
  return event.type === "cadence.lead.replied"
    ? { ...event, completionUrl: COMPLETION_URL, expiresAt: "2026-11-24T10:00:00.000Z" }
    : event;
}
