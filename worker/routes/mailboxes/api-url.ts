import { withoutQuery } from "../../../adapters/mail/check-api-url.ts";
import { checkUrlAndHost, urlSettings } from "../../../adapters/webhook/check-url.ts";
import type { MailApiName } from "../../../core/contract/mail-apis.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";

/** What is wrong with the URL of a provider's API that a customer wants to save; empty when nothing is, as with null for its own. */
export async function apiUrlFaults(
  env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE" | "DOH_URL">,
  provider: MailApiName,
  apiUrl: string | null,
): Promise<readonly ProblemError[]> {
  if (apiUrl === null) return [];
  const verdict = withoutQuery(apiUrl, await checkUrlAndHost(apiUrl, urlSettings(env), Date.now()));
  return verdict.ok ? [] : [{ pointer: `/${provider}/apiUrl`, detail: verdict.detail }];
}
