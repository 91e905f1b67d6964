import { describe, expect, test } from "vitest";
import { chooseMailbox, type PoolMailbox } from "../../../core/pace/choose-mailbox.ts";

const box = (id: string, load: number | null, cap: number | null, enabled = true): PoolMailbox => ({
  id,
  load,
  cap,
  enabled,
});
const choose = (...pool: readonly PoolMailbox[]) => chooseMailbox(pool, null, "enr_a")?.id;

test.each([
  ["the one with more room", [box("a", 10, 20), box("b", 10, 50)], "b"],
  ["one that has room, where another has none", [box("a", 49, 50), box("b", 500, 500)], "a"],
  ["where none has room, the one that is through first", [box("a", 200, 100), box("b", 150, 50)], "a"],
  ["one without a cap before any that has one", [box("a", 0, 50), box("b", 900, null)], "b"],
  ["of those without a cap the one with less before it", [box("a", 3, null), box("b", 2, null)], "b"],
  ["none that is off", [box("a", 0, 50, false), box("b", 49, 50)], "b"],
  ["one that is off, where all are", [box("a", 0, 50, false)], "a"],
  ["none that can't say how it stands", [box("a", null, null), box("b", 60, 50)], "b"],
])("it takes %s", (_name, pool, id) => {
  expect(choose(...pool)).toBe(id);
  expect(choose(...[...pool].reverse())).toBe(id);
});

describe("a lead that one of them wrote to", () => {
  const pool = [box("a", 500, 50), box("b", 0, 50)];
  test("stays with it, however full it is", () => {
    expect(chooseMailbox(pool, "a", "enr_a")).toEqual({ id: "a", why: "same_lead" });
  });
  test("goes to another where that is off, or of the pool no more", () => {
    expect(chooseMailbox([box("a", 0, 50, false), box("b", 9, 50)], "a", "enr_a")).toEqual({
      id: "b",
      why: "most_room",
    });
    expect(chooseMailbox(pool, "z", "enr_a")).toEqual({ id: "b", why: "most_room" });
  });
});

test("ties fall evenly, and the same way for the same enrollment", () => {
  const pool = ["a", "b", "c", "d"].map((id) => box(id, 7, 50));
  const got = Array.from({ length: 2_000 }, (_, n) => chooseMailbox(pool, null, `enr_${n}`)?.id ?? "");
  for (const { id } of pool) expect(Math.abs(got.filter((other) => other === id).length - 500)).toBeLessThan(75);
  expect(chooseMailbox([...pool].reverse(), null, "enr_5")?.id).toBe(got[5]);
  const silent = pool.map(({ id }) => box(id, null, null));
  expect(chooseMailbox(silent, null, "enr_5")).toMatchObject({ why: "spread" });
  expect(chooseMailbox([], null, "enr_5")).toBeNull();
});
