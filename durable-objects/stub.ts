import type { EnrollmentObject } from "./enrollment.ts";

/** The object's name carries the tenant, so that an id of another tenant leads to another, empty object. */
export function enrollmentObjectName(tenantId: string, enrollmentId: string): string {
  return `${tenantId}/${enrollmentId}`;
}

/** The object of one enrollment. */
export function enrollmentStub(env: Env, tenantId: string, enrollmentId: string): DurableObjectStub<EnrollmentObject> {
  return env.ENROLLMENTS.getByName(enrollmentObjectName(tenantId, enrollmentId));
}
