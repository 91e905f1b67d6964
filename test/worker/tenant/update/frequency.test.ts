import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

const NONE = { person: null, company: null };
let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("a tenant has no frequency limits until it sets some; what they are is kept, shown, and looked at by who waits", async () => {
  const jobs: unknown[] = [];
  const client = api(tenant.liveKey, {
    JOB_QUEUE: Object.assign(Object.create(null), { send: async (job: unknown) => void jobs.push(job) }),
  });
  expect((await client.get("/v1/tenant")).body.frequencyLimits).toEqual(NONE);
  const frequencyLimits = { person: { messages: 3, days: 7 }, company: { messages: 1_000, days: 365 } };
  expect((await client.patch("/v1/tenant", { frequencyLimits })).body.frequencyLimits).toEqual(frequencyLimits);
  expect((await client.get("/v1/tenant")).body.frequencyLimits).toEqual(frequencyLimits);
  expect(jobs).toMatchObject([{ mode: "live" }, { mode: "sandbox" }]);
  expect((await client.patch("/v1/tenant", { frequencyLimits: NONE })).body.frequencyLimits).toEqual(NONE);
});

test.each([
  ["no messages", { person: { messages: 0, days: 7 } }, "/frequencyLimits/person/messages"],
  ["too many messages", { person: { messages: 1_001, days: 7 } }, "/frequencyLimits/person/messages"],
  ["no days", { person: { messages: 1, days: 0 } }, "/frequencyLimits/person/days"],
  ["more days than a year", { company: { messages: 1, days: 400 } }, "/frequencyLimits/company/days"],
  ["part of a day", { company: { messages: 1, days: 1.5 } }, "/frequencyLimits/company/days"],
  ["a number as text", { person: { messages: "3", days: 7 } }, "/frequencyLimits/person/messages"],
  ["no days at all", { person: { messages: 3 } }, "/frequencyLimits/person/days"],
  ["a third one", { ...NONE, team: null }, "/frequencyLimits"],
])("%s: refused, and the field is named", async (_name, limits, pointer) => {
  const { status, body } = await api(tenant.liveKey).patch("/v1/tenant", { frequencyLimits: { ...NONE, ...limits } });
  expect([status, body.code]).toEqual([422, "invalid_request"]);
  expect(body.errors[0].pointer).toContain(pointer);
});

test("half of the limits is refused: which of them is meant to go, nobody can know", async () => {
  const half = { frequencyLimits: { person: { messages: 3, days: 7 } } };
  expect((await api(tenant.liveKey).patch("/v1/tenant", half)).status).toBe(422);
});
