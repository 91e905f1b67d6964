import { monthAfter, type QuotaKind, startOfMonth } from "../quota.ts";
import type { Gate, GateContext, GateVerdict } from "./gate.ts";

/** Before a draft its own quota is asked, where the step asks an endpoint, and that of messages: nobody writes in vain. */
export const quotaForDraft: Gate = (context) =>
  verdict(context, context.step?.draftStrategy === "static" ? ["messages"] : ["drafts", "messages"]);

export const quotaForSend: Gate = (context) => verdict(context, ["messages"]);

/** What is used up waits for the first instant of the next month in the tenant's zone. */
function verdict({ now, facts }: GateContext, kinds: readonly Exclude<QuotaKind, "enrollments">[]): GateVerdict {
  const { quotas, timeZone } = facts.tenant;
  if (quotas === null) return { gate: "quota", read: { quota: null }, verdict: "pass" };
  const spent = kinds.find((kind) => quotas[kind].limit !== null && quotas[kind].used >= (quotas[kind].limit ?? 0));
  const until = startOfMonth(monthAfter(quotas.month), timeZone);
  if (spent === undefined || now >= until) return { gate: "quota", read: { ...quotas }, verdict: "pass" };
  return {
    gate: "quota",
    read: { kind: spent, used: quotas[spent].used, quota: quotas[spent].limit, month: quotas.month },
    verdict: "wait",
    until,
    reason: "quota_reached",
  };
}
