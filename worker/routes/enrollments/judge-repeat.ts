import { type EnrollmentRecord, findEnrolledAddress, findNewestRound } from "../../../adapters/d1/enrollments.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { type Reenroll, reenrollableAt } from "../../../core/reenroll.ts";
import { type EnrollmentStub, enrollmentStub } from "../../../durable-objects/stub.ts";

/** What becomes of a lead who may have been in the cadence before. */
export type Repeat =
  /** Enrolled, as the so-manieth time. */
  | { readonly kind: "enroll"; readonly round: number }
  /** Answered with the enrollment that is there. */
  | { readonly kind: "there"; readonly record: EnrollmentRecord }
  | { readonly kind: "refused"; readonly detail: string };

/**
 * Judges by the lead's own id, and, where the cadence has a policy, by the address too. Whatever runs is left as it is: the
 * same id is answered with it, and another id with the same address is refused.
 */
export async function judgeRepeat(
  env: Env,
  tenant: Tenant,
  cadence: CadenceVersion,
  lead: { readonly externalId: string; readonly email: string | null },
  now: number,
): Promise<Repeat> {
  const policy = cadence.settings.reenroll ?? null;
  const same = await findNewestRound(tenant, cadence.id, lead.externalId);
  if (policy === null) return same === null ? { kind: "enroll", round: 0 } : { kind: "there", record: same };
  const round = same === null ? 0 : same.round + 1;
  const earlier = same ?? (lead.email === null ? null : await findEnrolledAddress(tenant, cadence.id, lead.email));
  if (earlier === null) return { kind: "enroll", round };
  const stub = enrollmentStub(env, tenant.tenantId, earlier.id);
  const ended = await endOf(stub, earlier);
  if (ended === null)
    return same === null
      ? {
          kind: "refused",
          detail: `${earlier.id} runs in this cadence with the same address, as lead "${earlier.leadExternalId}". Wait until it ends, or stop it: POST /v1/enrollments/${earlier.id}/unenroll`,
        }
      : { kind: "there", record: same };
  const refusal = refusalOf(policy, earlier, ended, now);
  if (refusal !== null) return { kind: "refused", detail: refusal };
  // An end by a reply can be taken back by the customer; from here on it can't, or two would run.
  const closed = await stub.request({ type: "enrolled_anew" });
  if (!closed.ok && closed.code !== "not_found")
    return same === null ? { kind: "refused", detail: closed.detail } : { kind: "there", record: same };
  return { kind: "enroll", round };
}

/** When it ended, in milliseconds; null while it runs. The object knows, the index where that is empty already. */
async function endOf(stub: EnrollmentStub, record: EnrollmentRecord): Promise<number | null> {
  const truth = await stub.read();
  if (truth !== null) return truth.phase.name === "finished" ? truth.phase.at : null;
  return ENDED.has(record.state) ? record.updatedAt : null;
}

const ENDED: ReadonlySet<string> = new Set(["completed", "unenrolled", "exited"]);

function refusalOf(policy: Reenroll, earlier: EnrollmentRecord, endedAt: number, now: number): string | null {
  const from = reenrollableAt(policy, endedAt);
  if (from !== null && from <= now) return null;
  const ended = `${earlier.id} of this person ended in this cadence at ${new Date(endedAt).toISOString()}`;
  return from === null
    ? `${ended}, and the cadence enrolls nobody twice: its setting reenroll is "never".`
    : `${ended}; by the cadence's setting reenroll they may be enrolled again from ${new Date(from).toISOString()} on.`;
}
