import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { listSandboxMail } from "../../../adapters/d1/sandbox-mail.ts";
import { pageQuery } from "../../../core/contract/paging.ts";
import { SandboxMessagePage } from "../../../core/contract/sandbox-message.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { readTimePage, toTimePage } from "../../paging.ts";
import { problem } from "../../problem.ts";
import { showSandboxMail } from "./show.ts";

const query = z.strictObject({
  ...pageQuery,
  enrollmentId: z
    .string()
    .max(64)
    .optional()
    .meta({ description: "Only the mail of this enrollment.", example: "enr_mzxw6ytboi2gk3tu" }),
});

const route = createRoute({
  method: "get",
  path: "/v1/sandbox/messages",
  operationId: "listSandboxMessages",
  tags: ["Sandbox"],
  security: needs("sandbox:read"),
  summary: "List what sandbox mailboxes sent",
  description: "Newest first. Nothing of it has left this installation.",
  request: { query },
  responses: {
    200: json(SandboxMessagePage, "A page of messages, without their text."),
    422: no("invalid_request", "invalid_cursor"),
    ...refusals,
  },
});

/** GET /v1/sandbox/messages */
export function listSandboxMessages(app: Api): void {
  app.openapi(route, async (c) => {
    const wanted = c.req.valid("query");
    const paged = readTimePage(wanted);
    if (!paged.ok) return problem(c, "invalid_cursor", paged.detail);
    const rows = await listSandboxMail(c.get("tenant"), { enrollmentId: wanted.enrollmentId }, paged.page);
    return c.json(
      toTimePage(rows, paged.page, (row) => ({ at: row.at, id: row.sendKey }), showSandboxMail),
      200,
    );
  });
}
