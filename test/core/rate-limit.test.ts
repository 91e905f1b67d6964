import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type Bucket,
  isFull,
  keyNumber,
  laterWord,
  type Quotas,
  quotasOf,
  rateLimitHeaders,
  takeRequest,
} from "../../core/rate-limit.ts";
import { T } from "./given.ts";

const QUOTAS: Quotas = { tenant: 20, key: 10 };

/** One key's requests at these times; what each was told to wait. */
function waits(times: readonly number[], quotas = QUOTAS): readonly number[] {
  let tenant: Bucket | undefined;
  let key: Bucket | undefined;
  return times.map((at) => {
    const taken = takeRequest(tenant, key, quotas, at);
    tenant = taken.tenant;
    key = taken.key;
    return taken.word.waitMs;
  });
}

/** A sorted list of times in which no ten seconds hold more than `most`. */
const keepingTo = (most: number) =>
  fc.array(fc.nat({ max: 3_000 }), { minLength: 1, maxLength: 200 }).map((gaps) => {
    const times: number[] = [];
    let at = T;
    for (const gap of gaps) {
      at += gap < 1_500 ? 0 : gap;
      const before = times.at(-most);
      if (before !== undefined) at = Math.max(at, before + 10_000);
      times.push(at);
    }
    return times;
  });

describe("a token bucket", () => {
  test("gives its quota at once, then one more after each tenth of ten seconds", () => {
    const rush = Array.from({ length: 12 }, () => T);
    expect(waits(rush)).toEqual([...Array(10).fill(0), 1_000, 1_000]);
    expect(waits([...rush, T + 999, T + 1_000, T + 1_000])).toEqual([...Array(10).fill(0), 1_000, 1_000, 1, 0, 1_000]);
  });

  test("whoever keeps to the announced policy is never refused", () => {
    fc.assert(
      fc.property(keepingTo(QUOTAS.key), (times) => {
        expect(waits(times).filter((wait) => wait > 0)).toEqual([]);
      }),
    );
  });

  test("the control: one more in ten seconds is refused", () => {
    fc.assert(
      fc.property(fc.nat({ max: 900 }), (gap) => {
        expect(waits([...Array(10).fill(T), T + gap]).at(-1)).toBeGreaterThan(0);
      }),
    );
  });

  test("whoever waits as long as it was told is let in, and a millisecond sooner is not", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 700 }), fc.nat({ max: 20_000 }), (tenant, later) => {
        const quotas = quotasOf(tenant);
        const rush = Array(quotas.key).fill(T);
        const at = T + (later % Math.floor(10_000 / quotas.key));
        const wait = waits([...rush, at], quotas).at(-1) ?? 0;
        expect(wait).toBeGreaterThan(0);
        expect(waits([...rush, at + wait - 1], quotas).at(-1)).toBe(1);
        expect(waits([...rush, at + wait], quotas).at(-1)).toBe(0);
      }),
    );
  });

  test("over any time no more than its quota and what has flowed in since get through, whatever is tried", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 400 }), { maxLength: 300 }), (gaps) => {
        let at = T;
        const times = gaps.map((gap) => (at += gap));
        const passed = waits(times).filter((wait) => wait === 0).length;
        expect(passed).toBeLessThanOrEqual(QUOTAS.key + Math.floor(((at - T) * QUOTAS.key) / 10_000));
      }),
    );
  });

  test("a clock that jumps back neither fills it nor shuts it", () => {
    const told = waits([...Array(10).fill(T), T - 3_600_000, T - 3_600_000 + 1_000]);
    expect(told.slice(-2)).toEqual([1_000, 0]);
  });

  test("one that is full again is as good as new, and one that isn't is kept", () => {
    const { key } = takeRequest(undefined, undefined, QUOTAS, T);
    expect([isFull(key, QUOTAS.key, T + 999), isFull(key, QUOTAS.key, T + 1_000)]).toEqual([false, true]);
  });
});

describe("a tenant and its keys", () => {
  test("one key that runs wild leaves the other its half, and a third finds the tenant's bucket empty", () => {
    let tenant: Bucket | undefined;
    const passedBy = (): number => {
      let key: Bucket | undefined;
      let passed = 0;
      for (let n = 0; n < 50; n += 1) {
        const taken = takeRequest(tenant, key, QUOTAS, T);
        tenant = taken.tenant;
        key = taken.key;
        if (taken.word.waitMs === 0) passed += 1;
      }
      return passed;
    };
    expect([passedBy(), passedBy(), passedBy()]).toEqual([10, 10, 0]);
  });

  test("a refused request takes nothing from either", () => {
    const empty: Bucket = { units: 0, at: T };
    const { tenant, key } = takeRequest(undefined, empty, QUOTAS, T);
    expect([tenant.units, key.units]).toEqual([200_000, 0]);
  });
});

describe("the headers", () => {
  test("say the policy, what is left and when there is more", () => {
    const { word } = takeRequest(undefined, undefined, QUOTAS, T);
    expect(rateLimitHeaders(QUOTAS, word)).toEqual({
      "ratelimit-policy": '"tenant";q=20;w=10, "key";q=10;w=10',
      ratelimit: '"tenant";r=19;t=1, "key";r=9;t=1',
    });
  });

  test("a refusal says when to come back, and never earlier than the end of the window it names", () => {
    const { word } = takeRequest(undefined, { units: 0, at: T }, { tenant: 20, key: 3 }, T);
    expect(rateLimitHeaders({ tenant: 20, key: 3 }, word)).toMatchObject({
      ratelimit: '"tenant";r=20;t=0, "key";r=0;t=4',
      "retry-after": "4",
    });
    expect(rateLimitHeaders({ tenant: 20, key: 3 }, laterWord(word, 3_000))).toMatchObject({ "retry-after": "1" });
  });

  test("where the limiter said nothing, they say the policy alone", () => {
    expect(rateLimitHeaders(QUOTAS, null)).toEqual({ "ratelimit-policy": '"tenant";q=20;w=10, "key";q=10;w=10' });
  });
});

test("nonsense in the settings allows the default, and not nothing", () => {
  expect([quotasOf(Number.NaN), quotasOf(0), quotasOf(-5), quotasOf(2.5)]).toEqual(
    Array(4).fill({ tenant: 200, key: 100 }),
  );
});

test("keys have numbers of their own that cross the wire unharmed", () => {
  const ids = Array.from({ length: 5_000 }, (_, n) => `key_${n.toString(32).padStart(16, "z")}`);
  const numbers = new Set(ids.map(keyNumber));
  expect(numbers.size).toBe(ids.length);
  for (const number of numbers) expect(Number.isSafeInteger(number) && number >= 0).toBe(true);
});
