import { createRoute } from "@hono/zod-openapi";
import { newId } from "../../../adapters/crypto/ids.ts";
import { findVersion } from "../../../adapters/d1/cadence-versions.ts";
import { findCadence } from "../../../adapters/d1/cadences.ts";
import { insertEnrollment, isUnheardOf, type StoredBeginning } from "../../../adapters/d1/enrollments.ts";
import { type PlanMonth, readPlan } from "../../../adapters/d1/plan-usage.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { comparable, withAsciiDomain } from "../../../adapters/mail/ascii-domain.ts";
import { Enroll, Enrolled, startAtProblem } from "../../../core/contract/enrollment.ts";
import { stepDelayMs } from "../../../core/contract/step.ts";
import { monthAfter, startOfMonth } from "../../../core/quota.ts";
import { noteLead } from "../../../durable-objects/ask-pace.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import type { Api } from "../../api.ts";
import { ERASED_DETAIL, isErased } from "../../erasure/is-erased.ts";
import { body, bodyRefusals, idempotencyHeader, json, needs, no } from "../../openapi/parts.ts";
import { notFound, problem } from "../../problem.ts";
import { tellQuotas } from "../../tell-quotas.ts";
import { invalid } from "../../validation.ts";
import { cadenceId } from "../cadences/parameter.ts";
import { accountFor } from "./choose-account.ts";
import { mailboxFor } from "./choose-mailbox.ts";
import { closeEarlier, judgeRepeat } from "./judge-repeat.ts";
import { showEnrollment } from "./show.ts";

const route = createRoute({
  method: "post",
  path: "/v1/cadences/{id}/enrollments",
  operationId: "enrollLead",
  tags: ["Enrollments"],
  security: needs("enrollments:write"),
  summary: "Enroll a lead",
  description:
    "A lead is enrolled in a cadence once: the same `leadExternalId` again answers 200 with the enrollment that is there and `created: false`, and changes nothing in it. The cadence's setting `reenroll` says whether somebody may be enrolled again once that has ended, and compares addresses too.",
  request: { params: cadenceId, headers: idempotencyHeader, body: body(Enroll) },
  responses: {
    ...bodyRefusals,
    201: json(Enrolled, "Enrolled."),
    200: json(Enrolled, "This lead was enrolled before."),
    403: no("quota_reached", "missing_scope", "address_not_allowed", "cross_site", "no_organization"),
    404: no("not_found"),
    409: no("not_published", "person_erased", "already_enrolled", "idempotency_in_progress"),
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
    const acting = await accountFor(tenant, lead.sessionId, published);
    if (!acting.ok) return invalid(c, [{ pointer: "/sessionId", detail: acting.detail }]);

    const senders = { mailboxId: mailbox?.id ?? null, linkedinAccountId: acting.accountId };
    const beginning = beginningOf(tenant, { ...lead, leadEmail: email }, enrollmentId, senders, now);
    const person = { externalId: beginning.lead.externalId, email: email === null ? null : comparable(email) };
    const repeat = await judgeRepeat(c.env, tenant, published.definition, person, now);
    if (repeat.kind === "refused") return problem(c, "already_enrolled", repeat.detail);
    const plan = tenant.mode === "live" ? await readPlan(tenant, now) : null;
    if (repeat.kind === "enroll" && repeat.earlier.length > 0) {
      // Looked at before anything is made final; the insert counts it again.
      if (plan !== null && isSpent(plan)) return problem(c, "quota_reached", spentDetail(plan));
      const again = await closeEarlier(c.env, tenant, repeat.earlier);
      if (again !== null) return problem(c, "already_enrolled", again);
    }
    const firstDelayMs = published.definition.steps.slice(0, 1).reduce((_, step) => stepDelayMs(step), 0);
    const nextDueAt = beginning.startAt + firstDelayMs;
    const inserted =
      repeat.kind === "there"
        ? repeat
        : await insertEnrollment(
            tenant,
            { cadenceId: cadence.id, version, round: repeat.round, month: plan?.month ?? null, beginning, nextDueAt },
            now,
          );
    if (inserted.kind === "quota_reached")
      return problem(c, "quota_reached", spentDetail(plan ?? (await readPlan(tenant, now))));
    const { record } = inserted;
    const created = inserted.kind === "created";
    const enrollment = showEnrollment(record, null);
    c.set("change", { id: record.id, ...(created ? { before: null, after: enrollment } : { before: {}, after: {} }) });
    const stub = enrollmentStub(c.env, tenant.tenantId, record.id);
    // The row first, then the object: where a crash fell in between, the repeat (or the sweeper) begins it.
    if (created) {
      if (plan !== null && plan.enrollments.limit !== null)
        c.executionCtx.waitUntil(
          tellQuotas(c.env, [tenant.tenantId], now).catch((error: unknown) =>
            console.error("what is used of quotas could not be told; the next sweep does it", error),
          ),
        );
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

function isSpent({ enrollments: { used, limit } }: PlanMonth): boolean {
  return limit !== null && used >= limit;
}

function spentDetail({ month, timeZone, enrollments }: PlanMonth): string {
  const from = new Date(startOfMonth(monthAfter(month), timeZone)).toISOString();
  return `The plan's ${enrollments.limit} enrollments of ${month} are used up: leads can be enrolled again from ${from} on. For more, ask the operator of this installation; GET /v1/usage says what is left.`;
}

function beginningOf(
  tenant: Tenant,
  lead: Enroll,
  id: string,
  senders: Pick<StoredBeginning, "mailboxId" | "linkedinAccountId">,
  now: number,
): StoredBeginning {
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
    ...senders,
    startAt: lead.startAt === null ? now : Math.max(Date.parse(lead.startAt), now),
    sessionId: lead.sessionId,
  };
}
