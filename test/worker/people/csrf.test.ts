import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { beforeAll, expect, test } from "vitest";
import type { Api, ApiEnv } from "../../../worker/api.ts";
import { app } from "../../../worker/app.ts";
import { readAccess } from "../../../worker/auth/access.ts";
import { authenticatePerson } from "../../../worker/auth/authenticate-person.ts";
import { PUBLIC_ROUTES } from "../../../worker/auth/public-routes.ts";
import { needs } from "../../../worker/openapi/parts.ts";
import { OWN_ORIGIN, person, signIn } from "../../support/people.ts";
import { seedTenant } from "../../support/worker.ts";

/** What a page of another site can make a browser send, with the victim's cookie in it (which SameSite would leave out). */
interface Forgery {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const JSON_TYPE = "application/json";
const FOREIGN = [
  "https://evil.example",
  "null",
  "http://drafthook.test",
  "https://drafthook.test.evil.example",
  "https://evil.drafthook.test",
  "https://drafthook.test:8443",
  "https://drafthook.test@evil.example",
  "https://drafthook.tes",
  "",
  "https://drafthook.test, https://evil.example",
];
const SITES = ["cross-site", "same-site", "none"];
const SIMPLE_TYPES = [
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "text/plain; application/json",
  "application/jsonp",
];

const FORGERIES: readonly Forgery[] = [
  ...FOREIGN.map((origin) =>
    forgery(`JSON from ${origin || "an empty origin"}`, { origin, "content-type": JSON_TYPE }),
  ),
  ...FOREIGN.slice(0, 5).map((origin) =>
    forgery(`a form from ${origin}`, { origin, "content-type": "text/plain", "sec-fetch-site": "cross-site" }),
  ),
  forgery("JSON from nowhere", { "content-type": JSON_TYPE }),
  forgery("a body without a type from nowhere", {}),
  ...SITES.map((site) =>
    forgery(`our own origin, but ${site}`, { origin: OWN_ORIGIN, "sec-fetch-site": site, "content-type": JSON_TYPE }),
  ),
  ...SIMPLE_TYPES.map((type) => forgery(`${type} from our own origin`, { origin: OWN_ORIGIN, "content-type": type })),
  forgery("a body without a type from our own origin", { origin: OWN_ORIGIN }),
];

function forgery(name: string, headers: Readonly<Record<string, string>>): Forgery {
  return { name, headers, body: '{"timeZone":"Europe/Zurich"}' };
}

let cookie: string;
beforeAll(async () => {
  const { tenantId } = await seedTenant();
  cookie = await signIn(await person(tenantId, "owner"));
});

const TARGETS = [
  ["PATCH", "/v1/tenant"],
  ["POST", "/auth/sign-out"],
] as const;

test("of forged requests none gets in, and nothing is changed", async () => {
  expect(FORGERIES.length * TARGETS.length).toBeGreaterThanOrEqual(40);
  const faults: string[] = [];
  for (const [method, path] of TARGETS)
    for (const one of FORGERIES) {
      const { status, code } = await send(app, method, path, one);
      if (status !== 403 || code !== "cross_site") faults.push(`${method} ${path}, ${one.name}: ${status} ${code}`);
    }
  expect(faults).toEqual([]);
  const me = await send(app, "GET", "/v1/tenant", { name: "", headers: {}, body: null });
  expect([me.status, me.text]).toEqual([200, expect.not.stringContaining("Zurich")]);
  console.log(`CSRF: ${FORGERIES.length * TARGETS.length} forged requests, 0 got in`);
});

test("the control: the same request from our own page gets in, with and without Sec-Fetch-Site", async () => {
  const headers = { origin: OWN_ORIGIN, "content-type": "application/json; charset=utf-8" };
  for (const more of [{}, { "sec-fetch-site": "same-origin" }]) {
    const own = { name: "own", headers: { ...headers, ...more }, body: '{"timeZone":"Europe/Zurich"}' };
    expect((await send(app, "PATCH", "/v1/tenant", own)).status).toBe(200);
  }
});

test("the control: a route that forgets where requests come from is found, by every forgery", async () => {
  const careless = plant();
  const got = [];
  for (const one of FORGERIES) got.push((await send(careless, "PATCH", "/v1/planted", one)).status);
  expect(got).toEqual(FORGERIES.map(() => 200));
});

test("a key needs no origin: a browser never adds one by itself", async () => {
  const { liveKey } = await seedTenant();
  const headers = { authorization: `Bearer ${liveKey}`, origin: "https://evil.example", "content-type": JSON_TYPE };
  const asked = await send(app, "PATCH", "/v1/tenant", { name: "", headers, body: '{"timeZone":"UTC"}' });
  expect(asked.status).toBe(200);
});

async function send(target: Api, method: string, path: string, { headers, body }: Forgery) {
  const request = new Request(`${OWN_ORIGIN}${path}`, {
    method,
    headers: { cookie, "drafthook-mode": "live", ...headers },
    body: body === null ? null : new TextEncoder().encode(body),
  });
  const response = await target.fetch(request, env, createExecutionContext());
  const text = await response.text();
  return { status: response.status, text, code: /"code":"(\w+)"/.exec(text)?.[1] };
}

/** An app whose one route knows people, and has not asked where they come from. */
function plant(): Api {
  const planted: Api = new OpenAPIHono<ApiEnv>();
  planted.use("/v1/*", (c, next) => {
    c.req.raw = new Request(c.req.raw, { method: "GET", body: null }); // which is to leave the question out
    return authenticatePerson(c, next);
  });
  for (const { method, path } of PUBLIC_ROUTES) planted.on(method, [path], (c) => c.body(null, 204));
  const responses = { 200: { description: "Done." } };
  planted.openapi(
    createRoute({ method: "patch", path: "/v1/planted", security: needs("tenant:write"), responses }),
    (c) => c.json({ ok: true }),
  );
  readAccess(planted);
  return planted;
}
