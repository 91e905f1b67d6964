import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ApiClient, api, type SeededTenant, seedTenant } from "../../support/worker.ts";

const NOW = Date.UTC(2026, 10, 23, 9);
const FEW = { TENANT_REQUESTS_PER_10_SECONDS: "8" };

let tenant: SeededTenant;
let client: ApiClient;
beforeEach(async () => {
  tenant = await seedTenant();
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  client = api(tenant.key, FEW);
  // However busy the machine is: the limiter is waited for.
  vi.spyOn(scheduler, "wait").mockReturnValue(new Promise(() => undefined));
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("every answer to a known key says what is left and by which policy, a refusal of another kind too", async () => {
  const told = [];
  for (const path of ["/v1/tenant", "/v1/nothing", "/v1/endpoints/end_nothing"]) {
    const { status, headers } = await client.get(path);
    told.push([status, headers.get("ratelimit")]);
    expect(headers.get("ratelimit-policy")).toBe('"tenant";q=8;w=10, "key";q=4;w=10');
  }
  const wrong = await client.post("/v1/keys", "{");
  told.push([wrong.status, wrong.headers.get("ratelimit")]);
  expect(told).toEqual([
    [200, '"tenant";r=7;t=2, "key";r=3;t=3'],
    [404, '"tenant";r=6;t=2, "key";r=2;t=3'],
    [404, '"tenant";r=5;t=2, "key";r=1;t=3'],
    [400, '"tenant";r=4;t=2, "key";r=0;t=3'],
  ]);
});

test("429: says what to do and when, and nothing is done", async () => {
  for (let n = 0; n < 4; n += 1) await client.get("/v1/tenant");
  const refused = await client.post("/v1/keys", { name: "never made" });
  expect(refused).toMatchObject({ status: 429, body: { code: "rate_limited", title: "Too many requests" } });
  expect(refused.headers.get("content-type")).toBe("application/problem+json");
  expect(refused.headers.get("retry-after")).toBe("3");
  expect(refused.headers.get("ratelimit")).toBe('"tenant";r=4;t=2, "key";r=0;t=3');
  expect(refused.body.detail).toContain("One key may make 4 requests in 10 seconds");
  vi.setSystemTime(NOW + 3_000);
  const again = await client.post("/v1/keys", { name: "made" });
  expect(again.status).toBe(201);
  const names = await env.DB.prepare("SELECT name FROM api_keys WHERE tenant_id = ?").bind(tenant.tenantId).all();
  expect(names.results.map(({ name }) => name)).not.toContain("never made");
});

test("the keys of a tenant share its quota, and another tenant has its own", async () => {
  const live = api(tenant.liveKey, FEW);
  for (let n = 0; n < 4; n += 1)
    expect([(await client.get("/v1/tenant")).status, (await live.get("/v1/tenant")).status]).toEqual([200, 200]);
  expect((await live.get("/v1/tenant")).status).toBe(429);
  expect((await api((await seedTenant()).key, FEW).get("/v1/tenant")).status).toBe(200);
});

test("a flood is refused before it reaches D1, and after the first refusal before it reaches the limiter", async () => {
  const asked = { d1: 0, limiter: 0 };
  const counted = <Binding extends object>(binding: Binding, name: keyof typeof asked, of: string): Binding =>
    new Proxy(binding, {
      get: (target, property) => {
        if (property === of) asked[name] += 1;
        const value: unknown = Reflect.get(target, property);
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  const flood = api(tenant.key, {
    ...FEW,
    DB: counted(env.DB, "d1", "prepare"),
    TENANT_LIMITERS: counted(env.TENANT_LIMITERS, "limiter", "get"),
  });
  for (let n = 0; n < 4; n += 1) await flood.get("/v1/tenant");
  const before = { ...asked };
  expect(before.d1).toBeGreaterThanOrEqual(8);
  for (let n = 0; n < 50; n += 1) expect((await flood.get("/v1/tenant")).status).toBe(429);
  expect({ d1: asked.d1 - before.d1, limiter: asked.limiter - before.limiter }).toEqual({ d1: 0, limiter: 1 });
});

test("a revoked key is refused as such from the next request on, however well the limiter knows it", async () => {
  await client.get("/v1/tenant");
  await env.DB.prepare("UPDATE api_keys SET revoked_at = 1 WHERE tenant_id = ?").bind(tenant.tenantId).run();
  expect((await client.get("/v1/tenant")).status).toBe(401);
  // And from then on it is nobody's: it takes nothing of the tenant's quota.
  expect((await client.get("/v1/tenant")).headers.get("ratelimit-policy")).toBeNull();
});

test("a limiter that is down lets everything through, and says the policy alone", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const down = new Proxy(env.TENANT_LIMITERS, {
    get: () => () => {
      throw new Error("no limiter today");
    },
  });
  const unlimited = api(tenant.key, { ...FEW, TENANT_LIMITERS: down });
  for (let n = 0; n < 12; n += 1) {
    const { status, headers } = await unlimited.get("/v1/tenant");
    expect([status, headers.get("ratelimit"), headers.get("ratelimit-policy")]).toEqual([
      200,
      null,
      '"tenant";q=8;w=10, "key";q=4;w=10',
    ]);
  }
});
