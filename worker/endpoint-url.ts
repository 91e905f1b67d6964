import { checkUrlAndHost, urlSettings } from "../adapters/webhook/check-url.ts";
import type { ProblemError } from "../core/contract/problem.ts";

/** What is wrong with a URL that a customer wants to save, as the fault of the body's field at `pointer`; empty when nothing is. */
export async function endpointUrlFaults(
  env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE" | "DOH_URL">,
  url: string,
  pointer: string,
): Promise<readonly ProblemError[]> {
  const verdict = await checkUrlAndHost(url, urlSettings(env), Date.now());
  return verdict.ok ? [] : [{ pointer, detail: verdict.detail }];
}
