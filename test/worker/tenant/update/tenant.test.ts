import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("both keys say whose they are", async () => {
  for (const key of [tenant.key, tenant.liveKey])
    expect((await api(key).get("/v1/tenant")).body).toMatchObject({
      id: tenant.tenantId,
      timeZone: "Europe/Berlin",
      enabled: true,
    });
});

test("the big red switch turns off at once, and turning it on wakes both modes", async () => {
  const jobs: unknown[] = [];
  const client = api(tenant.liveKey, {
    JOB_QUEUE: Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) }),
  });
  expect((await client.patch("/v1/tenant", { enabled: false })).body.enabled).toBe(false);
  expect(jobs).toEqual([]);
  expect((await client.patch("/v1/tenant", { enabled: true, timeZone: "America/New_York" })).body).toMatchObject({
    enabled: true,
    timeZone: "America/New_York",
  });
  expect(jobs).toEqual(
    ["live", "sandbox"].map((mode) => ({
      type: "wake",
      tenantId: tenant.tenantId,
      mode,
      where: {},
      cause: "switch_on",
      afterSeq: 0,
    })),
  );
});

test("a test key may not touch what live sending hangs on", async () => {
  expect(await api(tenant.key).patch("/v1/tenant", { enabled: false })).toMatchObject({
    status: 403,
    body: { code: "forbidden" },
  });
  expect((await api(tenant.key).get("/v1/tenant")).body.enabled).toBe(true);
});

test.each([
  { blackoutDates: [{ from: "2027-02-29" }] },
  { timeZone: "Mars/Olympus" },
  { timeZone: "+01:00" },
  { name: "" },
  { id: "ten_other" },
])("%j is refused", async (change) => {
  expect((await api(tenant.liveKey).patch("/v1/tenant", change)).status).toBe(422);
});

test("days on which nothing is sent are kept and shown, wake who waits, and leave some day to send", async () => {
  const jobs: unknown[] = [];
  const client = api(tenant.liveKey, {
    JOB_QUEUE: Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) }),
  });
  const blackoutDates = [{ from: "2026-12-24", to: "2027-01-02", note: "Between the years" }, { from: "2028-02-29" }];
  expect((await client.patch("/v1/tenant", { blackoutDates })).body.blackoutDates).toEqual(blackoutDates);
  expect((await client.get("/v1/tenant")).body.blackoutDates).toEqual(blackoutDates);
  expect(jobs).toHaveLength(2);
  const day = (from: number) => new Date(Date.now() + from * 24 * 3600_000).toISOString().slice(0, 10);
  const ever = [
    { from: day(-1), to: day(300) },
    { from: day(301), to: day(600) },
  ];
  const { status, body } = await client.patch("/v1/tenant", { blackoutDates: ever });
  expect([status, body.errors[0].pointer]).toEqual([422, "/blackoutDates"]);
});

test("nobody else's tenant changes", async () => {
  const other = await seedTenant();
  await api(tenant.liveKey).patch("/v1/tenant", { name: "Renamed" });
  expect((await api(other.key).get("/v1/tenant")).body.name).toBe("A tenant");
});
