import { afterEach, expect, inject, test, vi } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

declare module "vitest" {
  interface ProvidedContext {
    races: number;
  }
}

/** As many as a check of every change can afford; RACES=2000 for the whole figure. */
const RACES = inject("races");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What one race came to: the order of the two commits that matter, and what left. */
interface Race {
  readonly intentFirst: boolean | null;
  readonly mails: number;
  readonly outcome: string | undefined;
}

/** A reply that is accepted `turns` turns of the event loop after the step's alarm rang. */
async function race(world: World, turns: number): Promise<Race> {
  const { id, stub } = await enroll(world);
  const order: ("intent" | "reply")[] = [];
  const { commit } = EnrollmentStore.prototype;
  const watch = vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(function (
    this: EnrollmentStore,
    state: Enrollment,
    ...rest
  ) {
    commit.call(this, state, ...rest);
    if (state.id !== id) return;
    if (state.phase.name === "sending" && !order.includes("intent")) order.push("intent");
    if (state.replies.count > 0 && !order.includes("reply")) order.push("reply");
  });
  const running = ring(stub);
  for (let turn = 0; turn < turns; turn += 1) await scheduler.wait(0);
  await stub.receive(humanReply("Call me"));
  await running;
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished", 20);
  watch.mockRestore();
  const outcome = (await stub.read())?.outcomes[0]?.outcome;
  const mails = (await sandboxMail(id)).length;
  return { intentFirst: order.includes("intent") ? order[0] === "intent" : null, mails, outcome };
}

test("R7: whenever a reply comes in, no message leaves whose intent was committed after it was accepted", {
  timeout: 600_000,
}, async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 100_000 } });
  world.answer = async () => {
    await scheduler.wait(2);
    return Response.json({ body: "Hello", subject: "A question" });
  };
  const seen = { stopped: 0, crossed: 0 };
  for (let n = 0; n < RACES; n += 1) {
    const { intentFirst, mails, outcome } = await race(world, n % 25);
    expect([outcome, mails]).toEqual(intentFirst === true ? ["sent", 1] : ["stopped", 0]);
    if (intentFirst === true) seen.crossed += 1;
    else seen.stopped += 1;
  }
  console.info(`${RACES} races: ${seen.stopped} stopped, ${seen.crossed} had left before`);
  expect(Math.min(seen.stopped, seen.crossed)).toBeGreaterThan(RACES / 50);
});
