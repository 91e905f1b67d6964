import { createRoute, z } from "@hono/zod-openapi";
import { livingKeysOf } from "../../../adapters/d1/member-keys.ts";
import { findMember, removeMember } from "../../../adapters/d1/members.ts";
import { KeysChoice } from "../../../core/contract/member.ts";
import type { Api } from "../../api.ts";
import { needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { fateOf, refuseUndecided } from "./keys-fate.ts";
import { refuseInTest } from "./live-only.ts";
import { memberParameter } from "./parameter.ts";
import { refuseRoles, sayNotChanged } from "./refuse-change.ts";
import { showMember } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/members/{id}",
  operationId: "removeMember",
  tags: ["Members"],
  security: needs("members:write"),
  summary: "Remove a member",
  description:
    "They are out with their next request; their account stays, and what they did keeps their name. Keys that they made are revoked or kept, as you say. The last owner stays. In live mode only.",
  request: { params: memberParameter, query: z.strictObject({ keys: KeysChoice.optional() }) },
  responses: {
    204: { description: "They are no member any more." },
    404: no("not_found"),
    409: no("last_owner", "has_keys", "conflict"),
    ...refusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** DELETE /v1/members/:id */
export function deleteMember(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const tenant = c.get("tenant");
    const member = await findMember(tenant, c.req.valid("param").id);
    if (member === null) return notFound(c);
    const beyond = refuseRoles(c, [member.role]);
    if (beyond !== null) return beyond;
    const { keys } = c.req.valid("query");
    const now = Date.now();
    const undecided = refuseUndecided(c, await livingKeysOf(tenant, member.personId, now), keys);
    if (undecided !== null) return undecided;
    const isRemoved = await removeMember(tenant, member, { fate: fateOf(c, member, keys), at: now });
    if (!isRemoved) return sayNotChanged(c, member);
    c.set("change", { id: member.id, before: showMember(member), after: null });
    return c.body(null, 204);
  });
}
