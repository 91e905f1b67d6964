import { createRoute } from "@hono/zod-openapi";
import { withAsciiDomain } from "../../../adapters/mail/ascii-domain.ts";
import {
  Enrollment,
  type LeadEdit,
  UpdateEnrollment as UpdateBody,
  type UpdateEnrollment,
} from "../../../core/contract/enrollment.ts";
import type { Lead } from "../../../core/enrollment.ts";
import type { RequestEvent } from "../../../durable-objects/enrollment-requests.ts";
import type { Api } from "../../api.ts";
import { ERASED_DETAIL, isErased } from "../../erasure/is-erased.ts";
import { body, bodyRefusals, json, needs, no } from "../../openapi/parts.ts";
import { problem } from "../../problem.ts";
import { askEnrollment } from "./ask.ts";
import { enrollmentId } from "./parameter.ts";

const route = createRoute({
  method: "patch",
  path: "/v1/enrollments/{id}",
  operationId: "updateEnrollment",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Pause, resume or end an enrollment, or correct its lead",
  description:
    "`state`: paused, active (goes on where it stood) or unenrolled (for good). `lead` changes what is still to be sent. With both, the lead is changed first.",
  request: { params: enrollmentId, body: body(UpdateBody) },
  responses: {
    ...bodyRefusals,
    200: json(Enrollment, "The enrollment as it is now."),
    404: no("not_found"),
    409: no("already_finished", "person_erased"),
  },
});

/** PATCH /v1/enrollments/:id */
export function updateEnrollment(app: Api): void {
  app.openapi(route, async (c) => {
    const changes = c.req.valid("json");
    const email = changes.lead?.email ?? null;
    if (email !== null && (await isErased(c.env, c.get("tenant"), email)))
      return problem(c, "person_erased", ERASED_DETAIL);
    const [first, ...others] = requestsOf(changes, c.get("keyId"));
    if (first === undefined) throw new Error("a body that changes nothing passed its schema");
    return askEnrollment(c, c.req.valid("param").id, [first, ...others]);
  });
}

function requestsOf({ state, exitReason, lead }: UpdateEnrollment, by: string): RequestEvent[] {
  const edit: RequestEvent[] = lead === undefined ? [] : [{ type: "lead_edited", by, lead: given(lead) }];
  switch (state) {
    case undefined:
      return edit;
    case "active":
      return [...edit, { type: "resume_requested", by }];
    case "paused":
      return [...edit, { type: "pause_requested", by }];
    case "unenrolled":
      return [...edit, { type: "unenroll_requested", by, reason: exitReason ?? "unenrolled" }];
  }
}

/** Only the fields that were given: one that is absent stays as it is. The address in ASCII, as servers will name it. */
function given({ email, ...edit }: LeadEdit): Partial<Lead> {
  const rest = Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined));
  return email == null ? { ...rest, ...(email === null ? { email } : {}) } : { ...rest, email: withAsciiDomain(email) };
}
