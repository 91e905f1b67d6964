import { env } from "cloudflare:workers";
import { beforeEach, expect, test, vi } from "vitest";
import { keyEncryptionKeys, rewrap, unseal } from "../../adapters/crypto/seal.ts";
import { nextSealedRows, readKeyVersions, replaceSealed, type SealedTable } from "../../adapters/d1/key-versions.ts";
import { hooksSecretContext, linkedinSecretContext } from "../../adapters/linkedin/account-secret.ts";
import { eventsSecretContext, mailboxSecretContext } from "../../adapters/mail/mailbox-secret.ts";
import { endpointSecretContext } from "../../adapters/webhook/open-endpoint.ts";
import { moveSecrets } from "../../worker/rotate-keys.ts";
import { sealed } from "../support/sealed.ts";
import { api, type SeededTenant, seedTenant } from "../support/worker.ts";

const HOUR = 3600_000;
const onlyNew = new Map([[2, env.KEK_V2]]);
const cloudflare: Env = { ...env, LOCAL_MODE: "off" };

let tenant: SeededTenant;
beforeEach(async () => {
  tenant = await seedTenant();
  await env.DB.prepare("DELETE FROM key_versions").run();
});

async function makeEndpoints(count: number): Promise<readonly string[]> {
  const ids = Array.from({ length: count }, (_, at) => `end_${tenant.tenantId.slice(4)}${at}`);
  const secrets = await Promise.all(
    ids.map((id) => sealed(`whsec_of_${id}`, endpointSecretContext(tenant.tenantId, id))),
  );
  await env.DB.batch(
    ids.map((id, at) =>
      env.DB.prepare(
        "INSERT INTO endpoints (id, tenant_id, mode, name, url, secret, created_at, updated_at) VALUES (?, ?, 'sandbox', 'x', 'https://x.example', ?, 0, 0)",
      ).bind(id, tenant.tenantId, secrets[at] ?? ""),
    ),
  );
  return ids;
}

async function secretOf(table: SealedTable, id: string, column = "secret"): Promise<string> {
  const row = await env.DB.prepare(`SELECT ${column} AS value FROM ${table} WHERE id = ?`)
    .bind(id)
    .first<{ value: string }>();
  return row?.value ?? "";
}

/** Sweeps at these times, in hours, until nothing more is to do. */
async function sweepAt(where: Env, ...hours: readonly number[]): Promise<void> {
  for (const hour of hours) await moveSecrets(where, hour * HOUR);
}

test("all secrets of all tenants come under the new key, page by page, and open without the old one", async () => {
  const ids = await makeEndpoints(450);
  const made = await api(tenant.liveKey).post("/v1/mailboxes", {
    provider: "resend",
    email: "jane@example.com",
    resend: { apiKey: "re_secret" },
    eventsSecret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  });
  expect(made.status).toBe(201);
  const unipile = { apiUrl: "api8.unipile.com:13851", accountId: "a", apiKey: "unipile_key" };
  const account = await api(tenant.liveKey).post("/v1/linkedin-accounts", { provider: "unipile", name: "x", unipile });
  await sweepAt(cloudflare, 1, 2, 3, 4);
  expect((await readKeyVersions(env.DB)).find(({ version }) => version === 2)?.doneAt).not.toBeNull();
  for (const id of ids.filter((_, at) => at % 40 === 0))
    expect(await unseal(onlyNew, await secretOf("endpoints", id), endpointSecretContext(tenant.tenantId, id))).toBe(
      `whsec_of_${id}`,
    );
  const { results } = await env.DB.prepare("SELECT id FROM endpoints WHERE tenant_id = ? AND secret NOT LIKE 'v2.2.%'")
    .bind(tenant.tenantId)
    .all();
  expect(results).toEqual([]);
  const { id: accountId, hookSecret } = account.body;
  const sealedKey = await secretOf("linkedin_accounts", accountId);
  expect(await unseal(onlyNew, sealedKey, linkedinSecretContext(tenant.tenantId, accountId))).toBe("unipile_key");
  const sealedHooks = await secretOf("linkedin_accounts", accountId, "hooks_secret");
  expect(await unseal(onlyNew, sealedHooks, hooksSecretContext(tenant.tenantId, accountId))).toBe(hookSecret);
  const mailbox = made.body.id;
  expect(
    await unseal(onlyNew, await secretOf("mailboxes", mailbox), mailboxSecretContext(tenant.tenantId, mailbox)),
  ).toBe("re_secret");
  expect(
    await unseal(
      onlyNew,
      await secretOf("mailboxes", mailbox, "events_secret"),
      eventsSecretContext(tenant.tenantId, mailbox),
    ),
  ).toBe("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
});

test("nothing is under the new key while an isolate may run that was started before it came", async () => {
  const [id = ""] = await makeEndpoints(1);
  await moveSecrets(cloudflare, HOUR);
  await moveSecrets(cloudflare, HOUR + 19 * 60_000);
  expect(await secretOf("endpoints", id)).toMatch(/^v2\.1\./);
  await moveSecrets(cloudflare, HOUR + 20 * 60_000);
  expect(await secretOf("endpoints", id)).toMatch(/^v2\.2\./);
});

test("a secret that can't be opened is counted, and stays as it is", async () => {
  const [lost = "", fine = ""] = await makeEndpoints(2);
  await env.DB.prepare("UPDATE endpoints SET secret = ? WHERE id = ?")
    .bind(await sealed("x", "another|row"), lost)
    .run();
  const before = await secretOf("endpoints", lost);
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  await sweepAt(cloudflare, 1, 2);
  expect(await secretOf("endpoints", lost)).toBe(before);
  expect(await secretOf("endpoints", fine)).toMatch(/^v2\.2\./);
  expect((await readKeyVersions(env.DB)).find(({ version }) => version === 2)?.unreadable).toBeGreaterThan(0);
  vi.restoreAllMocks();
  await env.DB.prepare("DELETE FROM endpoints WHERE id = ?").bind(lost).run();
});

test("a secret that its owner rotates at that very moment: both live ones come under the new key, and none is lost", async () => {
  const [id = ""] = await makeEndpoints(1);
  const keys = keyEncryptionKeys(env);
  const context = endpointSecretContext(tenant.tenantId, id);
  const read = (await nextSealedRows(env.DB, "endpoints", 0, 100_000)).find((row) => row.id === id);
  const before = read?.sealed["secret"] ?? "";
  const after = (await rewrap(keys, 2, before, context)) ?? "";
  // Between the sweep's reading and its writing.
  const rotated = await api(tenant.key).post(`/v1/endpoints/${id}/rotate-secret`);
  expect(rotated.status).toBe(200);
  await replaceSealed(env.DB, [{ table: "endpoints", id, tenantId: tenant.tenantId, before, after }]);
  expect(await unseal(keys, await secretOf("endpoints", id), context)).toBe(rotated.body.secret);
  const previous = await secretOf("endpoints", id, "previous_secret");
  expect(previous).toMatch(/^v2\.2\./);
  expect(await unseal(onlyNew, previous, context)).toBe(`whsec_of_${id}`);
});

test("what is made after that is sealed under the new key", async () => {
  await sweepAt(env, 1);
  const { body } = await api(tenant.key).post("/v1/endpoints", { url: "https://example.com" });
  const text = await secretOf("endpoints", body.id);
  expect(text).toMatch(/^v2\.2\./);
  expect(await unseal(onlyNew, text, endpointSecretContext(tenant.tenantId, body.id))).toBe(body.secret);
});
