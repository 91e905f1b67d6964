import { expect, test } from "vitest";
import { jitterMs } from "../../core/jitter.ts";
import { begun, cadence, DAY, T } from "./given.ts";

test("it is the same for a step of an enrollment, and another for the next step and the next enrollment", () => {
  const minutes = 1_000;
  expect(jitterMs("enr_1", 0, minutes)).toBe(jitterMs("enr_1", 0, minutes));
  expect(jitterMs("enr_1", 0, minutes)).not.toBe(jitterMs("enr_1", 1, minutes));
  expect(jitterMs("enr_1", 0, minutes)).not.toBe(jitterMs("enr_2", 0, minutes));
});

test("it is whole seconds, from none to less than all of its minutes, and none where there are none", () => {
  for (let index = 0; index < 1_000; index++) {
    const later = jitterMs(`enr_${index}`, index % 5, 3);
    expect(later % 1_000).toBe(0);
    expect(later).toBeGreaterThanOrEqual(0);
    expect(later).toBeLessThan(180_000);
  }
  expect(jitterMs("enr_1", 0, 0)).toBe(0);
});

test("a step is due its delay after the completion of the one before, later by its jitter and never sooner", () => {
  const plain = begun(cadence([{ delayDays: 2 }])).phase.wakeAt ?? 0;
  const jittered = begun(cadence([{ delayDays: 2 }], { jitterMinutes: 60 })).phase.wakeAt ?? 0;
  expect(plain).toBe(T + 2 * DAY);
  expect(jittered - plain).toBe(jitterMs("enr_aaaaaaaaaaaaaaaa", 0, 60));
});
