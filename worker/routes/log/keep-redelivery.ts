import { newId } from "../../../adapters/crypto/ids.ts";
import { besideColumns, insertBeside, type JournalRecord } from "../../../adapters/d1/journal.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { storeExchange } from "../../../adapters/r2/bodies.ts";
import type { Exchange } from "../../../core/journal.ts";
import { logId } from "../../../core/log-id.ts";

/** Logs what a redelivery brought, beside the line whose request it repeated. The enrollment hears nothing of it. */
export async function keepRedelivery(
  bodies: R2Bucket,
  tenant: Tenant,
  original: JournalRecord,
  exchange: Exchange,
): Promise<JournalRecord> {
  const { enrollmentId, cadenceId, version, step, what, subjectId, attempt } = original;
  // Under the enrollment's prefix like all its bytes, so that erasure finds it.
  const stored = await storeExchange(
    bodies,
    `${tenant.tenantId}/${enrollmentId}/redelivery-${newId("req")}.json`,
    exchange,
  );
  return insertBeside(tenant, {
    enrollmentId,
    cadenceId,
    version,
    step,
    what,
    subjectId,
    attempt,
    ...besideColumns(exchange, "redelivery, not used"),
    ...stored,
    detail: JSON.stringify({ startedAt: exchange.startedAt, redeliveryOf: logId(original) }),
  });
}
