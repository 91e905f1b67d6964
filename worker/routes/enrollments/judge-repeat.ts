import { type EnrollmentRecord, findEnrolledAddress, findNewestRound } from "../../../adapters/d1/enrollments.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { type Reenroll, reenrollableAt } from "../../../core/reenroll.ts";
import { type EnrollmentStub, enrollmentStub } from "../../../durable-objects/stub.ts";

/** What becomes of a lead who may have been in the cadence before. */
export type Repeat =
  /** Enrolled, as the so-manieth time, once the ends of `earlier` are final (`closeEarlier`). */
  | { readonly kind: "enroll"; readonly round: number; readonly earlier: readonly string[] }
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
  if (policy === null)
    return same === null ? { kind: "enroll", round: 0, earlier: [] } : { kind: "there", record: same };
  const other =
    lead.email === null ? null : await findEnrolledAddress(tenant, cadence.id, { ...lead, email: lead.email });
  const earlier = [same, other].filter((record) => record !== null);
  for (const record of earlier) {
    const endedAt = await endOf(enrollmentStub(env, tenant.tenantId, record.id), record);
    if (endedAt === null)
      return record === same ? { kind: "there", record } : { kind: "refused", detail: runs(record) };
    const refusal = refusalOf(policy, record, endedAt, now);
    if (refusal !== null) return { kind: "refused", detail: refusal };
  }
  return { kind: "enroll", round: same === null ? 0 : same.round + 1, earlier: earlier.map(({ id }) => id) };
}

/**
 * Makes the ends of these final: an end by a reply can be taken back by the customer, and from here on two would run. Says
 * which one runs again, or null.
 */
export async function closeEarlier(env: Env, tenant: Tenant, earlier: readonly string[]): Promise<string | null> {
  for (const id of earlier) {
    const closed = await enrollmentStub(env, tenant.tenantId, id).request({ type: "enrolled_anew" });
    if (!closed.ok && closed.code !== "not_found") return closed.detail;
  }
  return null;
}

function runs({ id, leadExternalId }: EnrollmentRecord): string {
  return `${id} runs in this cadence with the same address, as lead "${leadExternalId}". Wait until it ends, or stop it: POST /v1/enrollments/${id}/unenroll`;
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
