import { type AddedBy, suppressAudited } from "../adapters/d1/suppressions.ts";
import { comparable } from "../adapters/mail/ascii-domain.ts";
import type { Mode } from "../core/enrollment.ts";
import type { SuppressionReason } from "../core/suppression.ts";

/**
 * Puts addresses on the list of suppressions in this moment. The enrollment's own line does the same by way of the log,
 * which may be behind for as long as the queue is, and isn't written any more where the object was emptied.
 */
export async function suppressNow(
  env: Env,
  enrollment: { readonly id: string; readonly tenantId: string; readonly mode: Mode },
  emails: readonly (string | null)[],
  reason: SuppressionReason,
  now: number,
  by: AddedBy,
): Promise<void> {
  const values = new Set(emails.flatMap((email) => (email === null ? [] : [comparable(email)])));
  if (values.size === 0) return;
  const { id, tenantId, mode } = enrollment;
  const entries = [...values].map(
    (value) => ({ tenantId, mode, scope: "address", value, reason, enrollmentId: id, at: now }) as const,
  );
  await suppressAudited(env.DB, entries, by);
}
