import { describe, expect, test } from "vitest";
import type { EndpointHealth } from "../../../core/contract/endpoint-health.ts";
import { healthWord, sayShare } from "../../../dashboard/src/features/endpoints/health.ts";

function health(requests: number, failures: number, state: "closed" | "open" | "half_open" = "closed"): EndpointHealth {
  const at = "2026-11-20T10:00:00.000Z";
  const totals = { at, requests, failures, p50Ms: 1, p95Ms: 1, p99Ms: 1 };
  return { breaker: { state, since: at, retryAt: null, reason: null }, totals, buckets: [], sampled: false };
}

describe("An endpoint's health in a word", () => {
  test.each([
    [health(100, 0), "Well"],
    [health(100, 4), "Well"],
    [health(100, 5), "Shaky"],
    [health(100, 50), "Failing"],
    [health(0, 0), "Quiet"],
    [health(100, 0, "open"), "Resting"],
    [health(100, 0, "half_open"), "Trying again"],
    [{ ...health(100, 80), breaker: null }, "Failing"],
    [undefined, "On"],
  ])("of %j is %s", (of, word) => {
    expect(healthWord({ enabled: true }, of).word).toBe(word);
  });

  test("is that it is off, whatever it did before", () => {
    expect(healthWord({ enabled: false }, health(100, 0)).word).toBe("Off");
  });
});

test("A few failures among many are not told as none", () => {
  expect([sayShare(0, 9), sayShare(1, 900), sayShare(1, 3), sayShare(0, 0)]).toEqual([
    "0 %",
    "under 1 %",
    "33 %",
    "none",
  ]);
});
