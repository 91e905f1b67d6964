import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
let id: string;
beforeAll(async () => {
  tenant = await seedTenant();
  id = (await api(tenant.key).post("/v1/endpoints", { url: "https://example.com/a", name: "A" })).body.id;
});

test("what is given changes, what is left out stays", async () => {
  const { body } = await api(tenant.key).patch(`/v1/endpoints/${id}`, {
    url: "https://example.com/b",
    eventTypes: ["cadence.lead.replied"],
  });
  expect(body).toMatchObject({
    name: "A",
    url: "https://example.com/b",
    eventTypes: ["cadence.lead.replied"],
    compatibility: "none",
    enabled: true,
  });
  expect((await api(tenant.key).patch(`/v1/endpoints/${id}`, { eventTypes: null })).body.eventTypes).toBeNull();
});

test("switching it on wakes what was held while it was off", async () => {
  const jobs: unknown[] = [];
  const recorder = Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) });
  const client = api(tenant.key, { JOB_QUEUE: recorder });
  expect((await client.patch(`/v1/endpoints/${id}`, { enabled: false })).body).toMatchObject({
    enabled: false,
    disabledReason: expect.any(String),
  });
  expect(jobs).toEqual([]);
  expect((await client.patch(`/v1/endpoints/${id}`, { enabled: true })).body).toMatchObject({
    enabled: true,
    disabledReason: null,
  });
  expect(jobs).toEqual([
    {
      type: "wake",
      tenantId: tenant.tenantId,
      mode: "sandbox",
      where: { endpointId: id },
      cause: "endpoint_restored",
      afterSeq: 0,
    },
  ]);
});

test("a URL is checked when it is changed, too", async () => {
  expect((await api(tenant.key).patch(`/v1/endpoints/${id}`, { url: "https://169.254.169.254/" })).body).toMatchObject({
    errors: [{ pointer: "/url" }],
  });
});

test("another URL starts without the failures of the one before; another name doesn't", async () => {
  await env.DB.prepare("UPDATE endpoints SET failing_since = 1, failing_days = 2, failing_day = 3 WHERE id = ?")
    .bind(id)
    .run();
  const failing = () =>
    env.DB.prepare("SELECT failing_since AS since FROM endpoints WHERE id = ?").bind(id).first("since");
  await api(tenant.key).patch(`/v1/endpoints/${id}`, { name: "B" });
  expect(await failing()).toBe(1);
  await api(tenant.key).patch(`/v1/endpoints/${id}`, { url: "https://example.com/c" });
  expect(await failing()).toBeNull();
});
