import { createRoute } from "@hono/zod-openapi";
import { findLinkedinAccount, type LinkedinAccountRow } from "../../../adapters/d1/linkedin-accounts.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import { linkedinProviderFor } from "../../../adapters/linkedin/provider-for.ts";
import { NoFields } from "../../../core/contract/common.ts";
import { LinkedinCheck } from "../../../core/contract/linkedin-account.ts";
import type { AccountResult } from "../../../core/linkedin/provider.ts";
import { stopAccount } from "../../../durable-objects/stop-account.ts";
import type { Api } from "../../api.ts";
import { emptyBodyIsNone } from "../../empty-body.ts";
import { takeWell } from "../../linkedin/take-news.ts";
import { bodyRefusals, idempotencyHeader, json, needs, no, optionalBody } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { linkedinAccountId } from "./parameter.ts";
import { showLinkedinAccount } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/linkedin-accounts/{id}/check",
  operationId: "checkLinkedinAccount",
  tags: ["LinkedIn"],
  security: needs("linkedin:write"),
  summary: "Check a LinkedIn account",
  description:
    "Asks the provider how the account stands and keeps what it says as `state`. One that is disconnected or restricted is switched off, with the reason; one that was only disconnected is switched on again when it is well.",
  middleware: emptyBodyIsNone,
  request: { params: linkedinAccountId, headers: idempotencyHeader, body: optionalBody(NoFields) },
  responses: {
    ...bodyRefusals,
    200: json(LinkedinCheck, "What the provider says now."),
    404: no("not_found"),
    409: no("conflict", "idempotency_in_progress"),
  },
});

/** POST /v1/linkedin-accounts/:id/check */
export function checkLinkedinAccount(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const before = await findLinkedinAccount(tenant, c.req.valid("param").id);
    if (before === null) return notFound(c);
    if (before.provider === "unipile" && before.secret === null)
      return problem(c, "conflict", "Its API key didn't come along with the import: save it first (`unipile.apiKey`).");
    const way = await linkedinProviderFor(c.env, tenant.tenantId, before);
    if (way === null) return problem(c, "conflict", "A person acts for this account: there is nobody to ask.");
    const said = await way.provider.account();
    await keep(c.env, before, said, Date.now());
    const after = await findLinkedinAccount(tenant, before.id);
    if (after === null) return notFound(c);
    const { timeZone } = await readTenant(tenant);
    const account = showLinkedinAccount(after, c.env.PUBLIC_URL, timeZone);
    c.set("change", {
      id: before.id,
      before: showLinkedinAccount(before, c.env.PUBLIC_URL, timeZone),
      after: account,
    });
    return c.json({ ...verdictOf(said), account }, 200);
  });
}

async function keep(
  env: Env,
  { id: accountId, tenantId, mode }: LinkedinAccountRow,
  said: AccountResult,
  now: number,
): Promise<void> {
  const account = { tenantId, accountId, mode };
  if (said.kind === "ok") await takeWell(env, account, now);
  if (said.kind === "account") await stopAccount(env, account, said.trouble, now);
}

function verdictOf(said: AccountResult): Omit<LinkedinCheck, "account"> {
  switch (said.kind) {
    case "ok":
      return { verdict: "ok", owner: said.name, detail: null };
    case "account":
      return { verdict: said.trouble.state, owner: null, detail: said.trouble.detail };
    case "failed":
      return { verdict: "no_answer", owner: null, detail: said.detail };
  }
}
