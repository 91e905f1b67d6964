import { expect, test } from "vitest";
import { customer, publishedCadence } from "../../../support/cadences.ts";

test.each([
  [{ version: 9 }, "/version"],
  [{ tenantId: "ten_other" }, "/tenantId"],
  [{ enabled: "yes" }, "/enabled"],
  [{ endpointId: "end_aaaaaaaaaaaaaaaa" }, "/endpointId"],
])("%j is refused and nothing changes", async (change, pointer) => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  const before = (await ask.get(`/v1/cadences/${id}`)).body;
  const { status, body } = await ask.patch(`/v1/cadences/${id}`, change);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  expect((await ask.get(`/v1/cadences/${id}`)).body).toEqual(before);
});
