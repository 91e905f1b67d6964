import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test("a test key can't make itself a live key", async () => {
  const { key, liveKey } = await seedTenant();
  expect(await api(key).post("/v1/keys", { name: "x", mode: "live" })).toMatchObject({
    status: 403,
    body: { code: "forbidden" },
  });
  // The control: a live key can.
  expect((await api(liveKey).post("/v1/keys", { name: "x", mode: "live" })).status).toBe(201);
});
