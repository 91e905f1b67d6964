import { createRoute } from "@hono/zod-openapi";
import { Health } from "../../../core/contract/health.ts";
import packageJson from "../../../package.json" with { type: "json" };
import type { Api } from "../../api.ts";
import { json } from "../../openapi/parts.ts";

const route = createRoute({
  method: "get",
  path: "/health",
  operationId: "getHealth",
  tags: ["System"],
  summary: "Is it alive?",
  description: "The version, and whether the database answers. Needs no key.",
  security: [],
  responses: {
    200: json(Health, "Everything answers."),
    503: json(Health, "The database is silent. What is on its way waits; nothing is lost."),
  },
});

/** GET /health */
export function health(app: Api): void {
  app.openapi(route, async (c) => {
    const isAnswering = await answers(c.env.DB);
    const version = packageJson.version;
    if (!isAnswering) return c.json({ ok: false, version, database: "silent" as const }, 503);
    return c.json({ ok: true, version, database: "answers" as const }, 200);
  });
}

async function answers(database: D1Database): Promise<boolean> {
  try {
    await database.prepare("SELECT 1 FROM tenants LIMIT 1").all();
    return true;
  } catch {
    return false;
  }
}
