import { createRoute } from "@hono/zod-openapi";
import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import { Draft } from "../../../core/contract/draft.ts";
import { enrollmentOf } from "../../../core/enrollment.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { draftId } from "./parameter.ts";
import { showDraft } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/drafts/{id}",
  operationId: "getDraft",
  tags: ["Drafts"],
  security: needs("enrollments:read"),
  summary: "Read a draft",
  description:
    "The question, the words that came back and where it stands. What was sent stands in the enrollment's messages.",
  request: { params: draftId },
  responses: { ...refusals, 200: json(Draft, "The draft."), 404: no("not_found") },
});

/** GET /v1/drafts/:id */
export function getDraft(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const { id } = c.req.valid("param");
    const enrollmentId = enrollmentOf(id);
    const record = enrollmentId === null ? null : await findEnrollment(tenant, enrollmentId);
    if (record === null) return notFound(c);
    const state = await enrollmentStub(c.env, tenant.tenantId, record.id).read();
    const draft = state === null ? null : showDraft(state, record.cadenceId, id);
    return draft === null ? notFound(c) : c.json(draft, 200);
  });
}
