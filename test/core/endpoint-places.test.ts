import { describe, expect, test } from "vitest";
import {
  ALL_FREE,
  type EndpointPlaces,
  giveUpPlace,
  leavePlace,
  PLACES,
  takePlace,
} from "../../core/endpoint-places.ts";
import { MINUTE, T } from "./given.ts";

const SECOND = 1_000;

interface Load {
  /** Who wants a place, by the time at which they come. */
  readonly comeAt: readonly number[];
  /** How long an answer takes, for whoever is the n-th under way. */
  readonly takesMs: (n: number) => number;
  /** Every so many-th dies with its place. */
  readonly diesEvery?: number;
}

interface Visit {
  readonly who: number;
  readonly at: number;
  readonly doing: "asks" | "leaves";
  readonly isQueued: boolean;
}

/** Everybody asks, waits as told and asks again until they had a place. */
function play({ comeAt, takesMs, diesEvery }: Load) {
  const visits: Visit[] = comeAt.map((at, who) => ({ who, at, doing: "asks", isQueued: false }));
  let places = ALL_FREE;
  let [underWay, most, asks, taken] = [0, 0, 0, 0];
  const enteredAt = new Map<number, number>();
  for (let next = soonest(visits); next !== undefined; next = soonest(visits)) {
    const { who, at, doing, isQueued } = next;
    if (doing === "leaves") {
      places = leavePlace(places, at);
      underWay -= 1;
      continue;
    }
    asks += 1;
    const taking = takePlace(places, at, isQueued);
    places = taking.places;
    if (taking.waitMs > 0) {
      visits.push({ who, at: at + taking.waitMs, doing: "asks", isQueued: true });
      continue;
    }
    enteredAt.set(who, at);
    taken += 1;
    if (diesEvery !== undefined && taken % diesEvery === 0) continue;
    underWay += 1;
    most = Math.max(most, underWay);
    visits.push({ who, at: at + takesMs(taken), doing: "leaves", isQueued: false });
  }
  const waits = comeAt.map((at, who) => (enteredAt.get(who) ?? Number.POSITIVE_INFINITY) - at);
  return {
    most,
    served: enteredAt.size,
    lastMs: Math.max(...enteredAt.values()) - T,
    asksEach: asks / comeAt.length,
    waits,
  };
}

function soonest(visits: Visit[]): Visit | undefined {
  let first = 0;
  for (let n = 1; n < visits.length; n += 1) if ((visits[n]?.at ?? 0) < (visits[first]?.at ?? 0)) first = n;
  return visits.splice(first, 1)[0];
}

const atOnce = (count: number): readonly number[] => Array(count).fill(T);

describe("a thousand due at once", () => {
  test.each([
    ["answers within 20 ms", 20, 12],
    ["answers within 200 ms", 200, 12],
    ["takes two seconds", 2_000, 12],
    ["takes ten seconds", 10_000, 16],
  ])("%s: ten at a time, nobody is lost, and it is kept busy", (_name, takesMs, asksMost) => {
    const { most, served, lastMs, asksEach } = play({ comeAt: atOnce(1_000), takesMs: () => takesMs });
    console.info(
      `${_name}: through after ${(lastMs / SECOND).toFixed(1)} s of at least ${(takesMs * 100) / SECOND} s, ${asksEach.toFixed(1)} asks each`,
    );
    expect([most, served]).toEqual([PLACES, 1_000]);
    expect(lastMs).toBeLessThan(takesMs * 100 * 1.5 + 12 * SECOND);
    expect(asksEach).toBeLessThan(asksMost);
  });

  test("the control: without places a thousand would be under way", () => {
    const unlimited = { ...play({ comeAt: [T], takesMs: () => 1 }), most: atOnce(1_000).length };
    expect(unlimited.most).toBeGreaterThan(PLACES);
  });
});

test("an endpoint that becomes slow, and quick again, is waited for as long as it takes and no longer", () => {
  const takesMs = (n: number) => (n > 200 && n <= 300 ? 5_000 : 50);
  const { most, served, lastMs } = play({ comeAt: Array.from({ length: 600 }, (_, n) => T + n * 10), takesMs });
  expect([most, served]).toEqual([PLACES, 600]);
  expect(lastMs).toBeLessThan(50 * SECOND + 4 * MINUTE);
});

test("the places of askers that died are free again after a minute", () => {
  const { served, lastMs } = play({ comeAt: atOnce(40), takesMs: () => 100, diesEvery: 2 });
  expect(served).toBe(40);
  expect(lastMs).toBeLessThan(5 * MINUTE);
});

test("whoever comes all the time doesn't keep out those who wait", () => {
  const burst = atOnce(50);
  const stream = Array.from({ length: 1_000 }, (_, n) => T + n * 11);
  const { waits } = play({ comeAt: [...burst, ...stream], takesMs: () => 100 });
  expect(Math.max(...waits.slice(0, 50))).toBeLessThan(3 * SECOND);
});

test("with a place free nobody waits", () => {
  const { waits } = play({ comeAt: Array.from({ length: 200 }, (_, n) => T + n * 100), takesMs: () => 900 });
  expect(Math.max(...waits)).toBe(0);
});

test("a place that was taken for nothing is given back, and says nothing of how long answers take", () => {
  const taken: EndpointPlaces = takePlace(ALL_FREE, T, false).places;
  expect(giveUpPlace(taken, T + MINUTE - 1)).toEqual(ALL_FREE);
  expect(giveUpPlace(ALL_FREE, T)).toEqual(ALL_FREE);
  expect(leavePlace(ALL_FREE, T)).toEqual(ALL_FREE);
});
