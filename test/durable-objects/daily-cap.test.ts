import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { dailyCapStub } from "../../durable-objects/daily-cap.ts";

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

test("the count is the same after the object was put out of memory", async () => {
  const cap = dailyCapStub(env, "ten_cap", "cad_memory");
  for (const slot of ["a", "b", "c"]) await cap.reserve(DAY, slot, 3);
  await cap.release(DAY, "c");
  await evictDurableObject(cap);
  expect(await cap.taken(DAY)).toBe(2);
  expect([await cap.reserve(DAY, "d", 3), await cap.reserve(DAY, "e", 3)]).toEqual([true, false]);
});
