import { EVENTS_SECRETS } from "../../../core/contract/mail-apis.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";

/** What is wrong with what shall prove a provider's webhooks; empty when nothing is, or nothing can be told by its form. */
export function eventsSecretFaults(provider: string, secret: string | null | undefined): readonly ProblemError[] {
  if (secret == null || !(provider === "resend" || provider === "ses")) return [];
  const read = EVENTS_SECRETS[provider].safeParse(secret);
  return read.success ? [] : read.error.issues.map(({ message }) => ({ pointer: "/eventsSecret", detail: message }));
}
