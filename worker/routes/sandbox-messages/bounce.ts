import { createRoute } from "@hono/zod-openapi";
import { bounceAsLeadsServer } from "../../../adapters/mail/as-lead.ts";
import { SandboxBounce, SandboxReceived } from "../../../core/contract/sandbox-message.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { bringIn } from "./bring-in.ts";
import { answered, findAnswered, sendKeyParameter } from "./find-answered.ts";

const route = createRoute({
  method: "post",
  path: "/v1/sandbox/messages/{sendKey}/bounce",
  operationId: "bounceSandboxMessage",
  tags: ["Sandbox"],
  security: needs("sandbox:write"),
  summary: "Let it come back",
  description:
    "The notice of the lead's mail server that the message could not be delivered (RFC 3464) comes in by the way that every mail does. A hard one suppresses the address, as it would a real lead's.",
  middleware: emptyBodyIsNone,
  request: { params: sendKeyParameter, headers: idempotencyHeader, body: optionalBody(SandboxBounce) },
  responses: {
    ...bodyRefusals,
    200: json(SandboxReceived, "It came in."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/sandbox/messages/:sendKey/bounce */
export function bounceSandboxMessage(app: Api): void {
  app.openapi(route, async (c) => {
    const { sendKey } = c.req.valid("param");
    const found = await findAnswered(c, sendKey);
    if (!found.ok) return found.no;
    const { kind } = SandboxBounce.parse(c.req.valid("json") ?? {});
    const now = Date.now();
    const received = await bringIn(c.env, await bounceAsLeadsServer(answered(found.row, now), kind), now);
    c.set("change", { id: sendKey, before: null, after: { inboundId: received.inboundId, kind: received.kind } });
    return c.json(received, 200);
  });
}
