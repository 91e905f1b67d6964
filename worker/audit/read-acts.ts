import { matchedRoutes } from "hono/route";
import type { Api, ApiContext } from "../api.ts";
import { ACTS, type Action, TOLD_ELSEWHERE } from "./acts.ts";

/** What each route that changes something does, by `METHOD /path` as Hono writes it. */
export type ActTable = ReadonlyMap<string, Action>;

const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "ALL"]);

/**
 * Reads what each route does. Throws, so that the Worker doesn't start, when one that changes something is in neither list
 * of worker/audit/acts.ts. To be called when all are registered.
 */
export function readActs(app: Api): ActTable {
  const operations = operationsOf(app);
  const table = new Map<string, Action>();
  for (const route of app.routes) {
    const name = nameOf(route);
    if (READS.has(route.method) || name in TOLD_ELSEWHERE) continue;
    const action = ACTS[operations.get(name) ?? ""];
    if (action === undefined) throw new Error(`${name} changes something and has no action in worker/audit/acts.ts`);
    table.set(name, action);
  }
  return table;
}

/** What the route that will answer this request does; null when it only reads, or there is none. */
export function actionOf(c: ApiContext, table: ActTable): Action | null {
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
  return route === undefined ? null : (table.get(nameOf(route)) ?? null);
}

/** The route that will answer this request, as Hono writes it; null when there is none. */
export function routeOf(c: ApiContext): string | null {
  const route = matchedRoutes(c).find(({ method }) => method !== "ALL");
  return route === undefined ? null : nameOf(route);
}

function nameOf({ method, path }: { readonly method: string; readonly path: string }): string {
  return `${method} ${path}`;
}

function operationsOf(app: Api): ReadonlyMap<string, string> {
  const operations = new Map<string, string>();
  for (const definition of app.openAPIRegistry.definitions) {
    if (definition.type !== "route") continue;
    const { method, path, operationId = "" } = definition.route;
    operations.set(`${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ":$1")}`, operationId);
  }
  return operations;
}
