import { type EnrollmentRecord, findEnrollment } from "../../../adapters/d1/enrollments.ts";
import type { Enrollment } from "../../../core/enrollment.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { ApiContext, Change } from "../../api.ts";
import { notFound } from "../../problem.ts";
import { sayRefusal } from "../../refusal.ts";
import { showEnrollment } from "./show.ts";

/** Puts requests to one enrollment, in order, and answers with how it stands then. The first no ends it. */
export async function askEnrollment(
  c: ApiContext,
  id: string,
  events: readonly [RequestEvent, ...RequestEvent[]],
  about: About = wholeEnrollment,
) {
  const tenant = c.get("tenant");
  // The index is asked first: an id that isn't ours must not make an empty object.
  const record = await findEnrollment(tenant, id);
  if (record === null) return notFound(c);
  const stub = enrollmentStub(c.env, tenant.tenantId, record.id);
  const [first, ...others] = events;
  let answer = await stub.request(first);
  const { before } = answer.ok ? answer : { before: null };
  for (const event of others) if (answer.ok) answer = await stub.request(event);
  if (before !== null) c.set("change", about(record, before, answer.ok ? answer.enrollment : before));
  return answer.ok ? c.json(showEnrollment(record, answer.enrollment), 200) : sayRefusal(c, answer);
}

/** What the audit log says of it: of which thing, and how that was and is. */
export type About = (record: EnrollmentRecord, before: Enrollment, after: Enrollment) => Change;

function wholeEnrollment(record: EnrollmentRecord, before: Enrollment, after: Enrollment): Change {
  return { id: record.id, before: showEnrollment(record, before), after: showEnrollment(record, after) };
}
