import { createRoute } from "@hono/zod-openapi";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import { LinkedinReply } from "../../../core/contract/task.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { receiveLinkedinMessage } from "../../linkedin/receive-message.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { enrollmentId } from "./parameter.ts";
import { showEnrollment } from "./show.ts";

const MINUTE_MS = 60_000;

const route = createRoute({
  method: "post",
  path: "/v1/enrollments/{id}/linkedin-replies",
  operationId: "reportLinkedinReply",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Say what the lead wrote on LinkedIn",
  description:
    "For an account that a person looks after: what they tell is taken as a reply that came in by itself. The same text of the same minute is one.",
  request: { params: enrollmentId, headers: idempotencyHeader, body: body(LinkedinReply) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/enrollments/:id/linkedin-replies */
export function reportLinkedinReply(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const now = Date.now();
    const { text, at } = c.req.valid("json");
    const record = await findEnrollment(tenant, c.req.valid("param").id);
    if (record === null) return notFound(c);
    const stub = enrollmentStub(c.env, tenant.tenantId, record.id);
    const before = await stub.read();
    if (before === null) return notFound(c);
    const accountId = before.linkedinAccountId ?? null;
    if (accountId === null)
      return problem(
        c,
        "conflict",
        `${record.id} has no LinkedIn account that anything could have come to. Enroll leads with a sessionId, or set the cadence's linkedinAccountId.`,
      );
    const wroteAt = at === undefined ? now : Date.parse(at);
    const minute = Math.floor(wroteAt / MINUTE_MS);
    const message = {
      id: `person:${await sha256Hex(JSON.stringify([record.id, minute, text]))}`,
      chatId: "",
      senderId: null,
      senderName: before.lead.name,
      text,
      at: wroteAt,
    };
    const owner = { tenantId: tenant.tenantId, mode: tenant.mode, accountId, enrollmentId: record.id };
    await receiveLinkedinMessage(c.env, owner, message, "person", now);
    const after = await stub.read();
    const shown = showEnrollment(record, after);
    c.set("change", { id: record.id, before: showEnrollment(record, before), after: shown });
    return c.json(shown, 200);
  });
}
