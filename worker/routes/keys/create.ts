import { createRoute } from "@hono/zod-openapi";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { newId } from "../../../adapters/crypto/ids.ts";
import { newApiKey } from "../../../adapters/crypto/new-api-key.ts";
import { insertApiKey } from "../../../adapters/d1/api-keys.ts";
import { ApiKeyCreated, CreateApiKey } from "../../../core/contract/api-key.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { showApiKey } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/keys",
  operationId: "createKey",
  tags: ["Keys"],
  summary: "Make an API key",
  description: "The key is shown in this answer only: we keep no more than its hash.",
  request: { headers: idempotencyHeader, body: body(CreateApiKey) },
  responses: {
    201: json(ApiKeyCreated, "The key, this once."),
    ...bodyRefusals,
    403: no("forbidden"),
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/keys */
export function createKey(app: Api): void {
  app.openapi(route, async (c) => {
    const { name, mode } = c.req.valid("json");
    const tenant = c.get("tenant");
    const own = tenant.mode === "live" ? "live" : "test";
    if (own === "test" && mode === "live")
      return problem(c, "forbidden", "A test key can't make a live key. Ask with a live key.");
    const key = newApiKey(mode ?? own);
    const row = await insertApiKey(tenant, {
      id: newId("key"),
      mode: mode ?? own,
      name,
      hash: await sha256Hex(key),
      last4: key.slice(-4),
      createdAt: Date.now(),
    });
    c.set("secretFields", ["key"]);
    return c.json({ ...showApiKey(row), key }, 201);
  });
}
