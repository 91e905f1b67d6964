import type { OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Tenant } from "../adapters/d1/tenant-db.ts";
import type { Actor } from "../core/actor.ts";
import type { AuditAct, Shown } from "../core/audit.ts";
import type { Grant } from "../core/grant.ts";

/** What a request changed, for the audit log: a thing as the API shows it, before and after; null where there was or is none. */
export interface Change {
  readonly id: string | null;
  readonly before: Shown | null;
  readonly after: Shown | null;
  /** Whose thing it is, where no key says so. */
  readonly owner?: Pick<AuditAct, "tenantId" | "mode">;
}

/** What every request has beside itself. `tenant`, `keyId`, `actor` and `grant` are set under /v1 by authentication; public routes must not read them. */
export interface ApiEnv {
  Bindings: Env;
  Variables: {
    requestId: string;
    tenant: Tenant;
    /** The id of who asks, a key's or a person's: for the log. */
    keyId: string;
    /** The member behind who asks: themselves, or the maker of the key; null for a key that is the tenant's own. */
    makerId: string | null;
    /** Who asks, for the audit log. */
    actor: Actor;
    /** Set by every route that changes something as soon as it has; null where it took that back. */
    change?: Change | null;
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
