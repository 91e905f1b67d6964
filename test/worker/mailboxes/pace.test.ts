import { env } from "cloudflare:workers";
import { describe, expect, test, vi } from "vitest";
import type { WakeJob } from "../../../core/jobs.ts";
import { api, seedTenant } from "../../support/worker.ts";

const JANE = { provider: "sandbox", email: "jane@example.com" };
const RAMP = { start: 5, step: 5, ceiling: 40 };

test("a mailbox has no cap, no ramp and no gap until somebody says otherwise", async () => {
  const client = api((await seedTenant()).key);
  expect((await client.post("/v1/mailboxes", JANE)).body).toMatchObject({
    dailySendCap: null,
    ramp: null,
    capToday: null,
    minGapSeconds: 0,
    gapSpreadSeconds: 0,
  });
});

test("its cap is counted by the days of its own zone, or else of the tenant's, and the answer says so", async () => {
  const { key, liveKey } = await seedTenant();
  const client = api(key);
  await api(liveKey).patch("/v1/tenant", { timeZone: "Asia/Tokyo" });
  const { body } = await client.post("/v1/mailboxes", { ...JANE, dailySendCap: 50 });
  expect(body).toMatchObject({
    dailySendCap: 50,
    capToday: 50,
    capZone: { name: "Asia/Tokyo", of: "tenant", why: "the mailbox has no time zone" },
  });
  await client.patch(`/v1/mailboxes/${body.id}`, { timeZone: "Europe/Zurich" });
  expect((await client.get(`/v1/mailboxes/${body.id}`)).body.capZone).toMatchObject({
    name: "Europe/Zurich",
    of: "mailbox",
  });
  expect((await client.get("/v1/mailboxes")).body.data[0].capZone.name).toBe("Europe/Zurich");
});

test("a ramp begins on the day on which it is set, keeps it with other numbers, and begins anew after null", async () => {
  const client = api((await seedTenant()).key);
  const { body } = await client.post("/v1/mailboxes", { ...JANE, dailySendCap: 40, ramp: RAMP });
  expect(body).toMatchObject({ ramp: { ...RAMP, since: body.createdAt }, capToday: 5 });
  const change = async (ramp: object | null) => (await client.patch(`/v1/mailboxes/${body.id}`, { ramp })).body.ramp;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3 * 24 * 3600_000 });
  try {
    expect((await client.get(`/v1/mailboxes/${body.id}`)).body.capToday).toBe(20);
    expect(await change({ ...RAMP, ceiling: 10 })).toEqual({ ...RAMP, ceiling: 10, since: body.ramp.since });
    expect((await client.get(`/v1/mailboxes/${body.id}`)).body.capToday).toBe(10);
    expect(await change(null)).toBeNull();
    expect((await change(RAMP)).since > body.ramp.since).toBe(true);
  } finally {
    vi.useRealTimers();
  }
});

test("how much room it has is shown day by day", async () => {
  const { key } = await seedTenant();
  const client = api(key);
  const { id } = (await client.post("/v1/mailboxes", { ...JANE, timeZone: "UTC", ramp: RAMP })).body;
  const { status, body } = await client.get(`/v1/mailboxes/${id}/room?days=3`);
  expect([status, body.mailboxId, body.timeZone]).toEqual([200, id, "UTC"]);
  expect(Date.parse(body.nextPlaceAt) - Date.now()).toBeLessThan(1_000);
  expect(body.days.map(({ cap, taken, sent }: Record<string, number>) => [cap, taken, sent])).toEqual([
    [5, 0, 0],
    [10, 0, 0],
    [15, 0, 0],
  ]);
  expect((await client.get(`/v1/mailboxes/${id}/room?days=63`)).status).toBe(422);
  expect((await api((await seedTenant()).key).get(`/v1/mailboxes/${id}/room`)).status).toBe(404);
});

describe("what makes no sense is refused, with what to change", () => {
  test.each([
    [{ dailySendCap: 0 }, "/dailySendCap", "must be 1 or more: to stop a mailbox, set its `enabled` to false"],
    [{ dailySendCap: 1.5 }, "/dailySendCap", null],
    [{ ramp: { start: 0, step: 5, ceiling: 9 } }, "/ramp/start", "must be 1 or more"],
    [
      { ramp: { start: 5, step: 0, ceiling: 9 } },
      "/ramp/step",
      "must be 1 or more: for a number that stays, set dailySendCap",
    ],
    [
      { ramp: { start: 50, step: 5, ceiling: 40 } },
      "/ramp/start",
      "is above the ceiling of 40: lower it, or raise the ceiling",
    ],
    [
      { dailySendCap: 30, ramp: RAMP },
      "/ramp/ceiling",
      "is above the mailbox's dailySendCap of 30: lower it, raise the cap, or set the cap to null",
    ],
    [{ minGapSeconds: -1 }, "/minGapSeconds", null],
    [{ minGapSeconds: 86_401 }, "/minGapSeconds", null],
    [{ gapSpreadSeconds: 1e9 }, "/gapSpreadSeconds", null],
  ])("%j", async (pace, pointer, detail) => {
    const client = api((await seedTenant()).key);
    const made = await client.post("/v1/mailboxes", JANE);
    for (const { status, body } of [
      await client.post("/v1/mailboxes", { ...JANE, ...pace }),
      await client.patch(`/v1/mailboxes/${made.body.id}`, pace),
    ]) {
      expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
      if (detail !== null) expect(body.errors[0].detail).toBe(detail);
    }
  });

  test("also where only the change together with what is there makes none", async () => {
    const client = api((await seedTenant()).key);
    const { id } = (await client.post("/v1/mailboxes", { ...JANE, ramp: RAMP })).body;
    const { status, body } = await client.patch(`/v1/mailboxes/${id}`, { dailySendCap: 30 });
    expect([status, body.errors[0].pointer]).toEqual([422, "/ramp/ceiling"]);
    expect((await client.patch(`/v1/mailboxes/${id}`, { dailySendCap: 30, ramp: null })).status).toBe(200);
  });
});

test("a higher cap wakes those who wait for it", async () => {
  const client = api((await seedTenant()).key);
  const { id } = (await client.post("/v1/mailboxes", { ...JANE, dailySendCap: 1 })).body;
  const sent = vi.spyOn(env.JOB_QUEUE, "send");
  await client.patch(`/v1/mailboxes/${id}`, { name: "main" });
  expect(sent).not.toHaveBeenCalled();
  await client.patch(`/v1/mailboxes/${id}`, { dailySendCap: 100 });
  expect(sent.mock.calls.map(([job]) => (job as WakeJob).where)).toEqual([{ mailboxId: id }]);
  sent.mockRestore();
});
