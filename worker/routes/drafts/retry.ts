import { createRoute } from "@hono/zod-openapi";
import { NoFields } from "../../../core/contract/common.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askAboutDraft } from "./ask.ts";
import { draftId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/drafts/{id}/retry",
  operationId: "retryDraft",
  tags: ["Drafts"],
  security: needs("enrollments:write"),
  summary: "Ask again for a held draft",
  description: "The endpoint is asked once more: a new draft, which names this one as the one before.",
  middleware: emptyBodyIsNone,
  request: { params: draftId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("not_held", "conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/drafts/:id/retry */
export function retryDraft(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    return askAboutDraft(c, id, { type: "draft_retried", by: c.get("keyId"), draftId: id });
  });
}
