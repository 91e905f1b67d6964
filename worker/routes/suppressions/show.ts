import type { SuppressionRow } from "../../../adapters/d1/suppressions.ts";
import type { Suppression } from "../../../core/contract/suppression.ts";

/** A row as the API shows it. */
export function showSuppression(row: SuppressionRow): Suppression {
  const { id, mode, scope, value, reason, enrollmentId, createdAt } = row;
  return { id, mode, scope, value, reason, enrollmentId, createdAt: new Date(createdAt).toISOString() };
}
