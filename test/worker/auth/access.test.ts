import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { expect, test } from "vitest";
import { SCOPES } from "../../../core/scope.ts";
import type { Api, ApiEnv } from "../../../worker/api.ts";
import { app } from "../../../worker/app.ts";
import { readAccess } from "../../../worker/auth/access.ts";
import { PUBLIC_ROUTES } from "../../../worker/auth/public-routes.ts";
import { describeApi } from "../../../worker/openapi/document.ts";
import { needs } from "../../../worker/openapi/parts.ts";

const answers = { 204: { description: "Done." } };

test("every route needs a scope or is listed as public, and the document says which", () => {
  const table = readAccess(app);
  const open = [...table].filter(([, access]) => access === "public").map(([name]) => name);
  expect(open.sort()).toEqual(PUBLIC_ROUTES.map(({ method, path }) => `${method} ${path}`).sort());
  const said = Object.values(describeApi(app).paths ?? {}).flatMap((methods) =>
    Object.values(methods).map(({ security }: { security?: Record<string, string[]>[] }) => security),
  );
  expect(said).toHaveLength(table.size - (open.length - 3)); // health, completion and the evidence keys are public and documented
  for (const security of said)
    expect(security?.length === 0 || SCOPES.some((scope) => same(security, needs(scope)))).toBe(true);
});

test("each scope of the list opens some route, but that to write the audit log", () => {
  const used = new Set(readAccess(app).values());
  expect(SCOPES.filter((scope) => !used.has(scope))).toEqual(["audit:write"]);
});

test.each<[string, (planted: Api) => void]>([
  [
    "says nothing of a scope",
    (planted) => planted.openapi(createRoute({ method: "get", path: "/v1/x", responses: answers }), emptyHanded),
  ],
  [
    "names a scope that there is not",
    (planted) =>
      planted.openapi(
        createRoute({ method: "get", path: "/v1/x", security: [{ bearer: ["x:read"] }], responses: answers }),
        emptyHanded,
      ),
  ],
  [
    "calls itself public and is not listed as that",
    (planted) =>
      planted.openapi(createRoute({ method: "get", path: "/v1/x", security: [], responses: answers }), emptyHanded),
  ],
  ["is no part of the document", (planted) => planted.get("/v1/x", emptyHanded)],
  ["lies beside /v1", (planted) => planted.get("/x", emptyHanded)],
  ["takes all methods", (planted) => planted.all("/v1/x", emptyHanded)],
  [
    "needs a scope where no key is asked for",
    (planted) =>
      planted.openapi(
        createRoute({ method: "get", path: "/x", security: needs("log:read"), responses: answers }),
        emptyHanded,
      ),
  ],
])("the Worker doesn't start with a route that %s", (_, plant) => {
  const planted = withPublicRoutes();
  plant(planted);
  expect(() => readAccess(planted)).toThrow(/\/x must need a scope/);
});

test("the Worker doesn't start when a route that is listed as public is gone", () => {
  const planted: Api = new OpenAPIHono<ApiEnv>();
  expect(() => readAccess(planted)).toThrow(/not registered: .*GET \/health/);
});

test("the control: such a Worker starts when its route is sound", () => {
  const planted = withPublicRoutes();
  planted.openapi(
    createRoute({ method: "get", path: "/v1/x/{id}", security: needs("log:read"), responses: answers }),
    emptyHanded,
  );
  expect(readAccess(planted).get("GET /v1/x/:id")).toBe("log:read");
});

function withPublicRoutes(): Api {
  const made: Api = new OpenAPIHono<ApiEnv>();
  for (const { method, path } of PUBLIC_ROUTES) made.on(method, [path], emptyHanded);
  return made;
}

function emptyHanded(): Response {
  return new Response(null, { status: 204 });
}

function same(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
