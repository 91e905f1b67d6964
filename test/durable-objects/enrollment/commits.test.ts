import { afterEach, expect, test, vi } from "vitest";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import { enroll, makeWorld, ring, START, setClock } from "../../support/enrollment.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** performance.md: at most three commits for an e-mail step, two for a skip; an event's outcome is one more. */
test.each([
  ["an e-mail step: claim, intent, outcome, and what the event about it came to", { body: "Hi", subject: "Hello" }, 4],
  ["a skip: claim, outcome, and what the event about it came to", { skip: true }, 3],
  ["a defer: claim, outcome, and what the event about it came to", { defer: { untilSeconds: 3600 } }, 3],
  ["a body for a person to look at: claim, outcome, event", { body: "Hi", subject: "Hello", review: true }, 3],
])("%s", async (_name, answer, commits) => {
  setClock(START);
  const world = await makeWorld();
  world.answer = () => Response.json(answer);
  const { stub } = await enroll(world);
  const commit = vi.spyOn(EnrollmentStore.prototype, "commit");
  await ring(stub);
  expect(commit).toHaveBeenCalledTimes(commits);
  expect((await stub.read())?.deliveries).toEqual([]);
});
