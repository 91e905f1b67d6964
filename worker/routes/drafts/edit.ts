import { createRoute } from "@hono/zod-openapi";
import { EditDraft } from "../../../core/contract/draft.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { askAboutDraft } from "./ask.ts";
import { draftId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/drafts/{id}/edit",
  operationId: "editDraft",
  tags: ["Drafts"],
  security: needs("enrollments:write"),
  summary: "Put other words into a held draft",
  description: "It stays held until released. What stood there before is in the timeline.",
  request: { params: draftId, headers: idempotencyHeader, body: body(EditDraft) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("not_held", "conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/drafts/:id/edit */
export function editDraft(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    const { subject, body: text, html } = c.req.valid("json");
    return askAboutDraft(c, id, { type: "draft_edited", by: c.get("keyId"), draftId: id, subject, text, html });
  });
}
