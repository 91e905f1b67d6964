import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { describe, expect, test } from "vitest";
import { askPlace, type PlaceAnswer } from "../../core/pace/ask-place.ts";
import { Calendar } from "../../core/pace/calendar.ts";
import { type MailboxPace, UNPACED } from "../../core/pace/settings.ts";
import { PlaceTable } from "../../durable-objects/place-table.ts";
import { MemoryBook } from "../core/pace/memory-book.ts";
import { DAY, HOUR, MINUTE, MONDAY, paceOfMailbox, placeAsk } from "../support/pace.ts";

const until = (answer: PlaceAnswer) => (answer.granted ? null : answer.until);
const dayOf = (at: number) => new Date(at + HOUR).toISOString().slice(0, 10);

test("the same draft asked twice has one place, also after the object was put out of memory", async () => {
  const mailbox = paceOfMailbox("twice");
  const pace = { dailySendCap: 3 };
  await mailbox.ask(placeAsk("a", "take", pace), MONDAY);
  const first = await mailbox.ask(placeAsk("b", "take", pace), MONDAY);
  expect(first).toMatchObject({ granted: false, reason: "mailbox_spread", counted: { taken: 2, sent: 0, cap: 3 } });
  await evictDurableObject(mailbox);
  expect(await mailbox.ask(placeAsk("b", "take", pace), MONDAY)).toEqual(first);
  const { opening } = placeAsk("", "take", {});
  const outlook = await mailbox.look({ ...UNPACED, ...pace }, opening, "Europe/Paris", MONDAY, 2);
  expect(outlook.days).toEqual([
    { day: "2026-11-23", taken: 2, sent: 0, cap: 3 },
    { day: "2026-11-24", taken: 0, sent: 0, cap: 3 },
  ]);
  // To look takes no place, and is where the next one comes to be.
  expect(until(await mailbox.ask(placeAsk("c", "take", pace), MONDAY))).toBe(outlook.nextPlaceAt);
});

test("a place that is given back is free again, and one that nobody has is no matter", async () => {
  const mailbox = paceOfMailbox("back");
  for (const id of ["a", "b", "c"]) await mailbox.ask(placeAsk(id, "take", { dailySendCap: 2 }), MONDAY);
  const b = until(await mailbox.ask(placeAsk("b", "take", { dailySendCap: 2 }), MONDAY));
  await mailbox.release("nobody's");
  await mailbox.release("b");
  expect(until(await mailbox.ask(placeAsk("d", "take", { dailySendCap: 2 }), MONDAY))).toBe(b);
});

test("a place that isn't used is free again six hours after its time", async () => {
  const mailbox = paceOfMailbox("lease");
  const pace = { dailySendCap: 1 };
  const any = { opening: { ...placeAsk("", "take", {}).opening, settings: { businessHoursOnly: false } } };
  expect(await mailbox.ask(placeAsk("a", "take", pace, any), MONDAY)).toMatchObject({ granted: true });
  expect(await mailbox.ask(placeAsk("b", "take", pace, any), MONDAY + 5 * HOUR)).toMatchObject({ granted: false });
  await mailbox.release("b");
  expect(await mailbox.ask(placeAsk("b", "take", pace, any), MONDAY + 6 * HOUR + MINUTE)).toMatchObject({
    granted: true,
  });
});

test("no seven days in a row have more than they may, for weeks, whatever is put out of memory and deleted meanwhile", async () => {
  const mailbox = paceOfMailbox("week");
  const pace = { dailySendCap: 3, spans: [{ days: 7, most: 5 }] };
  const waiting = Array.from({ length: 40 }, (_, n) => ({
    id: `d${n}`,
    at: MONDAY + n * 12 * HOUR,
    to: "take" as "take" | "claim",
  }));
  const sent: number[] = [];
  for (let n = 0; waiting.length > 0; n += 1) {
    const [next] = waiting.sort((left, right) => left.at - right.at);
    if (next === undefined) break;
    if (n % 20 === 19) await evictDurableObject(mailbox);
    const answer = await mailbox.ask(placeAsk(next.id, next.to, pace), next.at);
    if (!answer.granted) next.at = answer.until;
    else if (next.to === "take") next.to = "claim";
    else {
      sent.push(next.at);
      waiting.splice(waiting.indexOf(next), 1);
    }
  }
  const days = sent.map((at) => Math.round((Date.parse(dayOf(at)) - Date.parse(dayOf(MONDAY))) / DAY));
  const inWeekFrom = (first: number) => days.filter((day) => day >= first && day < first + 7).length;
  const weeks = Array.from({ length: Math.max(...days) + 1 }, (_, first) => inWeekFrom(first));
  expect(Math.max(...weeks)).toBe(5);
  // Eight weeks of five: no room is left out.
  expect(Math.max(...days)).toBeLessThanOrEqual(8 * 7);
});

test("a week that is full is said so of today, and what a day may have is what is left of it", async () => {
  const mailbox = paceOfMailbox("full week");
  const pace = { dailySendCap: 3, spans: [{ days: 7, most: 2 }] };
  for (const id of ["a", "b"]) await mailbox.ask(placeAsk(id, "claim", pace), MONDAY);
  const answer = await mailbox.ask(placeAsk("c", "take", pace), MONDAY);
  expect(answer).toMatchObject({ granted: false, reason: "mailbox_span_full", counted: { taken: 2, sent: 2, cap: 2 } });
  expect(dayOf(until(answer) ?? 0)).toBe("2026-11-30");
  // The same when it asks again, and when somebody only looks.
  expect(await mailbox.ask(placeAsk("c", "take", pace), MONDAY)).toMatchObject({ reason: "mailbox_span_full" });
  expect(await mailbox.peek(placeAsk("c", "take", pace), MONDAY)).toMatchObject({ reason: "mailbox_span_full" });
  const { opening } = placeAsk("", "take", {});
  const { days } = await mailbox.look({ ...UNPACED, ...pace }, opening, "Europe/Paris", MONDAY, 9);
  expect(days.map(({ cap }) => cap)).toEqual([2, 0, 0, 0, 0, 0, 0, 2, 1]);
  // Longer than a day's own messages are kept, what has left is known.
  await mailbox.release("c");
  const late = await mailbox.ask(placeAsk("d", "take", pace), MONDAY + 4 * DAY);
  expect([late.granted, dayOf(until(late) ?? 0)]).toEqual([false, "2026-11-30"]);
});

test("another zone counts what has left today by its own days", async () => {
  const mailbox = paceOfMailbox("zone");
  const pace = { dailySendCap: 2 };
  // 23:30 and, on the next day, 00:30 in Paris; both on the 23rd in New York.
  const late = Date.parse("2026-11-23T22:30:00Z");
  for (const [id, at] of [
    ["a", late],
    ["b", late + HOUR],
  ] as const)
    expect(await mailbox.ask(placeAsk(id, "claim", pace), at)).toMatchObject({ granted: true, counted: { sent: 1 } });
  const elsewhere = { timeZone: "America/New_York" };
  expect(await mailbox.ask(placeAsk("c", "claim", pace, elsewhere), late + 2 * HOUR)).toMatchObject({
    granted: false,
    reason: "mailbox_cap_reached",
    counted: { day: "2026-11-23", sent: 2 },
  });
});

test("what is over is deleted, a day's counts too", async () => {
  const mailbox = paceOfMailbox("tidy");
  for (const id of ["a", "b"])
    await mailbox.ask(placeAsk(id, "claim", { minGapSeconds: 1 }), MONDAY + (id === "b" ? HOUR : 0));
  await mailbox.ask(placeAsk("c", "claim", { minGapSeconds: 1 }), MONDAY + 5 * DAY);
  const rows = await runInDurableObject(mailbox, (_object, { storage }) =>
    ["places", "days"].map((table) => storage.sql.exec(`SELECT count(*) AS n FROM ${table}`).one()["n"]),
  );
  expect(rows).toEqual([1, 1]);
});

test("the table in the object's storage answers as the plain book in memory does", async () => {
  const mailbox = paceOfMailbox("oracle");
  await runInDurableObject(mailbox, (_object, { storage }) => {
    const table = new PlaceTable(storage.sql);
    const book = new MemoryBook("Europe/Paris");
    let seed = 7;
    const roll = (sides: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor((seed / 2_147_483_648) * sides);
    };
    const paces: Partial<MailboxPace>[] = [
      { dailySendCap: 3 },
      { dailySendCap: 9, minGapSeconds: 400 },
      { minGapSeconds: 60 },
    ];
    const zones = ["Europe/Paris", "Pacific/Auckland"];
    let now = MONDAY;
    for (let n = 0; n < 600; n += 1) {
      now += roll(20 * MINUTE);
      const timeZone = zones[Math.floor(n / 150) % 2] ?? "UTC";
      if (book.calendar.timeZone !== timeZone) book.calendar = new Calendar(timeZone);
      const id = `d${roll(200)}`;
      if (roll(8) === 0) {
        table.drop(id);
        book.drop(id);
        continue;
      }
      const ask = placeAsk(id, roll(2) === 0 ? "take" : "claim", paces[roll(3)] ?? {}, { timeZone });
      const answer = askPlace(ask, now, table.countIn(timeZone, now));
      // Leases and old days are the table's own affair.
      for (const { id: old, at, is } of [...book.places.values()])
        if (table.find(old) === null && at < now - (is === "sent" ? 2 * DAY : 5 * HOUR)) book.drop(old);
      expect(answer).toEqual(askPlace(ask, now, book));
    }
    expect(book.places.size).toBeGreaterThan(50);
  });
});

describe("ten thousand due in one minute, at a mailbox that may send fifty a day", () => {
  test("fifty go today, one by one over its hours, and each of the others is told its own time", {
    timeout: 300_000,
  }, async () => {
    const mailbox = paceOfMailbox("herd");
    const pace = { dailySendCap: 50 };
    const answers: PlaceAnswer[] = [];
    for (let n = 0; n < 10_000; n += 100)
      answers.push(
        ...(await Promise.all(
          Array.from({ length: 100 }, (_, k) => mailbox.ask(placeAsk(`d${n + k}`, "take", pace), MONDAY + (n + k) * 6)),
        )),
      );
    const times = answers.map((answer, n) => until(answer) ?? MONDAY + n * 6);
    expect(new Set(times).size).toBe(10_000);
    const perDay = new Map<string, number>();
    for (const at of times) perDay.set(dayOf(at), (perDay.get(dayOf(at)) ?? 0) + 1);
    expect(perDay.size).toBe(200);
    expect(new Set(perDay.values())).toEqual(new Set([50]));
    const today = times.filter((at) => dayOf(at) === "2026-11-23").sort((left, right) => left - right);
    // From 10:00 to 17:00, never closer than five minutes, never farther apart than ten.
    expect(today.at(-1)).toBeGreaterThan(MONDAY + 6.7 * HOUR);
    const gaps = today.slice(1).map((at, n) => at - (today[n] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(5 * MINUTE);
    expect(Math.max(...gaps)).toBeLessThan(10 * MINUTE);
    expect(answers[50]).toMatchObject({
      granted: false,
      reason: "mailbox_cap_reached",
      until: Date.parse("2026-11-24T08:00:00Z"),
    });
    expect(answers[9_999]).toMatchObject({ granted: false, reason: "mailbox_cap_reached" });
    expect(dayOf(times[9_999] ?? 0)).toBe("2027-08-27");
    // Asked again from nothing but what is stored, the last one has the same place, and few rows are read for it.
    await evictDurableObject(mailbox);
    expect(until(await mailbox.ask(placeAsk("d9999", "take", pace), MONDAY + MINUTE))).toBe(times[9_999]);
  });

  test("and when their times come exactly fifty leave", async () => {
    const mailbox = paceOfMailbox("fifty");
    const pace = { dailySendCap: 50 };
    const due = new Map<string, number>();
    for (let n = 0; n < 300; n += 1) {
      const answer = await mailbox.ask(placeAsk(`d${n}`, "take", pace), MONDAY);
      due.set(`d${n}`, until(answer) ?? MONDAY);
    }
    const left: number[] = [];
    for (const [id, at] of [...due].sort(([, one], [, other]) => one - other)) {
      if (at > MONDAY + 10 * HOUR) break;
      // Drafts take from two to 119 seconds.
      const sent = at + 2_000 + ((at / 1000) % 118) * 1000;
      if ((await mailbox.ask(placeAsk(id, "claim", pace), sent)).granted) left.push(sent);
    }
    expect(left).toHaveLength(50);
  });
});
