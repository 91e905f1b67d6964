import fc from "fast-check";
import { expect, test } from "vitest";
import type { OpenSpan } from "../../../core/opening.ts";
import { type Apart, FreeTimes } from "../../../core/pace/free-times.ts";

const HORIZON = 60;
const RUNS = 3_000;

/** What happens to one mailbox's times, as plain data: somebody takes one, gives one back, or looks for a free one. */
const happening = fc.oneof(
  fc.record({ what: fc.constant("take" as const), at: fc.nat(HORIZON) }),
  fc.record({ what: fc.constant("leave" as const), nth: fc.nat(50) }),
  fc.record({
    what: fc.constant("look" as const),
    from: fc.nat(HORIZON),
    length: fc.nat(HORIZON),
    distance: fc.nat(3),
    takes: fc.boolean(),
  }),
  fc.record({ what: fc.constant("pass" as const), to: fc.nat(HORIZON / 4) }),
);
const DISTANCES: readonly Apart[] = [
  { after: 3, before: 3 },
  { after: 7, before: 3 },
  { after: 5, before: 0 },
  { after: 1, before: 1 },
];

/** Every instant by itself against everything that is taken. */
function firstByHand(taken: readonly number[], span: OpenSpan, { after, before }: Apart): number | null {
  for (let at = span.from; at < span.to; at += 1) {
    const isFree = taken.every((other) => (other <= at ? at - other >= after : other - at >= Math.max(before, 1)));
    if (isFree) return at;
  }
  return null;
}

interface Ways {
  readonly vacate: (free: FreeTimes, at: number) => void;
  readonly forget: (free: FreeTimes, at: number) => void;
}
const PRODUCTION: Ways = { vacate: (free, at) => free.vacate(at), forget: (free, at) => free.forgetBefore(at) };

/** Null, or where a look found something else than by hand. */
function play(story: readonly (typeof happening extends fc.Arbitrary<infer One> ? One : never)[], ways: Ways) {
  const taken: number[] = [];
  let now = 0;
  const free = new FreeTimes((from, to) => taken.filter((at) => at >= from && at < to).sort((a, b) => a - b));
  for (const one of story) {
    if (one.what === "take") taken.push(one.at);
    if (one.what === "pass") ways.forget(free, (now = Math.max(now, one.to)));
    if (one.what === "leave") {
      const [at] = taken.splice(one.nth % Math.max(taken.length, 1), 1);
      if (at !== undefined) ways.vacate(free, at);
    }
    if (one.what !== "look") continue;
    const span = { from: Math.max(now, one.from), to: Math.max(now, one.from) + one.length };
    const apart = DISTANCES[one.distance] ?? { after: 1, before: 1 };
    const [found, byHand] = [free.first(span, apart), firstByHand(taken, span, apart)];
    if (found !== byHand) return { span, apart, found, byHand, taken };
    if (one.takes && found !== null) taken.push(found);
  }
  return null;
}
const story = fc.array(happening, { minLength: 20, maxLength: 60, size: "max" });

test("whoever looks finds the first time that is free, whatever was looked for, taken and given back before", () => {
  fc.assert(
    fc.property(story, (told) => play(told, PRODUCTION) === null),
    { numRuns: RUNS, seed: 20_261_121 },
  );
});

test.each<[string, Ways]>([
  ["doesn't hear of what is given back", { ...PRODUCTION, vacate: () => {} }],
  ["frees only the very instant that is given back", { ...PRODUCTION, vacate: (free, at) => free.vacate(at - 3) }],
])("the oracle finds a memory that %s", (_name, ways) => {
  const { failed } = fc.check(
    fc.property(story, (told) => play(told, ways) === null),
    { numRuns: RUNS, seed: 20_261_121 },
  );
  expect(failed).toBe(true);
});

test("of ten thousand who look one after the other each passes a few that are taken, also while others leave", () => {
  const taken: number[] = [];
  let passed = 0;
  const free = new FreeTimes(function* (from, to) {
    let index = taken.findIndex((at) => at >= from);
    for (; index >= 0 && index < taken.length && (taken[index] ?? 0) < to; index += 1) {
      passed += 1;
      yield taken[index] ?? 0;
    }
  });
  const apart = { after: 90_000, before: 90_000 };
  for (let n = 0; n < 10_000; n += 1) {
    const at = free.first({ from: n, to: Number.MAX_SAFE_INTEGER }, apart);
    if (at === null) throw new Error("there is no end to it");
    taken.push(at);
    // Each tenth leaves a moment after its time, which frees that and takes another.
    if (n % 10 !== 9) continue;
    free.vacate(taken[(n / 10) | 0] ?? 0);
    taken[(n / 10) | 0] = (taken[(n / 10) | 0] ?? 0) + 5;
  }
  expect(passed / 10_000).toBeLessThan(4);
});
