import { newId } from "../../../adapters/crypto/ids.ts";
import { besideColumns, insertBeside, type JournalRecord, nextBeside } from "../../../adapters/d1/journal.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { storeExchange } from "../../../adapters/r2/bodies.ts";
import type { Exchange } from "../../../core/journal.ts";
import { logId } from "../../../core/log-id.ts";

/** Redeliveries at the same moment count for the same number; a few tries find one each. */
const TRIES_MAX = 10;

/** Logs what a redelivery brought, beside the line whose request it repeated. The enrollment hears nothing of it. */
export async function keepRedelivery(
  bodies: R2Bucket,
  tenant: Tenant,
  original: JournalRecord,
  exchange: Exchange,
): Promise<JournalRecord> {
  // Under the enrollment's prefix like all its bytes, so that erasure finds it.
  const stored = await storeExchange(
    bodies,
    `${tenant.tenantId}/${original.enrollmentId}/redelivery-${newId("req")}.json`,
    exchange,
  );
  const { enrollmentId, cadenceId, version, step, what, subjectId, attempt } = original;
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const row = await insertBeside(tenant, {
      enrollmentId,
      cadenceId,
      version,
      step,
      what,
      subjectId,
      attempt,
      entry: await nextBeside(tenant, enrollmentId),
      ...besideColumns(exchange, "redelivery, not used"),
      ...stored,
      detail: JSON.stringify({ startedAt: exchange.startedAt, redeliveryOf: logId(original) }),
    });
    if (row !== null) return row;
  }
  throw new Error(`no number was free for a redelivery of ${logId(original)}`);
}
