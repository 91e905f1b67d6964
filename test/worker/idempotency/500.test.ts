import { expect, test } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

test("a failure of ours is not kept: the repeat is done", async () => {
  const { key } = await seedTenant();
  const url = { url: "https://example.com/hook" };
  const headers = { "idempotency-key": "broken" };
  expect((await api(key, { KEK_V1: "" }).post("/v1/endpoints", url, headers)).status).toBe(500);
  expect(await api(key).post("/v1/endpoints", url, headers)).toMatchObject({ status: 201, body: { secret: expect.stringMatching(/^whsec_/) } });
});
