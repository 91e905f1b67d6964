import { describe, expect, test } from "vitest";
import { rampCap } from "../../core/sending-ramp.ts";
import { alarm, begun, cadence, DAY, FACTS, FIRST, facts, HOUR, play, slot, T } from "./given.ts";

const ZONE = "Europe/Paris";

describe("what a new tenant may send a day", () => {
  test("fifty on the first day, half as much again on each that follows, and from the fifteenth on it isn't new", () => {
    const caps = Array.from({ length: 16 }, (_, day) => rampCap(T, T + day * DAY, ZONE));
    expect(caps).toEqual([50, 75, 112, 168, 253, 379, 569, 854, 1281, 1922, 2883, 4324, 6487, 9730, null, null]);
  });

  test("a day is one of the tenant's calendar: it begins at its midnight, whatever the hour of the first", () => {
    const newSince = Date.parse("2026-11-23T22:30:00Z");
    expect([rampCap(newSince, newSince + HOUR, ZONE), rampCap(newSince, newSince + HOUR, "UTC")]).toEqual([75, 50]);
  });

  test("a day more or less for the clocks doesn't count", () => {
    const newSince = Date.parse("2026-10-24T10:00:00Z");
    expect([1, 2].map((days) => rampCap(newSince, newSince + days * DAY, ZONE))).toEqual([75, 112]);
  });

  test("a clock that is behind the tenant's birth is on its first day", () => {
    expect(rampCap(T, T - 3 * DAY, ZONE)).toBe(50);
  });
});

describe("a step of a new tenant", () => {
  const static_ = cadence([{ draftStrategy: "static", staticSubject: "Hello", staticBody: "Hello" }]);
  const fresh = { tenant: { ...FACTS.tenant, newSince: T - DAY } };

  test("takes a place among all of its tenant's messages of the day", () => {
    expect(play(begun(static_), static_, alarm(T), facts(T, "draft", fresh)).effects).toMatchObject([
      { type: "reserve_slot", cap: 50, tenantCap: 75 },
    ]);
  });

  test("but not in the sandbox, and not where the operator has freed the tenant", () => {
    const sandboxed = { ...begun(static_), mode: "sandbox" as const };
    expect(play(sandboxed, static_, alarm(T), facts(T, "draft", fresh)).effects).toMatchObject([{ tenantCap: null }]);
    expect(play(begun(static_), static_, alarm(T), facts(T)).effects).toMatchObject([{ tenantCap: null }]);
  });

  test("waits for tomorrow when there is none left, says whose cap it was, and is not lost", () => {
    const full = { ...slot(T, FIRST, false), fullFor: "tenant" } as ReturnType<typeof slot>;
    expect(play(begun(static_), static_, alarm(T), facts(T, "draft", fresh), full).state.phase).toMatchObject({
      name: "waiting",
      wakeAt: T + DAY,
      waitingFor: { gate: "daily_cap", reason: "new_tenant_cap_reached" },
    });
  });
});
