import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { pauseLinkedinAccount } from "../../../../adapters/d1/linkedin-accounts.ts";
import { api, seedTenant } from "../../../support/worker.ts";
import { AT_UNIPILE, madeAccount } from "../given.ts";

const secretOf = async (id: string) =>
  (await env.DB.prepare("SELECT secret FROM linkedin_accounts WHERE id = ?").bind(id).first<{ secret: string }>())
    ?.secret;

test("what is given changes, and what isn't stays; the ramp keeps its first day", async () => {
  const ask = api((await seedTenant()).key);
  const made = await madeAccount(ask, { provider: "manual", messages: { ramp: null } });
  const path = `/v1/linkedin-accounts/${made.id}`;
  const { body } = await ask.patch(path, {
    name: "Joan",
    plan: "free",
    invitations: { perDay: 40, minGapSeconds: 10 },
    withdrawAfterDays: null,
  });
  expect(body).toMatchObject({
    name: "Joan",
    plan: "free",
    // A ramp that ended at perDay goes on to.
    invitations: {
      ...made.invitations,
      perDay: 40,
      minGapSeconds: 10,
      ramp: { ...made.invitations.ramp, ceiling: 40 },
    },
    messages: made.messages,
    withdrawAfterDays: null,
    workingHours: made.workingHours,
  });
  const ramp = { start: 1, step: 1, ceiling: 30 };
  const other = await ask.patch(path, { invitations: { ramp, perWeek: 60 }, messages: { ramp } });
  expect(other.body.invitations).toMatchObject({
    perDay: 40,
    perWeek: 60,
    today: 1,
    ramp: { ...ramp, since: made.createdAt },
  });
  expect(other.body.messages.ramp).toMatchObject(ramp);
  expect((await ask.patch(path, { invitations: { ramp: null } })).body.invitations).toMatchObject({
    ramp: null,
    today: 40,
  });
});

test("the key stays until another is given, and goes to no other address", async () => {
  const ask = api((await seedTenant()).liveKey);
  const { id } = await madeAccount(ask, AT_UNIPILE);
  const path = `/v1/linkedin-accounts/${id}`;
  const before = await secretOf(id);
  await ask.patch(path, { name: "Joan", unipile: { accountId: "other" } });
  // The same address in other words.
  await ask.patch(path, { unipile: { apiUrl: "https://api8.unipile.com:13851/api/v1/" } });
  expect(await secretOf(id)).toBe(before);
  expect(await ask.patch(path, { unipile: { apiUrl: "evil.example" } })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/unipile/apiKey", detail: "must come with another apiUrl" }] },
  });
  const moved = await ask.patch(path, { unipile: { apiUrl: "api9.unipile.com:13999", apiKey: "key_2" } });
  expect(moved.body.unipile).toEqual({ apiUrl: "https://api9.unipile.com:13999/api/v1", accountId: "other" });
  expect(await secretOf(id)).not.toBe(before);
});

test("switching it on, or changing its times or paces, wakes what waited for it; a name doesn't", async () => {
  const { tenantId, key } = await seedTenant();
  const jobs: unknown[] = [];
  const ask = api(key, { JOB_QUEUE: { send: async (job: unknown) => void jobs.push(job) } as unknown as Queue });
  const { id } = await madeAccount(ask);
  const path = `/v1/linkedin-accounts/${id}`;
  const waking = [
    { enabled: true },
    { timeZone: "Europe/Zurich" },
    { workingHours: [] },
    { invitations: { perDay: 9 } },
  ];
  for (const change of [{ name: "x" }, { enabled: false }, ...waking]) await ask.patch(path, change);
  const job = {
    type: "wake",
    tenantId,
    mode: "sandbox",
    where: { linkedinAccountId: id },
    cause: "switch_on",
    afterSeq: 0,
  };
  expect(jobs).toEqual(waking.map(() => job));
});

test("who switches on what was stopped by itself takes the reason away, and has it asked at once", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const ask = api(liveKey);
  const { id } = await madeAccount(ask, AT_UNIPILE);
  const path = `/v1/linkedin-accounts/${id}`;
  const trouble = { state: "restricted", detail: "LinkedIn wants to see a passport" } as const;
  const account = { tenantId, accountId: id, mode: "live" } as const;
  expect(await pauseLinkedinAccount(env.DB, account, trouble, 5)).toBe(true);
  expect(await pauseLinkedinAccount(env.DB, account, trouble, 6)).toBe(false);
  expect((await ask.get(path)).body).toMatchObject({
    enabled: false,
    pausedReason: trouble.detail,
    state: "restricted",
  });
  const acts = (await ask.get("/v1/audit-log")).body.data.filter(
    ({ action }: { action: string }) => action === "linkedin_account.pause",
  );
  expect(acts).toMatchObject([{ actor: { kind: "system", id: "account_guard" }, target: { id } }]);
  expect((await ask.patch(path, { enabled: true })).body).toMatchObject({
    enabled: true,
    pausedReason: null,
    state: "unknown",
  });
});
