import { leadAmong } from "../../adapters/d1/enrollments.ts";
import { keepSuppressions } from "../../adapters/d1/suppressions.ts";
import { spellingsOf } from "../../adapters/mail/spellings.ts";
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
  const spellings = spellingsOf(report.recipient);
  const stub = enrollmentStub(env, tenantId, enrollmentId);
  const answer = await stub.request({ type: "delivery_reported", report, spellings });
  const reason = reasonOf(report);
  if (answer.ok || reason === null) return;
  const lead = await leadAmong(env.DB, tenantId, enrollmentId, spellings);
  if (lead === null) return;
  await keepSuppressions(env.DB, [
    { tenantId, mode: lead.mode, scope: "address", value: lead.email, reason, enrollmentId, at: now },
  ]);
}

function reasonOf({ kind, bounce }: DeliveryEvent): "complained" | "bounced" | null {
  if (kind === "complained") return "complained";
  return bounce?.addressDead === true ? "bounced" : null;
}
