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

interface More {
  readonly mode?: "live" | "sandbox";
  readonly id?: string;
  readonly email?: string;
  readonly at?: string;
  readonly linkedinAccountId?: string;
}

async function factsOf(more: More = {}) {
  return (await lookedUp(more)).facts;
}

function lookedUp(more: More) {
  const { tenantId, cadence, mailboxId } = world;
  return lookUp(env.DB, {
    tenantId,
    mode: more.mode ?? "sandbox",
    cadenceId: cadence.id,
    endpointId: null,
    mailboxId,
    linkedinAccountId: more.linkedinAccountId ?? null,
    leadEmail: more.email ?? "jane@lead.example",
    enrollmentId: more.id ?? newId("enr"),
    tombstone: null,
    verifiesDomains: false,
    now: Date.parse(more.at ?? "2026-11-21T12:00:00Z"),
  });
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

test("a LinkedIn account is known with its paces and hours, and only to its own tenant and mode", async () => {
  const { tenantId } = world;
  const id = newId("lia");
  await env.DB.prepare(
    `INSERT INTO linkedin_accounts (id, tenant_id, mode, name, provider, settings, secret, plan, time_zone, working_hours, invitations_pace, messages_pace, profile_views_per_day, messages_rest_until, created_at, updated_at)
     VALUES (?, ?, 'live', 'Jane', 'unipile', '{"apiUrl":"https://unipile.example/api/v1","accountId":"a"}', 'sealed', 'free', 'Europe/Zurich', ?, ?, ?, 70, 5, 1, 1)`,
  )
    .bind(
      id,
      tenantId,
      JSON.stringify([{ days: ["mon"], from: "08:00", to: "19:00" }]),
      JSON.stringify({
        dailySendCap: 25,
        ramp: null,
        minGapSeconds: 90,
        gapSpreadSeconds: 180,
        spans: [{ days: 7, most: 150 }],
      }),
      JSON.stringify({
        dailySendCap: 100,
        ramp: { start: 1, step: 1, ceiling: 9, since: 3 },
        minGapSeconds: 0,
        gapSpreadSeconds: 0,
      }),
    )
    .run();
  const { facts, linkedin } = await lookedUp({ mode: "live", linkedinAccountId: id });
  expect(facts.linkedin).toEqual({
    id,
    provider: "unipile",
    enabled: true,
    pausedReason: null,
    timeZone: "Europe/Zurich",
    plan: "free",
    workingHours: [{ days: ["mon"], from: "08:00", to: "19:00" }],
    invitations: {
      dailySendCap: 25,
      ramp: null,
      minGapSeconds: 90,
      gapSpreadSeconds: 180,
      spans: [{ days: 7, most: 150 }],
    },
    messages: {
      dailySendCap: 100,
      ramp: { start: 1, step: 1, ceiling: 9, since: 3 },
      minGapSeconds: 0,
      gapSpreadSeconds: 0,
      spans: [],
    },
    profileViewsPerDay: 70,
    invitationsRestUntil: null,
    messagesRestUntil: 5,
  });
  expect(linkedin).toMatchObject({ id, provider: "unipile", secret: "sealed" });
  expect(await lookedUp({ mode: "sandbox", linkedinAccountId: id })).toMatchObject({
    facts: { linkedin: null },
    linkedin: null,
  });
  const other = await makeWorld();
  expect(other.tenantId).not.toBe(tenantId);
  world = other;
  expect(await lookedUp({ mode: "live", linkedinAccountId: id })).toMatchObject({
    facts: { linkedin: null },
    linkedin: null,
  });
  expect((await lookedUp({ mode: "live" })).linkedin).toBeNull();
});
