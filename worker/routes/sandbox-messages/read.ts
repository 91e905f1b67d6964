import { createRoute } from "@hono/zod-openapi";
import { z } from "zod";
import { findSandboxMail } from "../../../adapters/d1/sandbox-mail.ts";
import { readMessage } from "../../../adapters/mail/read-message.ts";
import { SandboxMessage } from "../../../core/contract/sandbox-message.ts";
import type { Api } from "../../api.ts";
import { json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { showSandboxMail } from "./show.ts";

const route = createRoute({
  method: "get",
  path: "/v1/sandbox/messages/{sendKey}",
  operationId: "getSandboxMessage",
  tags: ["Sandbox"],
  security: needs("sandbox:read"),
  summary: "Read a message of a sandbox mailbox",
  description: "The exact bytes that a mail server would have got, and what a mail program reads in them.",
  request: { params: z.object({ sendKey: z.string().meta({ description: "The message's send key." }) }) },
  responses: { 200: json(SandboxMessage, "The message."), 404: no("not_found"), ...refusals },
});

/** GET /v1/sandbox/messages/:sendKey */
export function readSandboxMessage(app: Api): void {
  app.openapi(route, async (c) => {
    const row = await findSandboxMail(c.get("tenant"), c.req.valid("param").sendKey);
    if (row === null) return notFound(c);
    const { references, headers, ...message } = await readMessage(row.raw);
    return c.json(
      { ...showSandboxMail(row), ...message, references: [...references], headers: [...headers], raw: row.raw },
      200,
    );
  });
}
