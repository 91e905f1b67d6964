import { checkUrl } from "../adapters/webhook/check-url.ts";
import type { ProblemError } from "../core/contract/problem.ts";

/** What is wrong with a URL that a customer wants to save, as the fault of the body's field at `pointer`; empty when nothing is. */
export function endpointUrlFaults(
  env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE">,
  url: string,
  pointer: string,
): readonly ProblemError[] {
  const verdict = checkUrl(url, { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on" });
  return verdict.ok ? [] : [{ pointer, detail: verdict.detail }];
}
