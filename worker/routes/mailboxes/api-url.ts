import { checkApiUrl } from "../../../adapters/mail/check-api-url.ts";
import type { MailApiName } from "../../../core/contract/mail-apis.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";

/** What is wrong with the URL of a provider's API that a customer wants to save; empty when nothing is, as with null for its own. */
export function apiUrlFaults(
  env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE">,
  provider: MailApiName,
  apiUrl: string | null,
): readonly ProblemError[] {
  if (apiUrl === null) return [];
  const verdict = checkApiUrl(apiUrl, { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on" });
  return verdict.ok ? [] : [{ pointer: `/${provider}/apiUrl`, detail: verdict.detail }];
}
