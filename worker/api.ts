import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Tenant } from "../adapters/d1/tenant-db.ts";
import type { Actor } from "../core/actor.ts";
import type { Grant } from "../core/grant.ts";

/** What every request has beside itself. `tenant`, `keyId`, `actor` and `grant` are set under /v1 by authentication; public routes must not read them. */
export interface ApiEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    tenant: Tenant;
    /** The id of who asks, a key's or a person's: for the log. */
    keyId: string;
    /** Who asks. */
    actor: Actor;
    /** The limiter has had its word on this request. */
    isCounted?: boolean;
    /** What who asks may do; each route says what it needs. */
    grant: Grant;
    /** Top-level fields of the answer that hold a secret, so that a repeat doesn't show them (see worker/idempotency). */
    secretFields?: readonly string[];
  };
}

export type Api = OpenAPIHono<ApiEnv>;
export type ApiContext = Context<ApiEnv>;
