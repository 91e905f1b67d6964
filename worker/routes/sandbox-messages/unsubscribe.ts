import { createRoute } from "@hono/zod-openapi";
import { unsubscribeUrlOf } from "../../../adapters/mail/as-lead.ts";
import { Accepted, NoFields } from "../../../core/contract/common.ts";
import { readUnsubscribeToken } from "../../../core/mail/unsubscribe-token.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { unsubscribe } from "../../unsubscribe/unsubscribe.ts";
import { findAnswered, sendKeyParameter } from "./find-answered.ts";

const route = createRoute({
  method: "post",
  path: "/v1/sandbox/messages/{sendKey}/unsubscribe",
  operationId: "unsubscribeSandboxMessage",
  tags: ["Sandbox"],
  security: needs("sandbox:write"),
  summary: "Unsubscribe as the lead",
  description:
    "Does what a mail program does by one click (RFC 8058): the token in the message's own List-Unsubscribe header is used, the address is suppressed and the enrollment ends.",
  middleware: emptyBodyIsNone,
  request: { params: sendKeyParameter, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(Accepted, "The lead gets no more mail."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/sandbox/messages/:sendKey/unsubscribe */
export function unsubscribeSandboxMessage(app: Api): void {
  app.openapi(route, async (c) => {
    const { sendKey } = c.req.valid("param");
    const found = await findAnswered(c, sendKey);
    if (!found.ok) return found.no;
    const url = await unsubscribeUrlOf(found.row.raw);
    const token = readUnsubscribeToken(url?.slice(url.lastIndexOf("/") + 1) ?? "");
    // The addresses that come on the list have audit rows of their own, so this request's stays the one of it.
    const enrollment = token === null ? null : await unsubscribe(c.env, token, "one_click", Date.now());
    if (enrollment === null)
      return problem(
        c,
        "conflict",
        "The message has no List-Unsubscribe link of ours that could be used: PUBLIC_URL was no https address when it was made.",
      );
    c.set("change", { id: sendKey, before: null, after: { enrollmentId: enrollment.id } });
    return c.json({ ok: true as const }, 200);
  });
}
