import { expect, test } from "vitest";
import { capVerdict, slotNeeded, trace } from "../../../core/flow/gated.ts";
import { closedBy, type Gate, runGates } from "../../../core/gates/gate.ts";
import { begun, cadence, DAY, FACTS, play, T, TO_DRAFTING } from "../given.ts";
import { seen } from "./given-gate.ts";

const open: Gate = () => ({ gate: "window", read: {}, verdict: "pass" });
const shut: Gate = () => ({ gate: "mailbox", read: {}, verdict: "hold", reason: "mailbox_missing", detail: "" });

test("the trace ends with the gate that closed the way", () => {
  expect(runGates([open, shut, open], seen()).map(({ gate }) => gate)).toEqual(["window", "mailbox"]);
  expect(closedBy(runGates([open, shut, open], seen()))?.gate).toBe("mailbox");
  expect(closedBy(runGates([open, open], seen()))).toBeNull();
  expect(closedBy([])).toBeNull();
});

test.each([
  ["draft", ["switches", "suppression", "endpoint", "mailbox", "condition", "absence", "window", "quota"]],
  ["retry", ["switches", "suppression", "endpoint"]],
  ["send", ["switches", "suppression", "mailbox", "condition", "absence", "window", "quota"]],
] as const)("before a %s these are asked, in this order", (purpose, gates) => {
  const of = cadence();
  expect(trace(begun(of), of, T, FACTS, purpose, of.steps[0] ?? null).map(({ gate }) => gate)).toEqual(gates);
});

test("a slot is needed once for the day of the message, counted in the tenant's zone", () => {
  const { phase } = play(begun(), cadence(), ...TO_DRAFTING).state;
  const draft = phase.name === "drafting" ? phase.draft : null;
  expect(slotNeeded(T, FACTS, null)).toEqual({ day: "2026-11-23", opensAt: Date.parse("2026-11-23T23:00:00Z") });
  expect(slotNeeded(T, FACTS, draft)).toBeNull();
  expect(slotNeeded(T + DAY, FACTS, draft)?.day).toBe("2026-11-24");
});

test("the daily cap is a gate like the others: full, it waits for the next day", () => {
  const of = cadence();
  const answered = {
    dice: 0.5,
    type: "slot_answered",
    at: T,
    purpose: { to: "draft" },
    facts: { ...FACTS, tenant: { ...FACTS.tenant, newSince: T } },
    slot: { day: "2026-11-23", draftId: "drf_1" },
    granted: false,
    fullFor: "cadence",
    opensAt: T + DAY,
  } as const;
  const verdict = { gate: "daily_cap", verdict: "wait", until: T + DAY };
  expect(capVerdict(begun(of), of, answered)).toMatchObject({
    ...verdict,
    reason: "daily_cap_reached",
    read: { dailySendCap: 50, newTenantCap: 50 },
  });
  expect(capVerdict(begun(of), of, { ...answered, fullFor: "tenant" })).toMatchObject({
    ...verdict,
    reason: "new_tenant_cap_reached",
  });
});
