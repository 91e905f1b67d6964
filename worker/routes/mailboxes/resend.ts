import { checkResendUrl } from "../../../adapters/mail/check-resend-url.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";

/** What is wrong with a URL of Resend's API that a customer wants to save; empty when nothing is. */
export function resendFaults(env: Pick<Env, "PUBLIC_URL" | "LOCAL_MODE">, apiUrl: string): readonly ProblemError[] {
  const verdict = checkResendUrl(apiUrl, { publicUrl: env.PUBLIC_URL, localMode: env.LOCAL_MODE === "on" });
  return verdict.ok ? [] : [{ pointer: "/resend/apiUrl", detail: verdict.detail }];
}
