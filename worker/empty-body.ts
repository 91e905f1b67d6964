import type { MiddlewareHandler } from "hono";
import type { ApiEnv } from "./api.ts";

/**
 * For a route whose body may be left out: an empty one is none, whatever content-type came with it. Many clients name one
 * for every POST, and the parser would take nothing for broken JSON.
 */
export const emptyBodyIsNone: MiddlewareHandler<ApiEnv> = async (c, next) => {
  if ((await c.req.text()) === "") {
    const headers = new Headers(c.req.raw.headers);
    for (const name of ["content-type", "content-length", "transfer-encoding"]) headers.delete(name);
    c.req.raw = new Request(c.req.url, { method: c.req.method, headers });
  }
  return next();
};
