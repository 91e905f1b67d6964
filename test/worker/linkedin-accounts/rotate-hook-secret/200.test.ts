import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { hookedAccount } from "../../../../adapters/d1/linkedin-accounts.ts";
import { hooksSecretContext } from "../../../../adapters/linkedin/account-secret.ts";
import { opened } from "../../../support/sealed.ts";
import { api, seedTenant } from "../../../support/worker.ts";
import { AT_UNIPILE, madeAccount } from "../given.ts";

test("what webhooks carry is another from then on, and is shown this once", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const ask = api(liveKey);
  const made = await madeAccount(ask, AT_UNIPILE);
  const path = `/v1/linkedin-accounts/${made.id}/rotate-hook-secret`;
  const again = { "idempotency-key": "rotate" };
  const first = await ask.post(path, undefined, again);
  expect(first.body).toMatchObject({ id: made.id, hookSecret: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(first.body.hookSecret).not.toBe(made.hookSecret);
  expect((await ask.post(path, undefined, again)).body).toEqual({
    ...first.body,
    hookSecret: null,
    code: "secret_already_shown",
  });
  const hooked = await hookedAccount(env.DB, made.id);
  expect(hooked).toMatchObject({ id: made.id, tenantId, mode: "live", provider: "unipile" });
  const context = hooksSecretContext(tenantId, made.id);
  expect(await opened(hooked?.hooksSecret ?? "", context)).toBe(first.body.hookSecret);
});

test("an account by a person's hand has none", async () => {
  const ask = api((await seedTenant()).liveKey);
  const { id } = await madeAccount(ask);
  expect((await ask.post(`/v1/linkedin-accounts/${id}/rotate-hook-secret`)).body.code).toBe("conflict");
  expect(await hookedAccount(env.DB, id)).toBeNull();
});
