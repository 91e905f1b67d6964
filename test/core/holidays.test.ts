import { expect, test } from "vitest";
import { isCountry } from "../../core/contract/countries.ts";
import { HOLIDAYS, HOLIDAYS_FROM, HOLIDAYS_TO } from "../../core/holiday-table.ts";
import { hasHolidays, isHoliday } from "../../core/holidays.ts";

test.each([
  ["CH", "2026-08-01", true],
  ["IN", "2026-08-15", true],
  ["DE", "2026-10-03", true],
  ["DE", "2026-04-03", true], // Good Friday of 2026.
  ["DE", "2027-04-03", false],
  ["FR", "2028-07-14", true],
  ["US", "2026-11-26", true], // The fourth Thursday of November.
  ["US", "2026-11-19", false],
  ["US", "2027-07-05", true], // The fourth of July is a Sunday.
  ["JP", "2026-11-23", true],
  ["GB", "2027-12-27", true], // Christmas Day is a Saturday.
  ["TR", "2026-03-21", true], // The second day of the feast after Ramadan.
  ["US", "2040-12-25", true], // Beyond the table: what is on one date every year.
  ["US", "2040-11-22", false],
  ["XX", "2026-12-25", false],
])("in %s %s is a public holiday: %s", (country, day, is) => {
  expect(isHoliday(day, country)).toBe(is);
});

test("the table has a list for each of its years, of real days, for countries that there are", () => {
  for (const [country, row] of Object.entries(HOLIDAYS)) {
    expect(isCountry(country)).toBe(true);
    const lists = row.split(" ");
    expect(lists).toHaveLength(1 + HOLIDAYS_TO - HOLIDAYS_FROM + 1);
    for (const list of lists) expect(list).toMatch(/^(?:[1-9a-c][1-9a-v])*$/);
  }
  expect(["CH", "DE", "FR", "US", "GB", "JP", "IN", "BR"].every(hasHolidays)).toBe(true);
});

test("what every object has is no country", () => {
  expect([hasHolidays("constructor"), isHoliday("2026-12-25", "toString")]).toEqual([false, false]);
});
