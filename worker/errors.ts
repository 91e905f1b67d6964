import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { isStorageDown } from "../adapters/d1/storage-down.ts";
import { isObjectDown } from "../durable-objects/object-down.ts";
import type { ApiContext, ApiEnv } from "./api.ts";
import { problem } from "./problem.ts";

/** What was thrown, as an answer. Nothing of the inside is told; the request's id leads to it in our own log. */
export const sayError: ErrorHandler<ApiEnv> = (error, c) => {
  if (error instanceof HTTPException) return sayRefusal(error, c);
  console.error(
    JSON.stringify({ requestId: c.get("requestId"), method: c.req.method, path: c.req.path, error: describe(error) }),
  );
  if (isStorageDown(error)) {
    return problem(
      c,
      "unreadable",
      "The database doesn't answer right now. Nothing is lost; try again in a few seconds.",
    );
  }
  if (isObjectDown(error))
    return problem(
      c,
      "unreadable",
      "What this is about doesn't answer right now. Nothing is lost; try again in a few seconds, with the same Idempotency-Key if you sent one.",
    );
  return problem(c, "internal", `Something broke on our side. Tell us this id: ${c.get("requestId")}.`);
};

/** Hono's own refusals of a body, in our words. */
function sayRefusal(error: HTTPException, c: ApiContext): Response {
  if (error.status === 415)
    return problem(c, "unsupported_media_type", "Send the body as JSON with `content-type: application/json`.");
  if (error.status === 400) return problem(c, "invalid_json", "The body can't be read as JSON.");
  return problem(c, "internal", `Something broke on our side. Tell us this id: ${c.get("requestId")}.`);
}

/** The whole chain of causes, for our own log. Statements without their values: those are people's names and addresses. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const said = (error.stack ?? error.message).replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/, "");
  return error.cause === undefined ? said : `${said} <- ${describe(error.cause)}`;
}
