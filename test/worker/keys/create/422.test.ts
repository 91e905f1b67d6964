import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("a key needs a name, and takes no field that we don't know", async () => {
  const { key } = await seedTenant();
  const nameless = await api(key).post("/v1/keys", {});
  expect(nameless).toMatchObject({ status: 422, body: { errors: [{ pointer: "/name", detail: "is missing" }] } });
  const extra = await api(key).post("/v1/keys", { name: "x", tenantId: "ten_other" });
  expect(extra).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: "/tenantId", detail: "is not a known field" }] },
  });
});
