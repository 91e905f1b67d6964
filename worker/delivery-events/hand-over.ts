import { leadAmong } from "../../adapters/d1/enrollments.ts";
import { comparable } from "../../adapters/mail/ascii-domain.ts";
import type { DeliveryEvent } from "../../core/mail/delivery-event.ts";
import type { SuppressionReason } from "../../core/suppression.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";
import { suppressNow } from "../suppress-now.ts";

/**
 * Tells an enrollment what became of a message of its. Who must not be written to again is on the list at once, also where
 * the enrollment was emptied long after its end. Rejects when the object or D1 is away: then the event must come again.
 */
export async function handOver(
  env: Env,
  tenantId: string,
  enrollmentId: string,
  said: DeliveryEvent,
  now: number,
): Promise<void> {
  const report = { ...said, recipient: comparable(said.recipient) };
  const reason = reasonOf(report);
  if (reason !== null) {
    const lead = await leadAmong(env.DB, tenantId, enrollmentId, report.recipient);
    if (lead !== null) await suppressNow(env, lead, [report.recipient], reason, now, BY_PROVIDER);
  }
  await enrollmentStub(env, tenantId, enrollmentId).request({ type: "delivery_reported", report });
}

const BY_PROVIDER = { actor: { kind: "system", id: "delivery_reports" } } as const;

function reasonOf({ kind, bounce }: DeliveryEvent): SuppressionReason | null {
  if (kind === "complained" || kind === "unsubscribed") return kind;
  return bounce?.addressDead === true ? "bounced" : null;
}
