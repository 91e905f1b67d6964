import { expect, test } from "vitest";
import packageJson from "../../../package.json" with { type: "json" };
import { api, seedTenant } from "../../support/worker.ts";

test("anybody may ask whether it is alive and which version it is", async () => {
  await seedTenant();
  expect(await api(null).get("/health")).toMatchObject({
    status: 200,
    body: { ok: true, version: packageJson.version, database: "answers" },
  });
});

test("a silent database makes it unhealthy, and the answer still comes", async () => {
  const broken = {
    prepare: () => {
      throw new Error("D1_ERROR: Network connection lost.");
    },
  };
  expect(await api(null, { DB: Object.assign(Object.create(null), broken) }).get("/health")).toMatchObject({
    status: 503,
    body: { ok: false, database: "silent" },
  });
});
