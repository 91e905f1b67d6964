import { beforeAll, expect, test } from "vitest";
import { SCOPES } from "../../../../core/scope.ts";
import { madeKey } from "../../../support/keys.ts";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

test("a key that was made without scopes may everything, and so may one that was there before scopes were", async () => {
  const made = await api(tenant.key).post("/v1/keys", { name: "all" });
  expect(made.body.scopes).toBeNull();
  const { body } = await api(made.body.key).get("/v1/keys");
  expect(body.data.map(({ scopes }: { scopes: unknown }) => scopes)).toEqual([null, null]);
});

test("a key with scopes reads what it may, writes what it may, and is told which scope it lacks", async () => {
  const { key } = await madeKey(tenant.key, { scopes: ["suppressions:write", "cadences:read"] });
  expect((await api(key).get("/v1/cadences")).status).toBe(200);
  expect((await api(key).get("/v1/suppressions")).status).toBe(200); // write reads too
  const refused = await api(key).post("/v1/cadences", { name: "x" });
  expect(refused).toMatchObject({ status: 403, body: { code: "missing_scope" } });
  expect(refused.body.detail).toContain("`cadences:write`");
  expect(refused.headers.get("www-authenticate")).toContain('error="insufficient_scope", scope="cadences:write"');
});

test("scopes are kept each once, in one order", async () => {
  const made = await api(tenant.key).post("/v1/keys", { name: "x", scopes: ["log:read", "cadences:read", "log:read"] });
  expect(made.body.scopes).toEqual(["cadences:read", "log:read"]);
});

test("a kept answer is not for a key without the scope, whatever Idempotency-Key it names", async () => {
  const { key } = await madeKey(tenant.key, { scopes: ["log:read"] });
  const [body, header] = [{ entries: [{ value: "nobody@lead.example" }] }, { "idempotency-key": "mine" }];
  expect((await api(tenant.key).post("/v1/suppressions", body, header)).status).toBe(200);
  expect((await api(key).post("/v1/suppressions", body, header)).body.code).toBe("missing_scope");
  // The control: with the scope the answer is repeated.
  const other = await madeKey(tenant.key, { scopes: ["suppressions:write"] });
  expect((await api(other.key).post("/v1/suppressions", body, header)).headers.get("idempotency-replayed")).toBe(
    "true",
  );
});

test("a key makes no key that may more than it, lives longer or is used from elsewhere", async () => {
  const expiresAt = "2099-01-01T00:00:00.000Z";
  const own = { scopes: ["keys:write", "log:read"], expiresAt, allowedIps: ["203.0.113.0/24", "2001:db8::/32"] };
  const { key } = await madeKey(tenant.key, own);
  const from = { "cf-connecting-ip": "203.0.113.9" };
  const ask = (wish: object) => api(key).post("/v1/keys", { name: "child", ...wish }, from);
  for (const wish of [
    { scopes: ["log:write"] },
    { scopes: ["keys:write", "tenant:read"] },
    { scopes: SCOPES },
    { expiresAt: "2099-01-01T00:00:00.001Z" },
    { allowedIps: ["203.0.112.0/23"] },
    { allowedIps: ["203.0.113.7", "198.51.100.1"] },
    { allowedIps: ["::ffff:203.0.113.0/119"] },
    { allowedIps: ["0.0.0.0/0"] },
    { allowedIps: ["2001:db8::/31"] },
  ])
    expect([wish, (await ask(wish)).body.code]).toEqual([wish, "forbidden"]);
  // The control: as much as it has, or less, it may give; what is left out is its own.
  expect((await ask({})).body).toMatchObject({ ...own, scopes: ["log:read", "keys:write"] });
  const less = { scopes: ["log:read"], expiresAt: "2098-01-01T00:00:00.000Z", allowedIps: ["203.0.113.128/25"] };
  expect((await ask(less)).body).toMatchObject(less);
});
