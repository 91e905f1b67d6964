import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import { formatApiKey } from "../../../core/api-key.ts";
import { app } from "../../../worker/app.ts";
import { api, type SeededTenant, seedTenant } from "../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

/** Fails the test when it is asked anything. */
const NEVER_ASKED: Partial<Env> = {
  DB: new Proxy(env.DB, {
    get: () => {
      throw new Error("D1 was asked");
    },
  }),
};

test("a key is taken as a bearer token and as X-API-Key", async () => {
  expect((await api(tenant.key).get("/v1/tenant")).status).toBe(200);
  expect((await api(null).get("/v1/tenant", { "x-api-key": tenant.key })).status).toBe(200);
  expect((await api(null).get("/v1/tenant", { authorization: `bearer ${tenant.key}` })).status).toBe(200);
});

test.each([
  ["no key", null],
  ["nonsense", "nonsense"],
  ["a well-formed key that nobody has", formatApiKey("live", "0".repeat(30))],
])("%s opens nothing", async (_, key) => {
  const answer = await api(key).get("/v1/tenant");
  expect(answer).toMatchObject({ status: 401, body: { code: "unauthorized", status: 401 } });
  expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  expect(answer.headers.get("content-type")).toBe("application/problem+json");
});

test("a mistyped key is refused without a look into the database", async () => {
  const mistyped = tenant.key.slice(0, -1) + (tenant.key.endsWith("0") ? "1" : "0");
  expect((await api(mistyped, NEVER_ASKED).get("/v1/tenant")).status).toBe(401);
  // The control: a key without a typo is looked up.
  expect((await api(tenant.key, NEVER_ASKED).get("/v1/tenant")).status).toBe(500);
});

test("every route under /v1 asks for a key, but the one whose token is its key", async () => {
  const routes = app.routes.filter(({ method, path }) => method !== "ALL" && path.startsWith("/v1"));
  expect(routes.length).toBeGreaterThan(20);
  const open = new Set<string>();
  for (const { method, path } of routes) {
    const request = new Request(`https://drafthook.test${path.replaceAll(/:\w+/g, "x")}`, { method });
    const response = await app.fetch(request, { ...env, ...NEVER_ASKED });
    if (response.status !== 401) open.add(`${method} ${path}`);
  }
  expect([...open]).toEqual(["POST /v1/drafts/:id/completion"]);
});
