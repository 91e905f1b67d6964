import { createRoute } from "@hono/zod-openapi";
import { isAnswering } from "../../../adapters/d1/is-answering.ts";
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
    const hasAnswered = await isAnswering(c.env.DB);
    const version = packageJson.version;
    if (!hasAnswered) return c.json({ ok: false, version, database: "silent" as const }, 503);
    return c.json({ ok: true, version, database: "answers" as const }, 200);
  });
}
