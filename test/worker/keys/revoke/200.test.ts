import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("a revoked key opens nothing from the next request on", async () => {
  const { body } = await api(tenant.key).post("/v1/keys", { name: "leaked" });
  expect((await api(body.key).get("/v1/tenant")).status).toBe(200);
  const revoked = await api(tenant.key).delete(`/v1/keys/${body.id}`);
  expect(revoked).toMatchObject({ status: 200, body: { id: body.id, revokedAt: expect.any(String) } });
  expect((await api(body.key).get("/v1/tenant")).status).toBe(401);
});

test("revoking twice keeps the first moment", async () => {
  const { body } = await api(tenant.key).post("/v1/keys", { name: "twice" });
  const first = await api(tenant.key).delete(`/v1/keys/${body.id}`);
  const second = await api(tenant.key).delete(`/v1/keys/${body.id}`);
  expect(second.body).toEqual(first.body);
});
