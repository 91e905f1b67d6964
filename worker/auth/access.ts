import { matchedRoutes } from "hono/route";
import { SCOPES, type Scope } from "../../core/scope.ts";
import type { Api, ApiContext } from "../api.ts";
import { PUBLIC_ROUTES } from "./public-routes.ts";

/** What a route asks of whoever calls it: nothing, or a key with this scope. */
export type Access = "public" | Scope;

/** What each registered route asks, by `METHOD /path` as Hono writes it. */
export type AccessTable = ReadonlyMap<string, Access>;

/**
 * Reads what each route asks from its own definition. Throws, so that the Worker doesn't start, when a route says
 * nothing: neither a scope (`security: needs("…")`) nor a line in PUBLIC_ROUTES. To be called when all are registered.
 */
export function readAccess(app: Api): AccessTable {
  const scopes = declaredScopes(app);
  const open = new Set(PUBLIC_ROUTES.map(nameOf));
  const table = new Map<string, Access>();
  for (const route of app.routes) {
    if (isMiddleware(route)) continue;
    const name = nameOf(route);
    const scope = scopes.get(name);
    if (open.has(name) && scope === undefined) table.set(name, "public");
    else if (scope !== undefined && !open.has(name) && route.path.startsWith("/v1/")) table.set(name, scope);
    else throw new Error(`${name} must need a scope, under /v1, or be listed as public, and not both`);
  }
  const gone = [...open].filter((name) => !table.has(name));
  if (gone.length > 0) throw new Error(`listed as public and not registered: ${gone.join(", ")}`);
  return table;
}

/** What the route that will answer this request asks; null when none will, which is a 404 or 405. */
export function accessOf(c: ApiContext, table: AccessTable): Access | null {
  const route = matchedRoutes(c).find((one) => !isMiddleware(one));
  if (route === undefined) return null;
  const access = table.get(nameOf(route));
  if (access === undefined) throw new Error(`${nameOf(route)} was registered after the table of routes was read`);
  return access;
}

interface Named {
  readonly method: string;
  readonly path: string;
}

function nameOf({ method, path }: Named): string {
  return `${method} ${path}`;
}

/** `app.use` registers for all methods under a pattern; a handler for all methods of one path is none. */
function isMiddleware({ method, path }: Named): boolean {
  return method === "ALL" && path.endsWith("*");
}

/** The scope in the `security` of each route that the OpenAPI document will show. */
function declaredScopes(app: Api): ReadonlyMap<string, Scope> {
  const scopes = new Map<string, Scope>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path, security = [] } = definition.route;
    const [named] = security.flatMap((way) => Object.values(way)).flat();
    const scope = SCOPES.find((one) => one === named);
    if (scope !== undefined)
      scopes.set(nameOf({ method: method.toUpperCase(), path: path.replaceAll(/\{(\w+)\}/g, ":$1") }), scope);
  }
  return scopes;
}
