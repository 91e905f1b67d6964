import { describe, expect, test } from "vitest";
import { askPlace, type PlaceAsk } from "../../../core/pace/ask-place.ts";
import { Calendar } from "../../../core/pace/calendar.ts";
import { type MailboxPace, UNPACED } from "../../../core/pace/settings.ts";
import { DAY, HOUR, MINUTE, T } from "../given.ts";
import { MemoryBook } from "./memory-book.ts";

const ZONE = "Europe/Paris";
const BUSINESS = { timeZone: ZONE, settings: { businessHoursOnly: true }, tenantBlackouts: [], leadCountry: null };
const ANY = { ...BUSINESS, settings: { businessHoursOnly: false } };

const asked = (
  id: string,
  to: "take" | "claim",
  pace: Partial<MailboxPace>,
  more: Partial<PlaceAsk> = {},
): PlaceAsk => ({
  ...{ id, to, repeats: false, pace: { ...UNPACED, ...pace }, timeZone: ZONE, opening: BUSINESS },
  ...more,
});
const iso = (at: number) => new Date(at).toISOString().slice(0, 16);

test("the fifty of a day go one by one over the hours that are left of it, and the next is of tomorrow", () => {
  const book = new MemoryBook(ZONE);
  const words = Array.from({ length: 101 }, (_, n) => askPlace(asked(`d${n}`, "take", { dailySendCap: 50 }), T, book));
  const at = (n: number) => book.find(`d${n}`)?.at ?? 0;
  expect(words[0]).toMatchObject({ granted: true, counted: { day: "2026-11-23", taken: 1, sent: 0, cap: 50 } });
  expect(words[1]).toMatchObject({ granted: false, until: at(1), reason: "mailbox_spread" });
  // 10:00 to 17:00 is seven hours for fifty.
  expect(at(1) - at(0)).toBe(8.4 * MINUTE);
  expect(iso(at(49))).toBe("2026-11-23T15:51");
  expect(words[50]).toMatchObject({ granted: false, reason: "mailbox_cap_reached" });
  expect(iso(at(50))).toBe("2026-11-24T08:00");
  expect(iso(at(100))).toBe("2026-11-25T08:00");
});

describe("a day with two windows", () => {
  const TWO = {
    ...BUSINESS,
    settings: {
      businessHoursOnly: false,
      sendingWindows: [
        { days: ["mon" as const], from: "09:00", to: "11:00" },
        { days: ["mon" as const], from: "14:00", to: "17:00" },
      ],
    },
  };
  const inTwo = (cap: number, at: number, more: Partial<MailboxPace> = {}) => {
    const book = new MemoryBook(ZONE);
    for (let n = 0; n < cap; n += 1)
      askPlace(asked(`d${n}`, "take", { dailySendCap: cap, ...more }, { opening: TWO }), at, book);
    const places = [...book.places.values()].map((place) => place.at).sort((one, other) => one - other);
    const noon = T + 2 * HOUR;
    return { places, early: places.filter((place) => place < noon).length, day: book.calendar.dayOf(T) };
  };

  test("has each of them get its share of the day's messages", () => {
    const { early, places } = inTwo(50, T - HOUR);
    // Two of five hours.
    expect(early).toBe(20);
    expect(iso(places.at(-1) ?? 0)).toBe("2026-11-23T15:54");
  });

  test("has what is left of both shared, when somebody comes late", () => {
    const { early, places } = inTwo(50, T + HOUR / 2);
    // Half an hour of three and a half.
    expect(early).toBeGreaterThanOrEqual(7);
    expect(early).toBeLessThanOrEqual(8);
    expect(places).toHaveLength(50);
  });

  test.each([1, 2, 3, 7, 50, 299])("has no room left out for %i, and none closer than the gap", (cap) => {
    const { places, day } = inTwo(cap, T - HOUR, { minGapSeconds: 60 });
    expect(places.filter((at) => at >= day.from && at < day.to)).toHaveLength(cap);
    for (const [n, at] of places.slice(1).entries()) expect(at - (places[n] ?? 0)).toBeGreaterThanOrEqual(MINUTE);
  });
});

test("a place that is given back is the next one's", () => {
  const book = new MemoryBook(ZONE);
  for (const id of ["a", "b", "c"]) askPlace(asked(id, "take", { dailySendCap: 2 }), T, book);
  const freed = book.find("b")?.at ?? 0;
  expect(iso(book.find("c")?.at ?? 0)).toBe("2026-11-24T08:00");
  book.drop("b");
  // Who waits till tomorrow has it when it looks again.
  expect(askPlace(asked("c", "take", { dailySendCap: 2 }), T, book)).toMatchObject({ granted: false, until: freed });
  expect(iso(askedFor(book, "d"))).toBe("2026-11-24T08:00");

  function askedFor(of: MemoryBook, id: string): number {
    askPlace(asked(id, "take", { dailySendCap: 2 }), T, of);
    return of.find(id)?.at ?? 0;
  }
});

test("the same draft asked twice has the same place", () => {
  const book = new MemoryBook(ZONE);
  askPlace(asked("a", "take", { dailySendCap: 5 }), T, book);
  const first = askPlace(asked("b", "take", { dailySendCap: 5 }), T, book);
  expect(askPlace(asked("b", "take", { dailySendCap: 5 }), T, book)).toEqual(first);
  expect(book.places.size).toBe(2);
});

test("who waits past midnight for the gap alone is told of the gap, also when it asks again", () => {
  const book = new MemoryBook(ZONE);
  const pace = { minGapSeconds: 8 * 3600 };
  const asks = () => ["a", "b", "c"].map((id) => askPlace(asked(id, "take", pace, { opening: ANY }), T, book));
  expect(asks()[2]).toMatchObject({ until: T + 16 * HOUR, reason: "mailbox_gap" });
  expect(asks()[2]).toMatchObject({ until: T + 16 * HOUR, reason: "mailbox_gap" });
});

describe("before it leaves", () => {
  test("a message counts for the day on which it does, whatever day its place was of", () => {
    const book = new MemoryBook(ZONE);
    const pace = { dailySendCap: 1 };
    expect(askPlace(asked("late", "take", pace), T, book)).toMatchObject({ granted: true });
    const tomorrow = T + DAY;
    expect(askPlace(asked("other", "take", pace), tomorrow, book)).toMatchObject({ granted: true });
    // Its draft took a day, and the day belongs to another by now.
    const word = askPlace(asked("late", "claim", pace), tomorrow, book);
    expect(word).toMatchObject({ granted: false, reason: "mailbox_cap_reached" });
    expect(askPlace(asked("other", "claim", pace), tomorrow, book)).toMatchObject({ granted: true });
    expect(iso(book.find("late")?.at ?? 0)).toBe("2026-11-25T08:00");
  });

  test("nothing leaves closer than the gap, and those who wait for it come one after the other", () => {
    const book = new MemoryBook(ZONE);
    const pace = { minGapSeconds: 300 };
    expect(askPlace(asked("a", "claim", pace), T, book)).toMatchObject({ granted: true });
    const b = askPlace(asked("b", "claim", pace), T + MINUTE, book);
    const c = askPlace(asked("c", "claim", pace), T + MINUTE, book);
    expect([b, c]).toMatchObject([
      { granted: false, until: T + 5 * MINUTE, reason: "mailbox_gap" },
      { granted: false, until: T + 10 * MINUTE, reason: "mailbox_gap" },
    ]);
    // Whoever comes in the very moment doesn't push in.
    expect(askPlace(asked("d", "claim", pace), T + 5 * MINUTE, book)).toMatchObject({ until: T + 15 * MINUTE });
    expect(askPlace(asked("b", "claim", pace), T + 5 * MINUTE, book)).toMatchObject({ granted: true });
    expect(askPlace(asked("c", "claim", pace), T + 10 * MINUTE, book)).toMatchObject({ granted: true });
  });

  test("whoever is on time behind one that was late waits a moment, and not behind all the others", () => {
    const book = new MemoryBook(ZONE);
    const pace = { minGapSeconds: 1 };
    for (const id of ["a", "b", "c", "d"]) askPlace(asked(id, "claim", pace), T, book);
    expect(askPlace(asked("b", "claim", pace), T + 1_300, book)).toMatchObject({ granted: true });
    expect(askPlace(asked("c", "claim", pace), T + 2_000, book)).toMatchObject({ until: T + 2_300 });
    expect(askPlace(asked("c", "claim", pace), T + 2_300, book)).toMatchObject({ granted: true });
    // Who comes when its time is long over stands behind those who kept theirs.
    expect(askPlace(asked("e", "claim", pace), T + 2_500, book)).toMatchObject({ until: T + 4_000 });
    expect(askPlace(asked("e", "claim", pace), T + 9_000, book)).toMatchObject({ granted: true });
    expect(askPlace(asked("d", "claim", pace), T + 9_500, book)).toMatchObject({ until: T + 10_000 });
  });

  test("a cap that was lowered meanwhile moves on who is beyond it", () => {
    const book = new MemoryBook(ZONE);
    for (const id of ["a", "b"]) askPlace(asked(id, "take", { dailySendCap: 2 }), T, book);
    const later = book.find("b")?.at ?? 0;
    expect(askPlace(asked("a", "claim", { dailySendCap: 1 }), T, book)).toMatchObject({ granted: true });
    // Not even its draft is asked for; and where it is there already, it waits.
    expect(askPlace(asked("b", "take", { dailySendCap: 1 }), later, book)).toMatchObject({ granted: false });
    book.put({ id: "b", at: later, is: "kept" });
    expect(askPlace(asked("b", "claim", { dailySendCap: 1 }), later, book)).toMatchObject({
      granted: false,
      reason: "mailbox_cap_reached",
      counted: { sent: 1, taken: 1, cap: 1 },
    });
  });

  test("a try that surely didn't leave moves its count along, and one that may have left stays counted", () => {
    const book = new MemoryBook(ZONE);
    const pace = { dailySendCap: 9 };
    for (const at of [T, T + HOUR]) askPlace(asked("a", "claim", pace), at, book);
    expect(book.countOn(new Calendar(ZONE).dayOf(T))).toEqual({ taken: 1, sent: 1 });
    askPlace(asked("a", "claim", pace, { repeats: true }), T + 2 * HOUR, book);
    expect(book.countOn(new Calendar(ZONE).dayOf(T))).toEqual({ taken: 2, sent: 2 });
  });
});

test("a ramp begins with its start, grows each day and stops at its ceiling", () => {
  const ramp = { start: 2, step: 3, ceiling: 7, since: T };
  const book = new MemoryBook(ZONE);
  const word = Array.from({ length: 40 }, (_, n) =>
    askPlace(asked(`d${n}`, "take", { ramp }, { opening: ANY }), T, book),
  );
  const days = [...book.places.values()].map(({ at }) => book.calendar.nameOf(at).slice(-2));
  const count = new Map<string, number>();
  for (const day of days) count.set(day, (count.get(day) ?? 0) + 1);
  expect([...count.entries()].slice(0, 5)).toEqual([
    ["23", 2],
    ["24", 5],
    ["25", 7],
    ["26", 7],
    ["27", 7],
  ]);
  expect(word[2]).toMatchObject({ granted: false, reason: "mailbox_ramp" });
  // A cap below the ceiling is the lower of the two.
  const low = new MemoryBook(ZONE);
  for (let n = 0; n < 3; n += 1) askPlace(asked(`d${n}`, "take", { ramp, dailySendCap: 1 }), T, low);
  expect(askPlace(asked("x", "take", { ramp, dailySendCap: 1 }), T, low)).toMatchObject({
    reason: "mailbox_cap_reached",
  });
});

test("whoever comes long after its place gets another, so that an outage doesn't end in a burst", () => {
  const book = new MemoryBook(ZONE);
  const pace = { dailySendCap: 20 };
  for (let n = 0; n < 20; n += 1) askPlace(asked(`d${n}`, "take", pace), T, book);
  const back = T + 4 * HOUR;
  const words = Array.from({ length: 11 }, (_, n) => askPlace(asked(`d${n}`, "take", pace), back, book));
  expect(words.filter(({ granted }) => granted)).toHaveLength(1);
  const times = Array.from({ length: 11 }, (_, n) => book.find(`d${n}`)?.at ?? 0);
  expect(new Set(times).size).toBe(11);
});

test("where a year is full it says so, and when it is looked at again", () => {
  const book = new MemoryBook(ZONE);
  const pace = { dailySendCap: 1 };
  for (let n = 0; n < 400; n += 1) askPlace(asked(`d${n}`, "take", pace, { opening: ANY }), T, book);
  expect(askPlace(asked("x", "take", pace, { opening: ANY }), T, book)).toMatchObject({
    granted: false,
    reason: "mailbox_full_for_a_year",
    until: T + DAY,
  });
});
