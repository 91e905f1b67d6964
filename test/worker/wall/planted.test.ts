import { env } from "cloudflare:workers";
import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { Api, ApiContext, ApiEnv } from "../../../worker/api.ts";
import { app as real } from "../../../worker/app.ts";
import { readAccess } from "../../../worker/auth/access.ts";
import { authenticate } from "../../../worker/auth/authenticate.ts";
import { authorize } from "../../../worker/auth/authorize.ts";
import { PUBLIC_ROUTES } from "../../../worker/auth/public-routes.ts";
import { needs } from "../../../worker/openapi/parts.ts";
import { notFound, problem } from "../../../worker/problem.ts";
import { nameRequest } from "../../../worker/request-id.ts";
import { seedTenant } from "../../support/worker.ts";
import type { Call } from "./calls.ts";
import { strangersTo } from "./identities.ts";
import { judge } from "./judge.ts";
import type { Operation } from "./operations.ts";
import { fillWorld, type World } from "./world.ts";

/** How a route that forgot something asks D1. */
type Find = (id: string, tenant: Tenant) => D1PreparedStatement;

const PATH = "/v1/planted/{id}";
const CALL: Call = { id: "enrollment", owner: 200, stranger: 404 };
const OPERATION: Operation = { operationId: "planted", method: "GET", path: PATH, scope: "log:read", takesBody: false };

const SOUND: Find = (id, { tenantId, mode }) =>
  env.DB.prepare("SELECT * FROM enrollments WHERE id = ? AND tenant_id = ? AND mode = ?").bind(id, tenantId, mode);
const WITHOUT_TENANT: Find = (id) => env.DB.prepare("SELECT * FROM enrollments WHERE id = ?").bind(id);
const WITHOUT_MODE: Find = (id, { tenantId }) =>
  env.DB.prepare("SELECT * FROM enrollments WHERE id = ? AND tenant_id = ?").bind(id, tenantId);

let world: World;
let keys: readonly [other: string, otherMode: string];
beforeAll(async () => {
  const [ours, theirs] = [await seedTenant(), await seedTenant()];
  world = await fillWorld(ours.tenantId, "test", ours.key);
  keys = [theirs.key, ours.liveKey];
}, 60_000);
afterAll(() => {
  vi.restoreAllMocks();
});

test("the control: the wall finds nothing in a route that forgot nothing", async () => {
  expect(await faultsOf(plant(async (c) => show(c, SOUND)))).toEqual([]);
});

test.each<[string, (c: ApiContext) => Promise<Response>, string[]]>([
  [
    "the tenant",
    (c) => show(c, WITHOUT_TENANT),
    ["another tenant's key", "another tenant's key before the owner's", "the tenant's key of the other mode"],
  ],
  ["the mode", (c) => show(c, WITHOUT_MODE), ["the tenant's key of the other mode"]],
  [
    "that a foreign id is not even there",
    async (c) => {
      const known = await WITHOUT_TENANT(idOf(c), c.get("tenant")).first<{ tenant_id: string }>();
      const isForeign = known !== null && known.tenant_id !== c.get("tenant").tenantId;
      return isForeign ? problem(c, "forbidden", "It is another's.") : show(c, SOUND);
    },
    ["another tenant's key", "another tenant's key before the owner's"],
  ],
])("a route that forgot %s is found", async (_, handler, who) => {
  expect(namesIn(await faultsOf(plant(handler)))).toEqual(who);
});

test("a route whose scope is not asked is found, by the keys that lack it", async () => {
  const careless = plant((c) => show(c, SOUND), { asksScope: false });
  expect(namesIn(await faultsOf(careless))).toEqual(["a key without this chapter's scopes"]);
});

test("a route that asks for no key is found, by everybody who has none", async () => {
  const faults = await faultsOf(plant((c) => show(c, WITHOUT_TENANT), { asksKey: false, asksScope: false }));
  expect(faults.length).toBeGreaterThan(12);
});

test("the planted route is none of ours", () => {
  expect(real.routes.filter(({ path }) => path.includes("planted"))).toEqual([]);
});

/** An app of the same make as ours, whose one route does what is said. */
function plant(handler: (c: ApiContext) => Promise<Response>, { asksKey = true, asksScope = true } = {}): Api {
  const app: Api = new OpenAPIHono<ApiEnv>();
  const table = () => access;
  app.use(nameRequest);
  if (asksKey) app.use("/v1/*", authenticate(table));
  if (asksScope) app.use("/v1/*", authorize(table));
  for (const { method, path } of PUBLIC_ROUTES) app.on(method, [path], (c) => c.body(null, 204));
  const params = z.object({ id: z.string() });
  const responses = { 200: { description: "All of it." } };
  app.openapi(
    createRoute({ method: "get", path: PATH, security: needs("log:read"), request: { params }, responses }),
    handler,
  );
  const access = readAccess(app);
  return app;
}

async function show(c: ApiContext, find: Find): Promise<Response> {
  const row = await find(idOf(c), c.get("tenant")).first();
  return row === null ? notFound(c) : c.json(row);
}

function idOf(c: ApiContext): string {
  return c.req.param("id") ?? "";
}

async function faultsOf(app: Api): Promise<readonly string[]> {
  const [other, otherMode] = keys;
  const faults: string[] = [];
  for (const identity of await strangersTo(world, other, otherMode)) {
    const fault = await judge(app, OPERATION, CALL, identity, world);
    if (fault !== null) faults.push(fault);
  }
  return faults;
}

/** Whom the faults name. */
function namesIn(faults: readonly string[]): readonly string[] {
  return faults.map((fault) => /^planted, ([^:]+):/.exec(fault)?.[1] ?? fault);
}
