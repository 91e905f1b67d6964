import type { EnrollmentObject } from "./enrollment.ts";

/** What an enrollment's object answers to. (Workers' own stub type can't express records of unknown values.) */
export type EnrollmentStub = DurableObjectStub &
  Pick<EnrollmentObject, "begin" | "request" | "receive" | "read" | "readWithLines" | "wake">;

/** The object's name carries the tenant, so that an id of another tenant leads to another, empty object. */
export function enrollmentObjectName(tenantId: string, enrollmentId: string): string {
  return `${tenantId}/${enrollmentId}`;
}

/** The object of one enrollment. */
export function enrollmentStub(env: Env, tenantId: string, enrollmentId: string): EnrollmentStub {
  return env.ENROLLMENTS.getByName(enrollmentObjectName(tenantId, enrollmentId)) as unknown as EnrollmentStub;
}
