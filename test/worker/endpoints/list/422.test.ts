import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test.each([
  ["limit=0", "invalid_request"],
  ["limit=201", "invalid_request"],
  ["limit=x", "invalid_request"],
  ["limi=5", "invalid_request"],
  ["cursor=", "invalid_request"],
  ["cursor=5", "invalid_cursor"],
  [`cursor=${btoa("s1; DROP TABLE endpoints")}`, "invalid_cursor"],
  [`cursor=${btoa("t1.x").replaceAll("=", "")}`, "invalid_cursor"],
])("?%s is refused: %s", async (query, code) => {
  const { key } = await seedTenant();
  expect(await api(key).get(`/v1/endpoints?${query}`)).toMatchObject({ status: 422, body: { code } });
});
