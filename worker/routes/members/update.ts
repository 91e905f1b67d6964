import { createRoute } from "@hono/zod-openapi";
import { livingKeysOf } from "../../../adapters/d1/member-keys.ts";
import { changeRole, findMember } from "../../../adapters/d1/members.ts";
import { Member, UpdateMember } from "../../../core/contract/member.ts";
import { scopesOf } from "../../../core/roles.ts";
import { scopesBeyond } from "../../../core/scope.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { fateOf, refuseUndecided } from "./keys-fate.ts";
import { refuseInTest } from "./live-only.ts";
import { memberParameter } from "./parameter.ts";
import { refuseRoles, sayNotChanged } from "./refuse-change.ts";
import { showMember } from "./show.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/members/{id}",
  operationId: "updateMember",
  tags: ["Members"],
  security: needs("members:write"),
  summary: "Give a member another role",
  description:
    "Takes hold with their next request. Nobody gives or takes a role that may more than they; owners are made and unmade by owners, and the last one stays. Keys that they made and that may more are revoked or kept, as you say. In live mode only.",
  request: { params: memberParameter, body: body(UpdateMember) },
  responses: {
    200: json(Member, "The member as they are now."),
    404: no("not_found"),
    409: no("last_owner", "has_keys", "conflict"),
    ...bodyRefusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** PATCH /v1/members/:id */
export function updateMember(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const tenant = c.get("tenant");
    const member = await findMember(tenant, c.req.valid("param").id);
    if (member === null) return notFound(c);
    const { role, keys } = c.req.valid("json");
    const beyond = refuseRoles(c, [member.role, role]);
    if (beyond !== null) return beyond;
    const now = Date.now();
    const wider = (await livingKeysOf(tenant, member.personId, now)).filter(
      ({ scopes }) => scopesBeyond(scopesOf(role), scopes).length > 0,
    );
    const undecided = refuseUndecided(c, wider, keys);
    if (undecided !== null) return undecided;
    const settled = { keyIds: wider.map(({ id }) => id), fate: fateOf(c, member, keys), at: now };
    const isChanged = await changeRole(tenant, member, role, settled);
    if (!isChanged) return sayNotChanged(c, member);
    const shown = showMember({ ...member, role });
    c.set("change", { id: member.id, before: showMember(member), after: shown });
    return c.json(shown, 200);
  });
}
