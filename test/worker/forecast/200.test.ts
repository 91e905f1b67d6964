import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Forecast, TenantForecast } from "../../../core/contract/forecast.ts";
import { customer, enrolled, publishedCadence, STATIC_STEP } from "../../support/cadences.ts";
import { setClock } from "../../support/enrollment.ts";
import { watchedDatabase } from "../../support/plans.ts";
import { type ApiClient, api, seedTenant } from "../../support/worker.ts";

/** Far ahead, so that no alarm rings by itself. */
const FRIDAY = Date.parse("2030-11-08T08:30:00Z");
const TOMORROW = "2030-11-09T09:00:00Z";
beforeEach(() => setClock(FRIDAY));
afterEach(() => {
  vi.useRealTimers();
});

const TWO_STEPS = [STATIC_STEP, { ...STATIC_STEP, delayDays: 2 }];

async function cadence(ask: ApiClient, leads: number, more: object = {}): Promise<string> {
  const id = await publishedCadence(ask, { steps: TWO_STEPS, businessHoursOnly: false, ...more });
  for (let n = 0; n < leads; n += 1)
    await enrolled(ask, id, { leadExternalId: `l${n}`, leadEmail: `l${n}-${id}@lead.example`, startAt: TOMORROW });
  return id;
}

async function forecastOf(ask: ApiClient, query = ""): Promise<TenantForecast> {
  const { status, body } = await ask.get(`/v1/forecast${query}`);
  expect([status, body.detail]).toEqual([200, undefined]);
  return TenantForecast.parse(body);
}

const messages = (days: readonly { readonly messages: number }[]) => days.map((day) => day.messages);

test("of one cadence it is that cadence's own forecast", async () => {
  const { ask } = await customer();
  const id = await cadence(ask, 5, { dailySendCap: 2 });
  const all = await forecastOf(ask, "?days=14");
  const own = Forecast.parse((await ask.get(`/v1/cadences/${id}/forecast`)).body);
  expect(all.days).toEqual(own.days);
  expect([all.putOff, all.active, all.leftOut]).toEqual([own.putOff, own.active, own.leftOut]);
  expect(messages(all.days).reduce((sum, n) => sum + n, 0)).toBe(10);
  expect((await forecastOf(ask)).days).toEqual(own.days.slice(0, 7));
});

test("cadences with the same version numbers are told apart, and each has its own cap", async () => {
  const { ask, mailboxId } = await customer();
  await cadence(ask, 4, { dailySendCap: 2 });
  await cadence(ask, 3, { dailySendCap: 1 });
  const { days } = await forecastOf(ask);
  expect(messages(days)).toEqual([0, 3, 3, 3, 3, 1, 1]);
  expect(days[1]?.byMailbox).toEqual([{ mailboxId, messages: 3 }]);
});

test("what they share bounds them together: a mailbox's cap", async () => {
  const { ask, mailboxId } = await customer();
  await ask.patch(`/v1/mailboxes/${mailboxId}`, { dailySendCap: 2 });
  await cadence(ask, 3, { steps: [STATIC_STEP] });
  await cadence(ask, 3, { steps: [STATIC_STEP] });
  const { days, putOff } = await forecastOf(ask, "?days=3");
  expect([messages(days), putOff]).toEqual([[0, 2, 2], 2]);
});

test("a cadence that is off is left out, and said to be", async () => {
  const { ask, live } = await customer();
  await cadence(ask, 2);
  const off = await cadence(ask, 3);
  await ask.patch(`/v1/cadences/${off}`, { enabled: false });
  const { days, assumes, active } = await forecastOf(ask);
  expect(messages(days)).toEqual([0, 2, 0, 2, 0, 0, 0]);
  expect([active, assumes.join(" ")]).toEqual([5, expect.stringContaining("switched off are left out: 1")]);
  expect(messages((await forecastOf(live)).days)).toEqual(Array(7).fill(0));
});

test.each(["0", "15", "some"])("?days=%s is refused", async (days) => {
  const { ask } = await customer();
  expect((await ask.get(`/v1/forecast?days=${days}`)).status).toBe(422);
});

test("it walks through no table", async () => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get("/v1/forecast")).status).toBe(200);
  expect(await watched.scans()).toEqual([]);
  expect((await watched.all()).join("\n")).toContain("enrollments USING INDEX enrollments_state");
});
