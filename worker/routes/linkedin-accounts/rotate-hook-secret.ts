import { createRoute } from "@hono/zod-openapi";
import { findLinkedinAccount, updateLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { newHookSecret } from "../../../adapters/linkedin/new-hook-secret.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { LinkedinAccountWithSecret } from "../../../core/contract/linkedin-account.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { linkedinAccountId } from "./parameter.ts";
import { sealHooksSecret } from "./secret.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/linkedin-accounts/{id}/rotate-hook-secret",
  operationId: "rotateHookSecret",
  tags: ["LinkedIn"],
  security: needs("linkedin:write"),
  summary: "Rotate the secret of a LinkedIn account's webhooks",
  description:
    "The secret before it is refused from now on: save the new one with the provider's webhooks at once. What they tell meanwhile isn't lost, since the provider is asked for it too.",
  middleware: emptyBodyIsNone,
  request: { params: linkedinAccountId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(LinkedinAccountWithSecret, "The account with the new secret of its webhooks, this once."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/linkedin-accounts/:id/rotate-hook-secret */
export function rotateHookSecret(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const account = await findLinkedinAccount(tenant, c.req.valid("param").id);
    if (account === null) return notFound(c);
    if (account.provider === "manual")
      return problem(c, "conflict", "A person acts for this account: it has no webhooks.");
    const hookSecret = newHookSecret();
    const hooksSecret = await sealHooksSecret(c.env, tenant.tenantId, account.id, hookSecret);
    const changed = await updateLinkedinAccount(tenant, account.id, { hooksSecret }, false, Date.now());
    if (changed === null) return notFound(c);
    const { timeZone } = await readTenant(tenant);
    const shown = showLinkedinAccount(changed.after, c.env.PUBLIC_URL, timeZone);
    c.set("change", {
      id: account.id,
      before: showLinkedinAccount(changed.before, c.env.PUBLIC_URL, timeZone),
      after: { ...shown, replaced: ["hookSecret"] },
    });
    c.set("secretFields", ["hookSecret"]);
    return c.json({ ...shown, hookSecret }, 200);
  });
}
