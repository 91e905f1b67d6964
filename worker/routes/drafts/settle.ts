import { createRoute } from "@hono/zod-openapi";
import { SettleDraft } from "../../../core/contract/draft.ts";
import { Enrollment } from "../../../core/contract/enrollment.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { askAboutDraft } from "./ask.ts";
import { draftId } from "./parameter.ts";

const route = createRoute({
  method: "post",
  path: "/v1/drafts/{id}/settle",
  operationId: "settleDraft",
  tags: ["Drafts"],
  security: needs("enrollments:write"),
  summary: "Say what became of a doubtful send",
  description:
    "For a message that may have arrived, held as ambiguous or waiting for its repeat: it arrived, or it is to be sent again as a new message.",
  request: { params: draftId, headers: idempotencyHeader, body: body(SettleDraft) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("not_held", "idempotency_in_progress"),
  },
});

/** POST /v1/drafts/:id/settle */
export function settleDraft(app: Api): void {
  app.openapi(route, (c) => {
    const { id } = c.req.valid("param");
    const { arrived } = c.req.valid("json");
    return askAboutDraft(c, id, { type: "send_settled", by: c.get("keyId"), draftId: id, arrived });
  });
}
