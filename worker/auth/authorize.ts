import type { MiddlewareHandler } from "hono";
import { holds, type Scope } from "../../core/scope.ts";
import type { ApiContext, ApiEnv } from "../api.ts";
import { noteRefusal } from "../audit/note-refusal.ts";
import { problem } from "../problem.ts";
import { type AccessTable, accessOf } from "./access.ts";

/**
 * Lets on who has the scope that the route needs. Runs after authentication and before everything that reads the
 * request: neither a schema's complaint nor a kept answer is for who may not ask.
 */
export function authorize(table: () => AccessTable): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const scope = accessOf(c, table());
    if (scope === null || scope === "public") return next();
    return refuseWithout(c, scope) ?? next();
  };
}

/** The answer to whoever lacks the scope; null for whoever has it. For a route that shows, when it is asked to, what another's scope is for. */
export function refuseWithout(c: ApiContext, scope: Scope) {
  if (holds(c.get("grant").scopes, scope)) return null;
  const actor = c.get("actor");
  noteRefusal(c, c.get("tenant"), actor, "missing_scope");
  if (actor.kind === "person")
    return problem(
      c,
      "missing_scope",
      `This needs the scope \`${scope}\`, which the role ${actor.role} doesn't have. Ask an admin or owner of your organisation for another role.`,
    );
  const headers = { "www-authenticate": `Bearer realm="drafthook", error="insufficient_scope", scope="${scope}"` };
  return problem(
    c,
    "missing_scope",
    `This needs the scope \`${scope}\`, which this key doesn't have. Ask with a key that has it, or make one: POST /v1/keys with it in \`scopes\`.`,
    { headers },
  );
}
