import type { MiddlewareHandler } from "hono";
import type { ApiContext, ApiEnv } from "../api.ts";
import { problem } from "../problem.ts";

const READING: ReadonlySet<string> = new Set(["GET", "HEAD"]);

/** Lets on what only reads, and of the rest what our own pages or a program without a browser's cookies have sent. */
export const ownOriginOnly: MiddlewareHandler<ApiEnv> = async (c, next) => {
  const fault = crossSiteFault(c);
  return fault === null ? next() : problem(c, "cross_site", fault);
};

/**
 * Why a request that changes something may not come from our own pages, or null when it does. A browser adds its cookies
 * to what any site asks of us, but says which site that was, and lets none send JSON here that we don't answer to.
 */
export function crossSiteFault(c: ApiContext): string | null {
  if (READING.has(c.req.method)) return null;
  const origin = c.req.header("origin");
  const site = c.req.header("sec-fetch-site");
  if (origin === undefined && c.req.header("cookie") !== undefined)
    return "A request with a cookie that changes something needs the header `Origin`, as every browser sends it.";
  if (origin !== undefined && !ownOrigins(c).includes(origin))
    return `This request was made by a page of ${origin}. Make it from this installation's own pages.`;
  if (site !== undefined && site !== "same-origin")
    return `This request was made from elsewhere (Sec-Fetch-Site: ${site}). Make it from this installation's own pages.`;
  return isJsonOrEmpty(c) ? null : "Send the body as JSON with `content-type: application/json`.";
}

/** Where the installation says that it is, and where this request has reached it. */
export function ownOrigins(c: ApiContext): readonly string[] {
  return [new URL(c.env.PUBLIC_URL).origin, new URL(c.req.url).origin];
}

function isJsonOrEmpty(c: ApiContext): boolean {
  const type = c.req.header("content-type");
  if (type !== undefined) return /^application\/json\s*(;|$)/i.test(type.trim());
  return c.req.raw.body === null || c.req.header("content-length") === "0";
}
