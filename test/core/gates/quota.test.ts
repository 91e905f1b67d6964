import { describe, expect, test } from "vitest";
import type { Facts } from "../../../core/facts.ts";
import { quotaForDraft, quotaForSend } from "../../../core/gates/quota.ts";
import type { Quota } from "../../../core/quota.ts";
import { alarm, begun, cadence, FACTS, facts, named, play, T, TO_READY } from "../given.ts";
import { seen } from "./given-gate.ts";

function quotas(drafts: Quota, messages: Quota): Partial<Facts> {
  return { tenant: { ...FACTS.tenant, quotas: { month: "2026-11", drafts, messages } } };
}
const NONE: Quota = { used: 7, limit: null };
const LEFT: Quota = { used: 9, limit: 10 };
const SPENT: Quota = { used: 10, limit: 10 };
const OVER: Quota = { used: 12, limit: 10 };
const STATIC = { draftStrategy: "static", staticSubject: "Hi", staticBody: "Hi" };

test.each([
  ["no plan", {}, {}, "pass", "pass"],
  ["nothing bounded", quotas(NONE, NONE), {}, "pass", "pass"],
  ["some left", quotas(LEFT, LEFT), {}, "pass", "pass"],
  ["drafts used up", quotas(SPENT, LEFT), {}, "drafts", "pass"],
  ["drafts used up, and the step has its own words", quotas(SPENT, LEFT), STATIC, "pass", "pass"],
  ["messages used up", quotas(LEFT, SPENT), {}, "messages", "messages"],
  ["messages used up, and the step has its own words", quotas(NONE, OVER), STATIC, "messages", "messages"],
  ["both used up", quotas(OVER, OVER), {}, "drafts", "messages"],
])("%s", (_name, given, step, draft, send) => {
  const said = [quotaForDraft, quotaForSend].map((gate) => {
    const verdict = gate(seen({ facts: given, step }));
    return verdict.verdict === "pass" ? "pass" : verdict.read["kind"];
  });
  expect(said).toEqual([draft, send]);
});

test("what is used up waits for the first instant of the next month by the tenant's clock, and says how much it was", () => {
  expect(quotaForSend(seen({ facts: quotas(NONE, OVER) }))).toEqual({
    gate: "quota",
    read: { kind: "messages", used: 12, quota: 10, month: "2026-11" },
    verdict: "wait",
    until: Date.parse("2026-11-30T23:00:00Z"),
    reason: "quota_reached",
  });
});

describe("a step", () => {
  const C = cadence();

  test("asks for no draft when its message couldn't go", () => {
    const { state, effects } = play(begun(), C, alarm(T), facts(T, "draft", quotas(NONE, SPENT)));
    expect([named(state.phase), effects]).toEqual(["waiting", []]);
    expect(state.phase.wakeAt).toBe(Date.parse("2026-11-30T23:00:00Z"));
  });

  test("keeps its words when the quota is used up between the draft and the send", () => {
    const { state } = play(begun(), C, ...TO_READY, facts(T, "send", quotas(SPENT, SPENT)));
    expect(state.phase).toMatchObject({ name: "ready", waitingFor: { reason: "quota_reached" } });
  });
});
