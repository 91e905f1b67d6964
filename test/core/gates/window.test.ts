import { expect, test } from "vitest";
import { window } from "../../../core/gates/window.ts";
import { seen } from "./given-gate.ts";

const at = (iso: string, businessHoursOnly = true) =>
  window(seen({ now: Date.parse(iso), settings: { businessHoursOnly } }));

test("outside business hours it waits for the next opening in the tenant's zone", () => {
  expect(at("2026-11-27T16:00:00Z")).toMatchObject({
    verdict: "wait",
    reason: "outside_business_hours",
    until: Date.parse("2026-11-30T08:00:00Z"),
  });
});

test.each([
  ["inside business hours", "2026-11-27T15:59:59Z", true],
  ["at any hour, where the cadence doesn't care", "2026-11-28T03:00:00Z", false],
])("%s it is open", (_name, iso, businessHoursOnly) => {
  expect(at(iso, businessHoursOnly).verdict).toBe("pass");
});
