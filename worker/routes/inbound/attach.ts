import { createRoute } from "@hono/zod-openapi";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { claimForAttaching, findInbound, unclaim } from "../../../adapters/d1/inbox.ts";
import { AttachInbound, InboundMailWithText } from "../../../core/contract/inbound.ts";
import type { Api } from "../../api.ts";
import { handInboundOver } from "../../email/hand-inbound-over.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { inboundId } from "./parameter.ts";
import { showInbound, showInboundText } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/inbound/{id}/attach",
  operationId: "attachInbound",
  tags: ["Inbound"],
  security: needs("inbound:write"),
  summary: "Say whose mail it is",
  description:
    "The mail counts from now on as one of this enrollment: a person's reply stops or pauses it and is told to the endpoint.",
  request: { params: inboundId, headers: idempotencyHeader, body: body(AttachInbound) },
  responses: {
    ...bodyRefusals,
    200: json(InboundMailWithText, "Attached."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/inbound/:id/attach */
export function attachInbound(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { enrollmentId } = c.req.valid("json");
    const mail = await findInbound(tenant, c.req.valid("param").id);
    if (mail === null) return notFound(c);
    if (mail.status !== "unmatched") {
      if (mail.enrollmentId === enrollmentId) {
        c.set("change", { id: mail.id, before: {}, after: {} });
        return c.json(await showInboundText(c.env.BODIES, mail), 200);
      }
      return problem(c, "conflict", `This mail belongs to ${mail.enrollmentId} already.`);
    }
    if ((await findEnrollment(tenant, enrollmentId)) === null)
      return invalid(c, [{ pointer: "/enrollmentId", detail: "is no enrollment that this key may see" }]);
    // Claimed first, so that of two people only one attaches it; what a crash leaves unsaid, the sweeper says.
    if (!(await claimForAttaching(tenant, mail.id, enrollmentId)))
      return problem(c, "conflict", "Somebody has just attached this mail: read it again.");
    const attached = { ...mail, status: "attached", enrollmentId, reason: "attached by a person" } as const;
    c.set("change", { id: mail.id, before: showInbound(mail), after: showInbound(attached) });
    const enrollment = { id: enrollmentId, tenantId: tenant.tenantId, mode: tenant.mode };
    const told = await handInboundOver(c.env, {
      id: mail.id,
      enrollment,
      reply: { ...mail.reply, matchedBy: "person" },
    });
    if (!told) {
      await unclaim(tenant, mail);
      c.set("change", null);
      return problem(
        c,
        "conflict",
        `${enrollmentId} ended long ago and was emptied; nothing can be attached to it any more.`,
      );
    }
    return c.json(await showInboundText(c.env.BODIES, attached), 200);
  });
}
