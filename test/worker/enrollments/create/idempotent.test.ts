import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { enrollmentStub } from "../../../../durable-objects/stub.ts";
import { customer, enrolled, LEAD, publishedCadence } from "../../../support/cadences.ts";

test("the same leadExternalId again is the same enrollment, created: false, and changes nothing", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const first = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  const again = await ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, leadName: "Somebody Else" });
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.body).toMatchObject({
    ok: true,
    created: false,
    enrollment: { id: first.body.enrollment.id, leadName: "Jane Doe" },
  });
});

test("fifty at the same moment make one enrollment, and exactly one is told that it was new", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD)),
  );
  expect(answers.filter(({ status, body }) => status === 201 && body.created)).toHaveLength(1);
  expect(answers.filter(({ status, body }) => status === 200 && !body.created)).toHaveLength(49);
  expect(new Set(answers.map(({ body }) => body.enrollment.id)).size).toBe(1);
});

test("the same lead may be in two cadences", async () => {
  const { ask } = await customer();
  const [one, two] = [await publishedCadence(ask), await publishedCadence(ask)];
  expect(await enrolled(ask, one)).not.toBe(await enrolled(ask, two));
});

test("where a crash came between the row and the object, the repeat begins it", async () => {
  const { ask, tenantId } = await customer();
  const cadence = await publishedCadence(ask);
  // What the crash left behind: the row of an enrollment whose object has never heard of it.
  const other = await enrolled(ask, cadence, { leadExternalId: "template" });
  const id = "enr_aaaabbbbccccdddd";
  await env.DB.prepare(
    `INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_name, beginning, state, phase, created_at, updated_at)
     SELECT ?1, tenant_id, mode, cadence_id, version, 'lead-1', lead_name, json_set(beginning, '$.id', ?1, '$.lead.externalId', 'lead-1'), 'active', 'waiting', created_at, 0 FROM enrollments WHERE id = ?2`,
  )
    .bind(id, other)
    .run();
  const stub = enrollmentStub(env, tenantId, id);
  expect(await stub.read()).toBeNull();
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toMatchObject({ state: "active", leadName: "Jane Doe" });
  expect((await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD)).body).toMatchObject({
    created: false,
    enrollment: { id },
  });
  expect(await stub.read()).toMatchObject({ id, phase: { name: "waiting" } });
});

test("with an Idempotency-Key the first answer comes again as it was", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const headers = { "idempotency-key": "one" };
  const first = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD, headers);
  const again = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD, headers);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(again.headers.get("idempotency-replayed")).toBe("true");
});
