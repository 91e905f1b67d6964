import { createRoute } from "@hono/zod-openapi";
import { sha256Hex, toHex } from "../../../adapters/crypto/bytes.ts";
import { newId } from "../../../adapters/crypto/ids.ts";
import { insertInvitation } from "../../../adapters/d1/invitations.ts";
import { isMember } from "../../../adapters/d1/members.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { CreateInvitation, InvitationCreated } from "../../../core/contract/member.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { linkTo, sendInvitation, wayOut } from "../../people/links.ts";
import { problem } from "../../problem.ts";
import { refuseInTest } from "../members/live-only.ts";
import { refuseRoles } from "../members/refuse-change.ts";
import { showInvitation } from "./show.ts";

const TOKEN_BYTES = 32;
const WEEK_MS = 7 * 24 * 3600_000;

const route = createRoute({
  method: "post",
  path: "/v1/invitations",
  operationId: "createInvitation",
  tags: ["Members"],
  security: needs("members:write"),
  summary: "Invite somebody",
  description:
    "Their link works once, for 7 days. Where the installation sends e-mail to its people, they get it so and nobody else sees it; where not, it is in this answer only, to be handed on. An earlier invitation to the address is revoked. In live mode only.",
  request: { headers: idempotencyHeader, body: body(CreateInvitation) },
  responses: {
    201: json(InvitationCreated, "The invitation; with its link, this once, where it wasn't sent."),
    ...bodyRefusals,
    403: no("forbidden", "missing_scope", "address_not_allowed"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/invitations */
export function createInvitation(app: Api): void {
  app.openapi(route, async (c) => {
    const refused = refuseInTest(c);
    if (refused !== null) return refused;
    const { role, ...wish } = c.req.valid("json");
    const beyond = refuseRoles(c, [role]);
    if (beyond !== null) return beyond;
    const tenant = c.get("tenant");
    const email = wish.email.toLowerCase();
    if (await isMember(tenant, email)) return problem(c, "conflict", `${email} is a member already.`);
    const now = Date.now();
    const token = toHex(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
    const row = await insertInvitation(tenant, {
      ...{ id: newId("inv"), email, role, inviterId: c.get("actor").id },
      tokenHash: await sha256Hex(token),
      mailed: wayOut(c.env) === "mail",
      createdAt: new Date(now),
      expiresAt: new Date(now + WEEK_MS),
    });
    const shown = showInvitation(row, now);
    c.set("change", { id: row.id, before: null, after: shown });
    const link = linkTo(c.env, "/invitation", "token", token);
    const isSent = await sendInvitation(c.env, email, (await readTenant(tenant)).name, link);
    c.set("secretFields", ["link"]);
    return c.json({ ...shown, link: isSent ? null : link }, 201);
  });
}
