import { findEnrollment } from "../../../adapters/d1/enrollments.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { ApiContext } from "../../api.ts";
import { notFound } from "../../problem.ts";
import { sayRefusal } from "../../refusal.ts";
import { showEnrollment } from "./show.ts";

/** Puts requests to one enrollment, in order, and answers with how it stands then. The first no ends it. */
export async function askEnrollment(c: ApiContext, id: string, events: readonly [RequestEvent, ...RequestEvent[]]) {
  const tenant = c.get("tenant");
  // The index is asked first: an id that isn't ours must not make an empty object.
  const record = await findEnrollment(tenant, id);
  if (record === null) return notFound(c);
  const stub = enrollmentStub(c.env, tenant.tenantId, record.id);
  const [first, ...others] = events;
  let answer = await stub.request(first);
  for (const event of others) if (answer.ok) answer = await stub.request(event);
  return answer.ok ? c.json(showEnrollment(record, answer.enrollment), 200) : sayRefusal(c, answer);
}
