import { findDefaultLinkedinAccount, findLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { needsLinkedinAccount } from "../../../core/contract/steps.ts";
import type { VersionDraft } from "../../../core/publish.ts";

type Outcome =
  | { readonly ok: true; readonly accountId: string | null }
  | { readonly ok: false; readonly detail: string };

/**
 * The LinkedIn account that will act: the one that `sessionId` names, else the version's, else the default one. Where no step
 * is for an account none is looked for, and a `sessionId` of somewhere else is no fault: callers send theirs with every lead.
 */
export async function accountFor(tenant: Tenant, sessionId: string | null, version: VersionDraft): Promise<Outcome> {
  const isNeeded = needsLinkedinAccount(version.definition.steps);
  if (sessionId !== null) {
    const isOurs = (await findLinkedinAccount(tenant, sessionId)) !== null;
    if (isOurs || !isNeeded) return { ok: true, accountId: isOurs ? sessionId : null };
    return {
      ok: false,
      detail:
        "is no LinkedIn account that this key may see: give the id of one (GET /v1/linkedin-accounts), or leave it out for the cadence's or the default one",
    };
  }
  if (version.linkedinAccountId !== null || !isNeeded) return { ok: true, accountId: version.linkedinAccountId };
  const standard = await findDefaultLinkedinAccount(tenant);
  if (standard !== null) return { ok: true, accountId: standard.id };
  return {
    ok: false,
    detail:
      "this cadence acts on LinkedIn, and nothing says by which account: give sessionId, set the cadence's linkedinAccountId, or make a default account with POST /v1/linkedin-accounts",
  };
}
