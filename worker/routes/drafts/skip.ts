import { createRoute } from "@hono/zod-openapi";
import { SkipDraft } from "../../../core/contract/draft.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { askAboutDraft } from "./ask.ts";
import { draftId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/drafts/{id}/skip",
  operationId: "skipDraft",
  tags: ["Drafts"],
  security: needs("enrollments:write"),
  summary: "Pass over a held draft",
  description:
    "The step is skipped and the cadence goes on; the answer to a reply is not sent. The body may be left out.",
  middleware: emptyBodyIsNone,
  request: { params: draftId, headers: idempotencyHeader, body: optionalBody(SkipDraft) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("not_held", "idempotency_in_progress"),
  },
});

/** POST /v1/drafts/:id/skip */
export function skipDraft(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    const reason = c.req.valid("json").reason ?? null;
    return askAboutDraft(c, id, { type: "draft_skipped", by: c.get("keyId"), draftId: id, reason });
  });
}
