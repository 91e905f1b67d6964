import { modeOfRecipient } from "../../adapters/d1/enrollments.ts";
import { keepSuppressions } from "../../adapters/d1/suppressions.ts";
import type { DeliveryEvent } from "../../core/mail/delivery-event.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";

/**
 * Tells an enrollment what became of a message of its. One that was emptied long after its end has nothing left to
 * stop, but the address is still suppressed. Rejects when the object or D1 is away: then the event must come again.
 */
export async function handOver(
  env: Env,
  tenantId: string,
  enrollmentId: string,
  report: DeliveryEvent,
  now: number,
): Promise<void> {
  const answer = await enrollmentStub(env, tenantId, enrollmentId).request({ type: "delivery_reported", report });
  const reason = reasonOf(report);
  if (answer.ok || reason === null) return;
  const mode = await modeOfRecipient(env.DB, tenantId, enrollmentId, report.recipient);
  if (mode === null) return;
  await keepSuppressions(env.DB, [
    { tenantId, mode, scope: "address", value: report.recipient, reason, enrollmentId, at: now },
  ]).run();
}

function reasonOf({ kind, bounce }: DeliveryEvent): "complained" | "bounced" | null {
  if (kind === "complained") return "complained";
  return bounce?.addressDead === true ? "bounced" : null;
}
