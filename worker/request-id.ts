import type { MiddlewareHandler } from "hono";
import { newId } from "../adapters/crypto/ids.ts";
import type { ApiEnv } from "./api.ts";

/** Names every request, so that a customer's question and our log meet; the caller's own id is not trusted. */
export const nameRequest: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const requestId = newId("req");
  c.set("requestId", requestId);
  await next();
  c.header("x-request-id", requestId);
  c.header("x-content-type-options", "nosniff");
  if (c.req.path.startsWith("/v1")) c.header("cache-control", "no-store");
};
