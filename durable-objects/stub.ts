import type { EnrollmentObject } from "./enrollment.ts";

/** What an enrollment's object answers to. (Workers' own stub type can't express records of unknown values.) */
export type EnrollmentStub = DurableObjectStub &
  Pick<
    EnrollmentObject,
    | "begin"
    | "request"
    | "receive"
    | "read"
    | "readWithLines"
    | "readWithCadence"
    | "readChainEnd"
    | "wake"
    | "erase"
    | "takeOut"
    | "takeIn"
  >;

/** The object's name carries the tenant, so that an id of another tenant leads to another, empty object. */
export function enrollmentObjectName(tenantId: string, enrollmentId: string): string {
  return `${tenantId}/${enrollmentId}`;
}

/**
 * Whether an object of this name is that of this tenant's enrollment. The platform may not tell an object its name: then
 * there is nothing to compare with, and it is.
 */
export function isNamedFor(
  name: string | undefined,
  whose: { readonly tenantId: string; readonly id: string },
): boolean {
  return name === undefined || name === enrollmentObjectName(whose.tenantId, whose.id);
}

/** The object of one enrollment. */
export function enrollmentStub(env: Env, tenantId: string, enrollmentId: string): EnrollmentStub {
  return env.ENROLLMENTS.getByName(enrollmentObjectName(tenantId, enrollmentId)) as unknown as EnrollmentStub;
}
