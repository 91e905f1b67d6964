import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { askPlace, type PlaceAsk } from "../../core/pace/ask-place.ts";
import { PlaceTable } from "../../durable-objects/place-table.ts";
import { MINUTE, MONDAY, paceOfMailbox, placeAsk } from "../support/pace.ts";

const ROWS_MAX = 12;

/** What it reads, in rows; all else is the storage's own. */
function counting(sql: SqlStorage) {
  const read = { rows: 0 };
  const exec: SqlStorage["exec"] = (query, ...bindings) => {
    const cursor = sql.exec<never>(query, ...bindings);
    const all = cursor.toArray();
    read.rows += cursor.rowsRead;
    const { rowsRead, rowsWritten } = cursor;
    return {
      toArray: () => all,
      one: () => all[0],
      [Symbol.iterator]: () => all[Symbol.iterator](),
      rowsRead,
      rowsWritten,
    } as never;
  };
  return { read, sql: new Proxy(sql, { get: (_, name) => (name === "exec" ? exec : Reflect.get(sql, name)) }) };
}

const any = (ask: PlaceAsk): PlaceAsk => ({
  ...ask,
  opening: { ...ask.opening, settings: { businessHoursOnly: false } },
});

/** Rows read for each of `many` who come within minutes, while the first of them leave already. */
function rowsEach(name: string, many: number, ask: (id: string, to: PlaceAsk["to"]) => PlaceAsk, forgets = false) {
  return runInDurableObject(paceOfMailbox(`rows ${name}`), (_object, { storage }) => {
    const { read, sql } = counting(storage.sql);
    let table = new PlaceTable(sql);
    let left = 0;
    for (let n = 0; n < many; n += 1) {
      const now = MONDAY + n * 100;
      if (forgets) table = new PlaceTable(sql);
      askPlace(ask(`d${n}`, "take"), now, table.countIn("Europe/Paris", now));
      const next = table.find(`d${left}`);
      if (next !== null && next.at <= now && askPlace(ask(`d${left}`, "claim"), now, table).granted) left += 1;
    }
    expect(left).toBeGreaterThan(0);
    return read.rows / many;
  });
}

const CASES: readonly (readonly [name: string, ask: (id: string, to: PlaceAsk["to"]) => PlaceAsk])[] = [
  ["one a second, after an outage", (id, to) => any(placeAsk(id, to, { minGapSeconds: 1 }))],
  ["a gap in business hours", (id, to) => placeAsk(id, to, { minGapSeconds: 90, gapSpreadSeconds: 60 })],
  ["a wide spread alone", (id, to) => placeAsk(id, to, { gapSpreadSeconds: 300 })],
  ["fifty a day", (id, to) => placeAsk(id, to, { dailySendCap: 50 })],
  ["thousands a day", (id, to) => placeAsk(id, to, { dailySendCap: 4_000, minGapSeconds: 2 })],
];

test.each(CASES)(
  "each of ten thousand who come together reads a few rows: %s",
  {
    timeout: 120_000,
  },
  async (name, ask) => {
    expect(await rowsEach(name, 10_000, ask)).toBeLessThan(ROWS_MAX);
  },
);

test("the count of rows finds a mailbox that passes all who came before", async () => {
  const ask = (id: string, to: PlaceAsk["to"]) => any(placeAsk(id, to, { minGapSeconds: 1 }));
  expect(await rowsEach("control", 1_000, ask, true)).toBeGreaterThan(10 * ROWS_MAX);
});

test("and an object that was put out of memory finds the same again", async () => {
  const mailbox = paceOfMailbox("rows again");
  await runInDurableObject(mailbox, (_object, { storage }) => {
    const ask = (id: string) => any(placeAsk(id, "take", { minGapSeconds: 60 }));
    const table = new PlaceTable(storage.sql);
    for (let n = 0; n < 500; n += 1) askPlace(ask(`d${n}`), MONDAY, table.countIn("Europe/Paris", MONDAY));
    const anew = new PlaceTable(storage.sql).countIn("Europe/Paris", MONDAY);
    expect(askPlace(ask("last"), MONDAY, anew)).toMatchObject({ until: MONDAY + 500 * MINUTE });
  });
});
