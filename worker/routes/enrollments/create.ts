import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { findVersion } from "../../../adapters/d1/cadence-versions.ts";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { insertEnrollment, isUnheardOf, type StoredBeginning } from "../../../adapters/d1/enrollments.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { withAsciiDomain } from "../../../adapters/mail/ascii-domain.ts";
import { Enroll, Enrolled, startAtProblem } from "../../../core/contract/enrollment.ts";
import { stepDelayMs } from "../../../core/contract/step.ts";
import { noteLead } from "../../../durable-objects/ask-pace.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { ERASED_DETAIL, isErased } from "../../erasure/is-erased.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { invalid } from "../../validation.ts";
import { cadenceId } from "../cadences/parameter.ts";
import { mailboxFor } from "./choose-mailbox.ts";
import { showEnrollment } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences/{id}/enrollments",
  operationId: "enrollLead",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Enroll a lead",
  description:
    "A lead is enrolled in a cadence once: the same `leadExternalId` again answers 200 with the enrollment that is there and `created: false`, and changes nothing in it.",
  request: { params: cadenceId, headers: idempotencyHeader, body: body(Enroll) },
  responses: {
    ...bodyRefusals,
    201: json(Enrolled, "Enrolled."),
    200: json(Enrolled, "This lead was enrolled before."),
    404: no("not_found"),
    409: no("not_published", "person_erased", "idempotency_in_progress"),
  },
});

/** POST /v1/cadences/:id/enrollments */
export function enrollLead(app: Api): void {
  app.openapi(route, async (c) => {
    const tenant = c.get("tenant");
    const lead = c.req.valid("json");
    const cadence = await findCadence(tenant, c.req.valid("param").id);
    if (cadence === null) return notFound(c);
    const { version, published } = cadence;
    if (version === null || published === null)
      return problem(
        c,
        "not_published",
        `${cadence.id} has no published version that a lead could start on. Publish it first: POST /v1/cadences/${cadence.id}/publish`,
      );

    if (lead.leadEmail !== null && (await isErased(c.env, tenant, lead.leadEmail)))
      return problem(c, "person_erased", ERASED_DETAIL);
    const now = Date.now();
    const late = lead.startAt === null ? null : startAtProblem(lead.startAt, now);
    if (late !== null) return invalid(c, [{ pointer: "/startAt", detail: late }]);
    const enrollmentId = newId("enr");
    // In ASCII, as providers and servers will name it.
    const email = lead.leadEmail === null ? null : withAsciiDomain(lead.leadEmail);
    const chosen = await mailboxFor(c.env, tenant, { enrollmentId, email, inboxId: lead.inboxId }, published);
    if (!chosen.ok) return invalid(c, [{ pointer: "/inboxId", detail: chosen.detail }]);
    const { mailbox } = chosen;

    const beginning = beginningOf(tenant, { ...lead, leadEmail: email }, enrollmentId, mailbox?.id ?? null, now);
    const firstDelayMs = published.definition.steps.slice(0, 1).reduce((_, step) => stepDelayMs(step), 0);
    const { created, record } = await insertEnrollment(
      tenant,
      { cadenceId: cadence.id, version, beginning, nextDueAt: beginning.startAt + firstDelayMs },
      now,
    );
    const enrollment = showEnrollment(record, null);
    c.set("change", { id: record.id, ...(created ? { before: null, after: enrollment } : { before: {}, after: {} }) });
    const stub = enrollmentStub(c.env, tenant.tenantId, record.id);
    // The row first, then the object: where a crash fell in between, the repeat (or the sweeper) begins it.
    if (created) {
      await stub.begin(beginning, published.definition);
      if (mailbox !== null && published.mailboxIds.length > 0) await noteLead(c.env, tenant.tenantId, mailbox.id);
      return c.json({ ok: true as const, created: true, enrollment, mailbox }, 201);
    }
    if (isUnheardOf(record, now)) {
      const startedOn = await findVersion(tenant, record.cadenceId, record.version);
      if (startedOn !== null) await stub.begin(record.beginning, startedOn.definition);
    }
    const truth = await stub.read();
    return c.json({ ok: true as const, created: false, enrollment: showEnrollment(record, truth), mailbox: null }, 200);
  });
}

function beginningOf(tenant: Tenant, lead: Enroll, id: string, mailboxId: string | null, now: number): StoredBeginning {
  return {
    id,
    tenantId: tenant.tenantId,
    mode: tenant.mode,
    lead: {
      externalId: lead.leadExternalId,
      name: lead.leadName,
      email: lead.leadEmail,
      linkedinUrl: lead.leadLinkedinUrl,
      profileUrn: lead.leadProfileUrn,
      timeZone: lead.leadTimeZone,
      country: lead.leadCountry,
      context: lead.context,
    },
    mailboxId,
    startAt: lead.startAt === null ? now : Math.max(Date.parse(lead.startAt), now),
    sessionId: lead.sessionId,
  };
}
