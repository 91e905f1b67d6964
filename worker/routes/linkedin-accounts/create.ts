import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { insertLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { checkLinkedinApi } from "../../../adapters/linkedin/check-api-url.ts";
import { newHookSecret } from "../../../adapters/linkedin/new-hook-secret.ts";
import {
  CreateLinkedinAccount,
  LinkedinAccountWithSecret,
  type StoredUnipile,
  unipileUrl,
} from "../../../core/contract/linkedin-account.ts";
import { linkedinPaceFaults, newInvitationsPace, newMessagesPace } from "../../../core/contract/linkedin-pace.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import type { Api } from "../../api.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { invalid } from "../../validation.ts";
import { sealHooksSecret, sealLinkedinSecret } from "./secret.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/linkedin-accounts",
  operationId: "createLinkedinAccount",
  tags: ["LinkedIn"],
  security: needs("linkedin:write"),
  summary: "Make a LinkedIn account",
  description:
    "An account invites and writes on LinkedIn: by Unipile's API, or by a person's hand. `hookSecret` is shown in this answer only. A test key makes accounts with the provider `manual` only.",
  request: { headers: idempotencyHeader, body: body(CreateLinkedinAccount) },
  responses: {
    201: json(LinkedinAccountWithSecret, "The account with the secret of its webhooks, this once."),
    ...bodyRefusals,
    409: no("idempotency_in_progress"),
  },
});

/** POST /v1/linkedin-accounts */
export function createLinkedinAccount(app: Api): void {
  app.openapi(route, async (c) => {
    const wish = c.req.valid("json");
    const tenant = c.get("tenant");
    const now = Date.now();
    const invitations = newInvitationsPace(wish.plan, wish.invitations, now);
    const messages = newMessagesPace(wish.plan, wish.messages, now);
    const faults = [
      ...(await providerFaults(c.env, tenant, wish, now)),
      ...linkedinPaceFaults("invitations", invitations),
      ...linkedinPaceFaults("messages", messages),
    ];
    if (faults.length > 0) return invalid(c, faults);
    const id = newId("lia");
    const hookSecret = wish.provider === "unipile" ? newHookSecret() : null;
    const row = await insertLinkedinAccount(
      tenant,
      {
        id,
        name: wish.name,
        provider: wish.provider,
        ...(await wayOut(c.env, tenant, id, wish)),
        hooksSecret: hookSecret === null ? null : await sealHooksSecret(c.env, tenant.tenantId, id, hookSecret),
        plan: wish.plan,
        timeZone: wish.timeZone,
        workingHours: JSON.stringify(wish.workingHours),
        invitationsPace: JSON.stringify(invitations),
        messagesPace: JSON.stringify(messages),
        profileViewsPerDay: wish.profileViewsPerDay,
        withdrawAfterDays: wish.withdrawAfterDays,
        pollNextAt: wish.provider === "unipile" ? now : null,
        // What was written before is nobody's here.
        messagesSeenUntil: wish.provider === "unipile" ? now : null,
      },
      wish.isDefault ?? null,
      now,
    );
    const shown = showLinkedinAccount(row, c.env.PUBLIC_URL, (await readTenant(tenant)).timeZone);
    c.set("change", { id, before: null, after: shown });
    c.set("secretFields", hookSecret === null ? [] : ["hookSecret"]);
    return c.json({ ...shown, hookSecret }, 201);
  });
}

async function providerFaults(
  env: Env,
  tenant: Tenant,
  wish: CreateLinkedinAccount,
  now: number,
): Promise<readonly ProblemError[]> {
  if (wish.provider === "manual") return [];
  if (tenant.mode === "sandbox")
    return [
      {
        pointer: "/provider",
        detail:
          "must be manual with a test key: a test key reaches nobody, and what a manual account is to do is only shown",
      },
    ];
  const verdict = await checkLinkedinApi(env, unipileUrl(wish.unipile.apiUrl), now);
  return verdict.ok ? [] : [{ pointer: "/unipile/apiUrl", detail: verdict.detail }];
}

/** How the provider knows it, as it is stored: what may be read, and what is sealed. */
async function wayOut(env: Env, { tenantId }: Tenant, id: string, wish: CreateLinkedinAccount) {
  if (wish.provider === "manual") return { settings: "{}", secret: null };
  const { apiUrl, accountId, apiKey } = wish.unipile;
  const settings: StoredUnipile = { apiUrl: unipileUrl(apiUrl), accountId };
  return { settings: JSON.stringify(settings), secret: await sealLinkedinSecret(env, tenantId, id, apiKey) };
}
