import { createRoute } from "@hono/zod-openapi";
import { replyAsLead } from "../../../adapters/mail/as-lead.ts";
import { SandboxReceived, SandboxReply } from "../../../core/contract/sandbox-message.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { bringIn } from "./bring-in.ts";
import { answered, findAnswered, sendKeyParameter } from "./find-answered.ts";

const route = createRoute({
  method: "post",
  path: "/v1/sandbox/messages/{sendKey}/reply",
  operationId: "replyToSandboxMessage",
  tags: ["Sandbox"],
  security: needs("sandbox:write"),
  summary: "Reply as the lead",
  description:
    "A mail is made as the lead's mail program would make it, and comes in by the way that every mail does: it is read, classified, matched by its reply address, stops the cadence and is told to the endpoint.",
  request: { params: sendKeyParameter, headers: idempotencyHeader, body: body(SandboxReply) },
  responses: {
    ...bodyRefusals,
    200: json(SandboxReceived, "It came in."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/sandbox/messages/:sendKey/reply */
export function replyToSandboxMessage(app: Api): void {
  app.openapi(route, async (c) => {
    const { sendKey } = c.req.valid("param");
    const found = await findAnswered(c, sendKey);
    if (!found.ok) return found.no;
    const { subject = null, ...words } = c.req.valid("json");
    const now = Date.now();
    const mail = await replyAsLead(answered(found.row, now), { ...words, subject });
    const received = await bringIn(c.env, mail, now);
    const { inboundId, kind } = received;
    c.set("change", { id: sendKey, before: null, after: { inboundId, kind } });
    return c.json(received, 200);
  });
}
