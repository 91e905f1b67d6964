import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { hooksSecretContext, linkedinSecretContext } from "../../../../adapters/linkedin/account-secret.ts";
import { opened } from "../../../support/sealed.ts";
import { api, seedTenant } from "../../../support/worker.ts";
import { AT_UNIPILE, madeAccount, UNIPILE } from "../given.ts";

test("who says nothing more gets what LinkedIn lets a paid account do, and a ramp up to it", async () => {
  const { liveKey } = await seedTenant();
  const made = await madeAccount(api(liveKey), AT_UNIPILE);
  const since = made.createdAt;
  const gaps = { minGapSeconds: 90, gapSpreadSeconds: 180 };
  expect(made).toMatchObject({
    mode: "live",
    name: "Jane",
    provider: "unipile",
    unipile: { apiUrl: "https://api8.unipile.com:13851/api/v1", accountId: UNIPILE.accountId },
    isDefault: true,
    enabled: true,
    pausedReason: null,
    state: "unknown",
    stateAt: null,
    plan: "paid",
    timeZone: null,
    workingHours: [{ days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "19:00" }],
    invitations: { perDay: 80, perWeek: 200, ramp: { start: 5, step: 2, ceiling: 80, since }, today: 5, ...gaps },
    messages: { perDay: 100, ramp: { start: 20, step: 5, ceiling: 100, since }, today: 20, ...gaps },
    profileViewsPerDay: 100,
    withdrawAfterDays: 21,
    restUntil: { invitations: null, messages: null },
    hookUrl: `https://drafthook.test/linkedin-hooks/${made.id}`,
    hookHeader: { name: "x-drafthook-secret" },
  });
  expect(made.id).toMatch(/^lia_[a-z2-7]{16}$/);
});

test("a free account invites less; numbers of one's own and no ramp are kept", async () => {
  const ask = api((await seedTenant()).key);
  expect(await madeAccount(ask, { provider: "manual", plan: "free" })).toMatchObject({
    plan: "free",
    isDefault: true,
    invitations: { perDay: 25, perWeek: 150, ramp: { ceiling: 25 } },
    ...{ unipile: null, hookUrl: null, hookHeader: null, hookSecret: null },
  });
  const own = { perDay: 3, perWeek: 10, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 5 };
  const made = await madeAccount(ask, {
    provider: "manual",
    invitations: own,
    messages: { perDay: 4 },
    ...{ timeZone: "Europe/Zurich", workingHours: [], withdrawAfterDays: null, profileViewsPerDay: 7 },
  });
  expect(made).toMatchObject({
    isDefault: false,
    invitations: { ...own, today: 3 },
    messages: { perDay: 4, ramp: { start: 4, step: 5, ceiling: 4 }, today: 4 },
    ...{ timeZone: "Europe/Zurich", workingHours: [], withdrawAfterDays: null, profileViewsPerDay: 7 },
  });
  expect((await ask.get(`/v1/linkedin-accounts/${made.id}`)).body).toEqual(without(made, "hookSecret"));
  const { body } = await ask.get("/v1/linkedin-accounts?limit=1");
  expect(body.data.map(({ id }: { id: string }) => id)).toEqual([made.id]);
});

test("the key lies sealed and is in no answer; what webhooks carry is shown this once", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const ask = api(liveKey);
  const again = { "idempotency-key": crypto.randomUUID() };
  const wish = { name: "Jane", ...AT_UNIPILE };
  const first = await ask.post("/v1/linkedin-accounts", wish, again);
  const { id, hookSecret } = first.body;
  expect(hookSecret).toMatch(/^[0-9a-f]{64}$/);
  const repeat = await ask.post("/v1/linkedin-accounts", wish, again);
  expect(repeat.body).toEqual({ ...first.body, hookSecret: null, code: "secret_already_shown" });
  const answers = [
    first,
    repeat,
    await ask.get(`/v1/linkedin-accounts/${id}`),
    await ask.get("/v1/linkedin-accounts"),
    await ask.patch(`/v1/linkedin-accounts/${id}`, { name: "Joan", unipile: { accountId: "other" } }),
    await ask.get("/v1/audit-log"),
    await ask.delete(`/v1/linkedin-accounts/${id}`),
  ];
  const row = { secret: "", hooks_secret: "" };
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 200, 200, 200, 200, 204]);
  expect(JSON.stringify(answers.map(({ body }) => body))).not.toContain(UNIPILE.apiKey);
  expect(JSON.stringify(answers.slice(1).map(({ body }) => body))).not.toContain(hookSecret);
  const made = await ask.post("/v1/linkedin-accounts", wish);
  Object.assign(row, await env.DB.prepare("SELECT * FROM linkedin_accounts WHERE id = ?").bind(made.body.id).first());
  expect(JSON.stringify(row)).not.toMatch(new RegExp(`${UNIPILE.apiKey}|${made.body.hookSecret}`));
  expect(await opened(row.secret, linkedinSecretContext(tenantId, made.body.id))).toBe(UNIPILE.apiKey);
  expect(await opened(row.hooks_secret, hooksSecretContext(tenantId, made.body.id))).toBe(made.body.hookSecret);
});

test.each([
  ["api8.unipile.com:13851", "https://api8.unipile.com:13851/api/v1"],
  ["https://api8.unipile.com:13851", "https://api8.unipile.com:13851/api/v1"],
  ["https://api8.unipile.com:13851/api/v1/", "https://api8.unipile.com:13851/api/v1"],
  ["https://gateway.example.com/unipile", "https://gateway.example.com/unipile"],
])("%s is where the API is: %s", async (apiUrl, shown) => {
  const ask = api((await seedTenant()).liveKey);
  const made = await madeAccount(ask, { provider: "unipile", unipile: { ...UNIPILE, apiUrl } });
  expect(made.unipile.apiUrl).toBe(shown);
});

test("there is one default in each mode, whoever comes", async () => {
  const ask = api((await seedTenant()).key);
  const first = await madeAccount(ask);
  const second = await madeAccount(ask, { provider: "manual", isDefault: true });
  await madeAccount(ask);
  const defaults = async () =>
    (await ask.get("/v1/linkedin-accounts")).body.data.flatMap(
      ({ id, isDefault }: { id: string; isDefault: boolean }) => (isDefault ? [id] : []),
    );
  expect(await defaults()).toEqual([second.id]);
  await ask.patch(`/v1/linkedin-accounts/${first.id}`, { isDefault: true });
  expect(await defaults()).toEqual([first.id]);
});

function without(body: Record<string, unknown>, field: string): unknown {
  return Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));
}
