import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("an endpoint that nothing names can be deleted, and is gone then", async () => {
  const client = api((await seedTenant()).key);
  const { id } = (await client.post("/v1/endpoints", { url: "https://example.com" })).body;
  expect(await client.delete(`/v1/endpoints/${id}`)).toMatchObject({ status: 204, body: null });
  expect((await client.get(`/v1/endpoints/${id}`)).status).toBe(404);
});
