import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { lookUp } from "../../../adapters/d1/facts.ts";
import { enroll, makeWorld, type World } from "../../support/enrollment.ts";

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
afterEach(() => vi.restoreAllMocks());

async function factsOf(more: { mode?: "live" | "sandbox"; id?: string; email?: string; at?: string } = {}) {
  const { tenantId, cadence, mailboxId } = world;
  const { facts } = await lookUp(env.DB, {
    tenantId,
    mode: more.mode ?? "sandbox",
    cadenceId: cadence.id,
    endpointId: null,
    mailboxId,
    leadEmail: more.email ?? "jane@lead.example",
    enrollmentId: more.id ?? newId("enr"),
    tombstone: null,
    verifiesDomains: false,
    now: Date.parse(more.at ?? "2026-11-21T12:00:00Z"),
  });
  return facts;
}

test("a person is enrolled elsewhere when another enrollment has the address, in whatever letters, in the same mode", async () => {
  expect((await factsOf()).isEnrolledElsewhere).toBe(false);
  const { id } = await enroll(world, { email: "Jane@lead.example" }, { begin: false });
  expect((await factsOf({ id })).isEnrolledElsewhere).toBe(false);
  expect((await factsOf()).isEnrolledElsewhere).toBe(true);
  expect((await factsOf({ mode: "live" })).isEnrolledElsewhere).toBe(false);
  expect((await factsOf({ email: "joe@lead.example" })).isEnrolledElsewhere).toBe(false);
});

test("quotas are those of the month that the tenant's own clock shows, and of live sending alone", async () => {
  const { tenantId } = world;
  expect((await factsOf({ mode: "live" })).tenant.quotas).toBeNull();
  await env.DB.batch([
    env.DB.prepare("UPDATE tenants SET quota_messages = 10 WHERE id = ?").bind(tenantId),
    ...["2026-10", "2026-11", "2026-12"].map((month, n) =>
      env.DB.prepare("INSERT INTO plan_usage (tenant_id, month, drafts, messages) VALUES (?, ?, ?, ?)").bind(
        tenantId,
        month,
        n,
        n + 4,
      ),
    ),
  ]);
  const november = { month: "2026-11", drafts: { used: 1, limit: null }, messages: { used: 5, limit: 10 } };
  expect((await factsOf({ mode: "live" })).tenant.quotas).toEqual(november);
  expect((await factsOf({ mode: "live", at: "2026-11-30T22:59:59Z" })).tenant.quotas).toEqual(november);
  // In Paris it is December by then.
  const december = { month: "2026-12", messages: { used: 6 } };
  expect((await factsOf({ mode: "live", at: "2026-11-30T23:00:00Z" })).tenant.quotas).toMatchObject(december);
  expect((await factsOf()).tenant.quotas).toBeNull();
  const none = { month: "2027-01", messages: { used: 0 } };
  expect((await factsOf({ mode: "live", at: "2027-01-15T00:00:00Z" })).tenant.quotas).toMatchObject(none);
});
