import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { app } from "../../worker/app.ts";

const WRANGLER = readFileSync(new URL("../../wrangler.toml", import.meta.url).pathname, "utf8");

/** The paths that the Worker is asked before the dashboard's files, each with `*` for the rest. */
function workerFirst(): readonly string[] {
  const [, list = ""] = /^run_worker_first = (\[.*\])$/m.exec(WRANGLER) ?? [];
  return JSON.parse(list) as string[];
}

function isFirst(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => (pattern.endsWith("*") ? path.startsWith(pattern.slice(0, -1)) : path === pattern));
}

test("every route of the Worker is asked before the dashboard's files: to a POST they would answer 405", () => {
  const patterns = workerFirst();
  const paths = new Set(app.routes.filter(({ method }) => method !== "ALL").map(({ path }) => path));
  expect(paths.size).toBeGreaterThan(30);
  expect([...paths].filter((path) => !isFirst(path, patterns))).toEqual([]);
});

test("the control: a route that is left out is found", () => {
  const patterns = workerFirst().filter((pattern) => !pattern.startsWith("/delivery-events"));
  expect(isFirst("/delivery-events/:mailboxId", patterns)).toBe(false);
});

test("Pages hands on the very same paths", () => {
  const routes = JSON.parse(
    readFileSync(new URL("../../dashboard/public/_routes.json", import.meta.url).pathname, "utf8"),
  );
  expect(routes).toEqual({ version: 1, include: workerFirst(), exclude: [] });
});
