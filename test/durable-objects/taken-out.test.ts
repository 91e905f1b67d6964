import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readTakenOut } from "../../durable-objects/taken-out.ts";
import { enroll, makeWorld, ring, START, setClock } from "../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What a real enrollment's object gave out, held with a draft for a person. */
let taken: { readonly state: Record<string, unknown> };
beforeEach(async () => {
  setClock(START);
  const world = await makeWorld();
  world.answer = () => Response.json({ body: "Hello", subject: "A question", review: true });
  const { stub } = await enroll(world);
  await ring(stub);
  taken = JSON.parse((await stub.takeOut()) ?? "null");
});

const draft = { id: "drf_x", createdAt: 1, expiresAt: 2, attempt: 0, refusals: 0 };
const words = { subject: null, text: "x" };

function withPhase(phase: object) {
  return readTakenOut({ ...taken, state: { ...taken.state, phase } });
}

test("what an object gave out is taken as it is", () => {
  expect(taken.state["phase"]).toMatchObject({ name: "held" });
  expect(readTakenOut(taken)).toEqual({ ok: true, takenOut: taken });
});

test.each([
  ["a phase that there is none of", { name: "dancing", wakeAt: 1 }],
  ["held, without saying why or since when", { name: "held", wakeAt: null }],
  ["ready, without its draft", { name: "ready", words, job: null, wakeAt: 1 }],
  ["ready, with a message that has no key", { name: "ready", draft, words, job: { provider: "smtp" }, wakeAt: 1 }],
  ["sending nothing", { name: "sending", draft, words, job: null, interruptedBy: null, wakeAt: 1 }],
  ["drafting no draft", { name: "drafting", wakeAt: 1 }],
  ["waiting, and not until when", { name: "waiting", dueAt: 1 }],
  ["finished, and not how", { name: "finished", at: 1, wakeAt: 1 }],
])("%s: that is refused, for the enrollment would be stuck in it", (_, phase) => {
  expect(withPhase(phase)).toEqual({ ok: false, detail: expect.stringMatching(/^state\.phase/) });
});
