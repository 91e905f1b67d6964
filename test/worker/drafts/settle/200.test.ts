import { runInDurableObject } from "cloudflare:test";
import { afterEach, expect, test } from "vitest";
import type { Enrollment, HeldPhase, Phase, SendJob } from "../../../../core/enrollment.ts";
import { ring, sandboxMail } from "../../../support/enrollment.ts";
import { type Resting, restingDraft, wakeUp } from "../../../support/held.ts";

afterEach(wakeUp);

/** Puts the held step into the state that a send leaves behind when nobody knows whether it arrived. */
async function doubtful(phase: "held" | "ready" = "held"): Promise<Resting> {
  const resting = await restingDraft(undefined, { steps: [{ kind: "email" }] });
  const sendKey = `dh-${resting.enrollmentId.slice(4)}-0-0`;
  const job: SendJob = {
    sendKey,
    provider: "sandbox",
    sha256: "0",
    messageId: "<m1@x.example>",
    to: "jane@lead.example",
    doubt: "the line broke",
    idempotencyWindowMs: null,
    intentAt: Date.now(),
    tries: 1,
    lookUps: null,
    keepsMessageId: false,
    account: "",
    absentAt: null,
  };
  await runInDurableObject(resting.stub, (object) => {
    const inside = object as unknown as { loaded: { state: Enrollment } };
    const { state } = inside.loaded;
    if (state.phase.name === "held")
      inside.loaded = {
        ...inside.loaded,
        state: { ...state, phase: inDoubt(state.phase, job, phase) },
      };
  });
  return resting;
}

/** What is held, as if its send were in doubt: held for that, or waiting for its repeat. */
function inDoubt(held: HeldPhase, job: SendJob, as: "held" | "ready"): Phase {
  const { draft, words } = held;
  if (as === "held" || draft === null || words === null)
    return { ...held, reason: "ambiguous", detail: "the line broke", job };
  return { name: "ready", draft, words, job, waitingFor: null, wakeAt: Date.now() + 900_000 };
}

test.each(["held", "ready"] as const)("a doubt is shown, and a person can end it while it is %s", async (phase) => {
  const { ask, draftId, enrollmentId, stub } = await doubtful(phase);
  const { body } = await ask.get(`/v1/enrollments/${enrollmentId}`);
  expect(body.inDoubt).toMatchObject([{ draftId, detail: "the line broke" }]);
  expect(body.inDoubt[0].repeatsAt === null).toBe(phase === "held");
  const settled = await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  expect([settled.status, settled.body.state, settled.body.inDoubt]).toEqual([200, "completed", []]);
  await ring(stub);
  expect(await sandboxMail(enrollmentId)).toEqual([]);
});

test("it arrived: the step is done and nothing is sent again", async () => {
  const { ask, draftId, enrollmentId, stub } = await doubtful();
  const { status, body } = await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  expect([status, body.state]).toEqual([200, "completed"]);
  expect(body.outcomes).toMatchObject([{ step: 0, outcome: "sent", draftId }]);
  await ring(stub);
  expect(await sandboxMail(enrollmentId)).toEqual([]);
});

test("it didn't: it is sent again, as a new message with a key of its own", async () => {
  const { ask, draftId, enrollmentId, stub } = await doubtful();
  expect((await ask.post(`/v1/drafts/${draftId}/settle`, { arrived: false })).body).toMatchObject({
    state: "active",
    phase: "ready",
  });
  await ring(stub);
  expect((await sandboxMail(enrollmentId)).map((mail) => mail.send_key)).toEqual([`dh-${enrollmentId.slice(4)}-0-1`]);
});

test("until then it can't be released or edited, only settled or skipped", async () => {
  const { ask, draftId } = await doubtful();
  expect((await ask.post(`/v1/drafts/${draftId}/release`)).body.code).toBe("conflict");
  expect((await ask.post(`/v1/drafts/${draftId}/edit`, { body: "x" })).body.code).toBe("conflict");
  expect((await ask.post(`/v1/drafts/${draftId}/skip`)).body.outcomes).toMatchObject([{ outcome: "ambiguous" }]);
});
