import { PlainError } from "../plain-error.ts";

export const KINDS = ["drafts", "messages", "enrollments"] as const;

/** What is to change of a tenant's quotas; null lifts one, what is left out stays. */
export type QuotaChange = { readonly [Kind in (typeof KINDS)[number]]?: number | null };

/** Reads `--messages 10000` or `--messages none`. Throws PlainError on anything else. */
export function readQuota(kind: string, text: string): number | null {
  if (text === "none") return null;
  if (/^\d{1,12}$/.test(text)) return Number(text);
  throw new PlainError(`--${kind} takes a number of a month, or "none" to lift the quota; "${text}" is neither.`);
}

/** Throws PlainError on what is no tenant's id: it stands in the statements as it is. */
export function readTenantId(text: string | undefined): string {
  if (text !== undefined && /^ten_[a-z2-7]{16}$/.test(text)) return text;
  throw new PlainError(`--tenant takes a tenant's id, such as ten_mzxw6ytboi2gk3tu: GET /v1/tenant says it.`);
}

/** Sets the quotas, and has whoever waits for them look again by the next sweep. */
export function changeStatement(tenantId: string, change: QuotaChange): string {
  const set = KINDS.flatMap((kind) =>
    change[kind] === undefined ? [] : [`quota_${kind} = ${change[kind] ?? "NULL"}`],
  );
  return `UPDATE tenants SET ${[...set, "wake_due = 1"].join(", ")} WHERE id = '${tenantId}'`;
}

/** The tenant's quotas and its last month. */
export function showStatement(tenantId: string): string {
  return `SELECT t.name, t.quota_drafts AS drafts, t.quota_messages AS messages, t.quota_enrollments AS enrollments, u.month, u.drafts AS draftsUsed, u.messages AS messagesUsed, u.enrollments AS enrollmentsUsed FROM tenants t LEFT JOIN plan_usage u ON u.tenant_id = t.id WHERE t.id = '${tenantId}' ORDER BY u.month DESC LIMIT 1`;
}
