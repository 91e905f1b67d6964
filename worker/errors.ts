import type { ErrorHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import { isStorageDown } from "../adapters/d1/storage-down.ts";
import type { ApiContext, ApiEnv } from "./api.ts";
import { problem } from "./problem.ts";

/** What was thrown, as an answer. Nothing of the inside is told; the request's id leads to it in our own log. */
export const sayError: ErrorHandler<ApiEnv> = (error, c) => {
  if (error instanceof HTTPException) return sayRefusal(error, c);
  console.error(JSON.stringify({ requestId: c.get("requestId"), method: c.req.method, path: c.req.path, error: describe(error) }));
  if (isStorageDown(error)) {
    return problem(c, "unreadable", "The database doesn't answer right now. Nothing is lost; try again in a few seconds.", {
      headers: { "retry-after": "5" },
    });
  }
  return problem(c, "internal", `Something broke on our side. Tell us this id: ${c.get("requestId")}.`);
};

/** Hono's own refusals of a body, in our words. */
function sayRefusal(error: HTTPException, c: ApiContext): Response {
  if (error.status === 415) return problem(c, "unsupported_media_type", "Send the body as JSON with `content-type: application/json`.");
  if (error.status === 400) return problem(c, "invalid_json", "The body can't be read as JSON.");
  return problem(c, "internal", `Something broke on our side. Tell us this id: ${c.get("requestId")}.`);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? `${error.stack ?? error.message}` : `${error.stack ?? error.message} <- ${describe(error.cause)}`;
}
