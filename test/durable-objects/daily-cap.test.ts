import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, test } from "vitest";
import { dailyCapStub, releaseSlot, reserveSlot } from "../../durable-objects/ask-daily-cap.ts";

const DAY = "2026-11-23";

test("a day has as many places as the cap says, and a slot that is given back is free again", async () => {
  const cap = dailyCapStub(env, "ten_cap", "cad_places");
  expect([await cap.reserve(DAY, "a", 2), await cap.reserve(DAY, "b", 2), await cap.reserve(DAY, "c", 2)]).toEqual([
    true,
    true,
    false,
  ]);
  expect(await cap.reserve(DAY, "a", 2)).toBe(true); // the same slot again is the same slot
  expect(await cap.taken(DAY)).toBe(2);
  await cap.release(DAY, "nobody's");
  expect(await cap.reserve(DAY, "c", 2)).toBe(false);
  await cap.release(DAY, "b");
  expect([await cap.reserve(DAY, "c", 2), await cap.reserve(DAY, "d", 2)]).toEqual([true, false]);
});

describe("a tenant that is new", () => {
  const slot = (draftId: string) => ({ day: DAY, draftId });

  test("has one count for all its cadences, beside each one's own", async () => {
    const reserve = (cadenceId: string, draftId: string, cap: number) =>
      reserveSlot(env, "ten_new", cadenceId, slot(draftId), { cap, tenantCap: 3 });
    expect(await reserve("cad_a", "a1", 2)).toBeNull();
    expect(await reserve("cad_a", "a2", 2)).toBeNull();
    // Its cadence is full: what was taken of the tenant's count is given back.
    expect(await reserve("cad_a", "a3", 2)).toBe("cadence");
    expect(await reserve("cad_b", "b1", 2)).toBeNull();
    expect(await reserve("cad_b", "b2", 2)).toBe("tenant");
    // The same slot again is the same slot, and one that is given back is free again.
    expect(await reserve("cad_b", "b1", 2)).toBeNull();
    await releaseSlot(env, { tenantId: "ten_new", mode: "live" }, "cad_a", slot("a1"));
    expect(await reserve("cad_b", "b2", 2)).toBeNull();
  });

  test("and one that isn't new has none", async () => {
    const all = Array.from({ length: 5 }, (_, n) =>
      reserveSlot(env, "ten_old", "cad_a", slot(`d${n}`), { cap: 9, tenantCap: null }),
    );
    expect(await Promise.all(all)).toEqual(Array(5).fill(null));
    expect(await dailyCapStub(env, "ten_old", "all").taken(DAY)).toBe(0);
  });
});

test("the count is the same after the object was put out of memory", async () => {
  const cap = dailyCapStub(env, "ten_cap", "cad_memory");
  for (const slot of ["a", "b", "c"]) await cap.reserve(DAY, slot, 3);
  await cap.release(DAY, "c");
  await evictDurableObject(cap);
  expect(await cap.taken(DAY)).toBe(2);
  expect([await cap.reserve(DAY, "d", 3), await cap.reserve(DAY, "e", 3)]).toEqual([true, false]);
});
