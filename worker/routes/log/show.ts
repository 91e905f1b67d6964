import type { JournalRecord } from "../../../adapters/d1/journal.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import type { LogEntry } from "../../../core/contract/log.ts";
import { logId } from "../../../core/log-id.ts";
import { maskCompletionTokens } from "../../../core/webhook/mask-token.ts";

/** A line of the log as the API shows it. */
export function showLogEntry(row: JournalRecord): LogEntry {
  const { redeliveryOf, ...detail } = JSON.parse(maskCompletionTokens(row.detail)) as Record<string, unknown>;
  return {
    id: logId(row),
    at: toTimestamp(row.at),
    mode: row.mode,
    kind: row.kind,
    what: row.what,
    // A notice about an endpoint stands under its tenant: there is no enrollment to name.
    enrollmentId: row.enrollmentId.startsWith("enr_") ? row.enrollmentId : null,
    cadenceId: row.cadenceId === "" ? null : row.cadenceId,
    version: row.version,
    step: row.step,
    subjectId: row.subjectId,
    endpointId: row.endpointId,
    url: row.url,
    attempt: row.attempt,
    status: row.status,
    outcome: row.outcome,
    reason: row.reason === null ? null : maskCompletionTokens(row.reason),
    decision: row.decision,
    firstByteMs: row.firstByteMs,
    totalMs: row.totalMs,
    requestBytes: row.requestBytes,
    requestSha256: row.requestSha256,
    responseBytes: row.responseBytes,
    responseSha256: row.responseSha256,
    responseCut: row.responseCut === null ? null : row.responseCut === 1,
    traceId: row.traceId,
    excerpt: row.excerpt === null ? null : maskCompletionTokens(row.excerpt),
    redeliveryOf: typeof redeliveryOf === "string" ? redeliveryOf : null,
    detail,
  };
}
