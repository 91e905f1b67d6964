import fc from "fast-check";
import { expect, test } from "vitest";
import { nextOpening, nextOpenSpan } from "../../../core/opening.ts";
import { cases, timesOf } from "./cases.ts";
import { mayLeave } from "./oracle.ts";

const MINUTE = 60_000;

/** What the platform's own calendar finds wrong with the open time around the next opening; null when all is well. */
function fault(find: typeof nextOpenSpan) {
  let found: string | null = null;
  fc.check(
    fc.property(cases, (asked) => {
      const times = timesOf(asked);
      const span = find(asked.at, asked.zone, times);
      const opens = nextOpening(asked.at, asked.zone, times);
      if (span === null || opens === null) found = span === opens ? null : "one of them finds nothing";
      else if (!(span.from <= opens && opens < span.to)) found = "the opening isn't in it";
      else if (span.to - span.from > 25 * 60 * MINUTE) found = "it is longer than a day";
      else
        for (const at of [...minutes(span.from, span.to), span.to - 1])
          if (!mayLeave(at, asked.zone, times)) found = `${new Date(at).toISOString()} is shut`;
      return found === null;
    }),
    { seed: 77, numRuns: 400, endOnFailure: true },
  );
  return found;
}

function minutes(from: number, to: number): readonly number[] {
  return Array.from({ length: Math.ceil((to - from) / (7 * MINUTE)) }, (_, n) => from + n * 7 * MINUTE);
}

test("in any zone, by any windows, all of it is open, and the next opening lies in it", { timeout: 60_000 }, () => {
  expect(fault(nextOpenSpan)).toBeNull();
});

test("one that goes on for a minute too long, or begins one too early, is found", { timeout: 60_000 }, () => {
  const later = (...asked: Parameters<typeof nextOpenSpan>) => {
    const span = nextOpenSpan(...asked);
    return span === null ? null : { ...span, to: span.to + MINUTE };
  };
  const earlier = (...asked: Parameters<typeof nextOpenSpan>) => {
    const span = nextOpenSpan(...asked);
    return span === null ? null : { ...span, from: span.from - MINUTE };
  };
  expect(fault(later)).not.toBeNull();
  expect(fault(earlier)).not.toBeNull();
});
