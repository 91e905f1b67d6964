import { expect, test } from "vitest";
import { customer, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";
import { api, seedTenant } from "../../../support/worker.ts";

test("a faulty step is named by its place", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  const { status, body } = await ask.put(`/v1/cadences/${id}/steps`, {
    steps: [STATIC_STEP, { kind: "email", draftStrategy: "ai" }],
  });
  expect([status, body.errors[0].pointer]).toEqual([422, "/steps/1/draftStrategy"]);
});

test.each(["put", "patch"] as const)(
  "%s of no steps on a published cadence is refused: its version would run on as if nothing had been said",
  async (method) => {
    const { ask } = await customer();
    const inline = await ask.post("/v1/cadences", {
      name: "Outreach",
      webhookUrl: "https://hooks.acme.example/drafts",
      steps: [{ kind: "email" }],
    });
    for (const id of [inline.body.cadence.id, await publishedCadence(ask)]) {
      const { status, body } = await ask[method](`/v1/cadences/${id}/steps`, { steps: [] });
      expect([status, body.errors]).toEqual([422, [{ pointer: "/steps", detail: expect.stringContaining("enabled") }]]);
      expect((await ask.get(`/v1/cadences/${id}`)).body).toMatchObject({ version: 1, unpublishedChanges: false });
    }
  },
);

test("delays in seconds are for test keys and local use only", async () => {
  const { key, liveKey } = await seedTenant();
  const steps = [{ ...STATIC_STEP, delaySeconds: 5 }];
  const create = (apiKey: string) => api(apiKey, { LOCAL_MODE: "off" }).post("/v1/cadences", { name: "A", steps });
  expect((await create(key)).status).toBe(201);
  const refused = await create(liveKey);
  expect(refused.status).toBe(422);
  expect(refused.body).toMatchObject({ errors: [{ pointer: "/steps/0/delaySeconds" }] });
  expect((await api(liveKey).post("/v1/cadences", { name: "A", steps })).status).toBe(201);
});
