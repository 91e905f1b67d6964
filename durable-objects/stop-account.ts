import { pauseLinkedinAccount } from "../adapters/d1/linkedin-accounts.ts";
import type { Mode } from "../core/enrollment.ts";
import type { TellAccountJob } from "../core/jobs.ts";
import type { AccountTrouble } from "../core/linkedin/provider.ts";

/** A LinkedIn account of a tenant. */
export interface AccountOf {
  readonly tenantId: string;
  readonly accountId: string;
  readonly mode: Mode;
}

/** The account can't act: it is switched off, and the tenant's endpoints are told, once. Rejects where D1 or the queue doesn't take it; `at` in ms. */
export async function stopAccount(env: Env, account: AccountOf, trouble: AccountTrouble, at: number): Promise<void> {
  const wasOn = await pauseLinkedinAccount(env.DB, account, trouble, at);
  if (!wasOn) return;
  const { tenantId, accountId, mode } = account;
  const data = { accountId, state: trouble.state, enabled: false, reason: trouble.detail };
  await env.JOB_QUEUE.send({ type: "tell_account", tenantId, mode, at, data } satisfies TellAccountJob);
}
