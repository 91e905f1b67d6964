import { createRoute } from "@hono/zod-openapi";
import { revokeInvitation } from "../../../adapters/d1/invitations.ts";
import { Invitation } from "../../../core/contract/member.ts";
import type { Api } from "../../api.ts";
import { idParameter, json, needs, no, refusals } from "../../openapi/parts.ts";
import { notFound } from "../../problem.ts";
import { refuseInTest } from "../members/live-only.ts";
import { showInvitation } from "./show.ts";

const route = createRoute({
  method: "delete",
  path: "/v1/invitations/{id}",
  operationId: "revokeInvitation",
  tags: ["Members"],
  security: needs("members:write"),
  summary: "Revoke an invitation",
  description: "Its link opens nothing any more. One that was accepted stays so: remove the member. In live mode only.",
  request: { params: idParameter("The invitation's id, not what stands in its link.", "inv_mzxw6ytboi2gk3tu") },
  responses: {
    200: json(Invitation, "The invitation as it is now."),
    404: no("not_found"),
    ...refusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
  },
});

/** DELETE /v1/invitations/:id */
export function deleteInvitation(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const changed = await revokeInvitation(c.get("tenant"), c.req.valid("param").id);
    if (changed === null) return notFound(c);
    const now = Date.now();
    const [before, after] = [showInvitation(changed.before, now), showInvitation(changed.after, now)];
    c.set("change", { id: after.id, before, after });
    return c.json(after, 200);
  });
}
