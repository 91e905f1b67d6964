import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";
import { madeAccount } from "../given.ts";

test.each<[object, string]>([
  [{ unipile: { accountId: "x" } }, "/unipile"],
  [{ isDefault: false }, "/isDefault"],
  [{ provider: "unipile" }, "/provider"],
  [{ invitations: { perDay: 300 } }, "/invitations/perDay"],
  [{ messages: { ramp: { start: 1, step: 1, ceiling: 101 } } }, "/messages/ramp/ceiling"],
  [{ state: "ok" }, "/state"],
])("%j is refused and changes nothing", async (change, pointer) => {
  const ask = api((await seedTenant()).key);
  const { hookSecret: _, ...made } = await madeAccount(ask);
  const { status, body } = await ask.patch(`/v1/linkedin-accounts/${made.id}`, change);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  expect((await ask.get(`/v1/linkedin-accounts/${made.id}`)).body).toEqual(made);
});
