import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlaceAsk } from "../../../core/pace/ask-place.ts";
import { Calendar } from "../../../core/pace/calendar.ts";
import { type Paced, PRODUCTION, play, story, Violation } from "./judge.ts";
import { MemoryBook } from "./memory-book.ts";

const SEED = 20_261_121;
const RUNS = Number(process.env.PACE_RUNS ?? 1_000);

test("never more than the cap in a day of the zone that counts, never closer than the gap, always a time to come back, and no day with room left out", {
  timeout: 600_000,
}, () => {
  let sent = 0;
  let waits = 0;
  fc.assert(
    fc.property(story, (told) => {
      const came = play(told, PRODUCTION);
      sent += came.sent;
      waits += came.waits;
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // It can't pass by doing nothing.
  expect(sent).toBeGreaterThan(RUNS * 3);
  expect(waits).toBeGreaterThan(RUNS * 3);
});

const asking = (change: (ask: PlaceAsk) => PlaceAsk): Paced => ({
  ...PRODUCTION,
  ask: (ask, now, book) => PRODUCTION.ask(change(ask), now, book),
});
const keeping = (change: (book: MemoryBook) => Partial<MemoryBook>): Paced => ({
  ...PRODUCTION,
  book: (timeZone) => {
    const book = new MemoryBook(timeZone);
    return Object.assign(book, change(book));
  },
});

test.each<[string, Paced]>([
  [
    "counts by the days of another zone",
    {
      ...PRODUCTION,
      ask: (ask, now, book) => {
        const calendar = new Calendar("Pacific/Kiritimati");
        return PRODUCTION.ask(ask, now, Object.assign(Object.create(book), { calendar }));
      },
    },
  ],
  [
    "lets one more through a day than the cap says",
    asking((ask) => ({
      ...ask,
      pace: { ...ask.pace, dailySendCap: ask.pace.dailySendCap === null ? null : ask.pace.dailySendCap + 1 },
    })),
  ],
  [
    "lets one more through a span of days",
    asking((ask) => ({
      ...ask,
      pace: { ...ask.pace, spans: ask.pace.spans?.map(({ days, most }) => ({ days, most: most + 1 })) ?? [] },
    })),
  ],
  [
    "counts a span that is a day too short",
    asking((ask) => ({
      ...ask,
      pace: { ...ask.pace, spans: ask.pace.spans?.map(({ days, most }) => ({ days: days - 1, most })) ?? [] },
    })),
  ],
  [
    "grows on a ramp without a ceiling",
    asking((ask) => ({ ...ask, pace: { ...ask.pace, ramp: ask.pace.ramp && { ...ask.pace.ramp, ceiling: 99 } } })),
  ],
  [
    "sends a second before the gap is over",
    asking((ask) => ({ ...ask, pace: { ...ask.pace, minGapSeconds: Math.max(0, ask.pace.minGapSeconds - 1) } })),
  ],
  ["forgets when the last one left", keeping(() => ({ latest: () => null }))],
  [
    "doesn't count what has left",
    keeping((book) => ({ countOn: (day) => ({ ...MemoryBook.prototype.countOn.call(book, day), sent: 0 }) })),
  ],
  [
    "trusts a place of another day",
    {
      ...PRODUCTION,
      ask: (ask, now, book) =>
        ask.to === "claim" && book.find(ask.id) !== null
          ? { granted: true, counted: { day: "", sent: 0, taken: 0, cap: null } }
          : PRODUCTION.ask(ask, now, book),
    },
  ],
  [
    "leaves out the rest of the day",
    asking((ask) => ({
      ...ask,
      opening: { ...ask.opening, tenantBlackouts: [{ from: "2026-11-23", to: "2026-11-24" }] },
    })),
  ],
  [
    "tells to come back at once",
    {
      ...PRODUCTION,
      ask: (ask, now, book) => {
        const word = PRODUCTION.ask(ask, now, book);
        return word.granted ? word : { ...word, until: now };
      },
    },
  ],
])("the judge finds a pace that %s", { timeout: 120_000 }, (_name, engine) => {
  let found: unknown = null;
  fc.check(
    fc.property(story, (told) => {
      try {
        play(told, engine);
      } catch (error) {
        found = error;
      }
      return found === null;
    }),
    { numRuns: RUNS, seed: SEED, endOnFailure: true },
  );
  expect(found).toBeInstanceOf(Violation);
});
