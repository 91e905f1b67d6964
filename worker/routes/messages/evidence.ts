import { createRoute } from "@hono/zod-openapi";
import { findMessage } from "../../../adapters/d1/evidence-lines.ts";
import { Evidence } from "../../../core/contract/evidence.ts";
import type { Api } from "../../api.ts";
import { makeEvidence } from "../../evidence/make-evidence.ts";
import { idParameter, json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";

const route = createRoute({
  method: "get",
  path: "/v1/messages/{id}/evidence",
  operationId: "getEvidence",
  tags: ["Log"],
  security: needs("log:read"),
  summary: "The evidence of one sent message",
  description:
    "One file with all that is known of a message of yours: what we asked your endpoint and what it answered, the gates, who released it, the bytes that went to the provider and the provider's words, then and later; each line with its place in the enrollment's hash chain. `drafthook evidence verify FILE` checks it offline; `docs/evidence.md` says how to do it without us, and what it proves. Verify the file as it was downloaded: its spelling is part of it.",
  request: { params: idParameter("The message's id, from the enrollment's messages.", "msg_mzxw6ytboi2gk3tu_0_0") },
  responses: {
    ...refusals,
    200: json(Evidence, "The evidence."),
    404: no("not_found"),
    409: no("conflict"),
  },
});

/** GET /v1/messages/:id/evidence */
export function getEvidence(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const message = await findMessage(tenant, c.req.valid("param").id);
    if (message === null) return notFound(c);
    if (message.direction === "in")
      return problem(c, "conflict", "This message came in. There is evidence of messages that were sent.");
    const made = await makeEvidence(c.env, tenant, message, Date.now());
    if (made.kind === "late")
      return problem(
        c,
        "conflict",
        `The log has ${made.have} of this enrollment's ${made.of} lines so far. Ask again in a few seconds.`,
        { headers: { "retry-after": "5" } },
      );
    return c.json(made.evidence, 200, {
      "content-disposition": `attachment; filename="evidence-${message.id}.json"`,
    });
  });
}
