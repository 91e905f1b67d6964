import type { AuditRow } from "../../../adapters/d1/audit-log.ts";
import type { AuditEntry } from "../../../core/contract/audit.ts";
import { toTimestamp } from "../../../core/contract/common.ts";

/** A row as the API shows it. */
export function showAct(row: AuditRow): AuditEntry {
  const { id, mode, action, outcome, requestId } = row;
  return {
    ...{ id, at: toTimestamp(row.at), mode },
    actor: { kind: row.actorKind, id: row.actorId, label: row.actorLabel },
    ...{ action, outcome },
    target: { kind: row.targetKind, id: row.targetId },
    from: { address: row.fromAddress, userAgent: row.userAgent },
    requestId,
    before: fieldsOf(row.before),
    after: fieldsOf(row.after),
    redactedAt: row.redactedAt === null ? null : toTimestamp(row.redactedAt),
  };
}

function fieldsOf(json: string | null): AuditEntry["before"] {
  return json === null ? null : JSON.parse(json);
}
