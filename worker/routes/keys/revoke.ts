import { createRoute } from "@hono/zod-openapi";
import { revokeApiKey } from "../../../adapters/d1/api-keys.ts";
import { ApiKey } from "../../../core/contract/api-key.ts";
import type { Api } from "../../api.ts";
import { idParameter, json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { showApiKey } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/keys/{id}",
  operationId: "revokeKey",
  tags: ["Keys"],
  security: needs("keys:write"),
  summary: "Revoke an API key",
  description:
    "Takes hold with the next request. The row stays, so that the log can name the key. A key may revoke itself.",
  request: { params: idParameter("The key's id, not the key.", "key_mzxw6ytboi2gk3tu") },
  responses: { 200: json(ApiKey, "The key is revoked, now or before."), 404: no("not_found"), ...refusals },
});

/** DELETE /v1/keys/:id */
export function revokeKey(app: Api): void {
  app.openapi(route, async (c) => {
    const revoked = await revokeApiKey(c.get("tenant"), c.req.valid("param").id, Date.now());
    if (revoked === null) return notFound(c);
    const shown = showApiKey(revoked.after);
    c.set("change", { id: shown.id, before: showApiKey(revoked.before), after: shown });
    return c.json(shown, 200);
  });
}
