import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { companyOf, type FrequencyLimit, freeAt, spanMs } from "../../core/frequency.ts";
import { DAY, HOUR, T } from "./given.ts";

const SENDS = fc.tuple(
  fc.record({ messages: fc.integer({ min: 1, max: 4 }), days: fc.integer({ min: 1, max: 5 }) }),
  fc.array(fc.integer({ min: 0, max: 30 * DAY }), { minLength: 1, maxLength: 60 }),
);

/** Whoever wants to send does so as soon as `free` says; answers when messages left. */
function sent(limit: FrequencyLimit, wishes: readonly number[], free: typeof freeAt): readonly number[] {
  const left: number[] = [];
  for (const wish of [...wishes].sort((a, b) => a - b)) {
    const at = Math.max(T + wish, left.at(-1) ?? 0);
    left.push(Math.max(free(left, at, limit), at));
  }
  return left;
}

/** The most messages in any span of the limit's length, counted one by one. */
function mostWithin(limit: FrequencyLimit, left: readonly number[]): number {
  return Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + spanMs(limit)).length));
}

function isKept(free: typeof freeAt): boolean {
  const kept = fc.property(SENDS, ([limit, wishes]) => mostWithin(limit, sent(limit, wishes, free)) <= limit.messages);
  return !fc.check(kept, { numRuns: 2_000, seed: 20_261_121 }).failed;
}

test("however the wishes fall, no span of the limit's days has more messages than it says", () => {
  expect(isKept(freeAt)).toBe(true);
});

test.each<[string, typeof freeAt]>([
  [
    "counts one message too few",
    (counted, at, limit) => freeAt(counted, at, { ...limit, messages: limit.messages + 1 }),
  ],
  [
    "takes the day for one of 23 hours",
    (counted, at, limit) => freeAt(counted, at, { ...limit, days: (limit.days * 23) / 24 }),
  ],
  ["counts from the oldest message on", (counted, at, limit) => freeAt(counted.slice(0, limit.messages), at, limit)],
  ["lets a message go a millisecond early", (counted, at, limit) => freeAt(counted, at, limit) - 1],
])("a count that %s is found out", (_name, free) => {
  expect(isKept(free)).toBe(false);
});

test("and nobody waits longer than they must: a millisecond earlier would be one too many", () => {
  fc.assert(
    fc.property(SENDS, ([limit, wishes]) => {
      const left = sent(limit, wishes, freeAt);
      const at = (left.at(-1) ?? T) + HOUR;
      const free = freeAt(left, at, limit);
      if (free > at) expect(mostWithin(limit, [...left, free - 1])).toBe(limit.messages + 1);
    }),
    { numRuns: 2_000, seed: 20_261_121 },
  );
});

describe("a company", () => {
  test.each([
    ["jane@acme.example", "acme.example"],
    ["Jane@ACME.example", "acme.example"],
    ["jane@mail.acme.example", "mail.acme.example"],
    ["jane@gmail.com", null],
    ["jane@Yahoo.co.UK", null],
    ["jane@qq.com", null],
    ["jane@web.de", null],
  ])("%s is of %s", (email, company) => {
    expect(companyOf(email)).toBe(company);
  });
});
