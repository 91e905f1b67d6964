import { afterEach, expect, test, vi } from "vitest";
import { atMost } from "../../durable-objects/at-most.ts";
import { START, setClock } from "../support/enrollment.ts";
import { passWaits } from "../support/waits.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("what never answers is given up when its time is over", async () => {
  setClock(START);
  passWaits();
  const never = atMost(10_000, "D1", () => new Promise(() => undefined));
  await expect(never).rejects.toThrow("D1 gave no answer in 10000 ms");
  expect(Date.now() - START).toBe(10_000);
});

test.each([
  ["an answer", async () => "here"],
  ["a failure", () => Promise.reject(new Error("gone"))],
  [
    "a failure at once",
    () => {
      throw new Error("gone");
    },
  ],
])("no timer runs on after %s", async (_name, begin: () => Promise<string>) => {
  const waited = vi.spyOn(scheduler, "wait");
  await atMost(10_000, "D1", begin).catch(() => undefined);
  expect(waited.mock.calls.map(([, options]) => options?.signal?.aborted)).toEqual([true]);
});
