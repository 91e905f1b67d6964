import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { enrollmentStub } from "../../../../durable-objects/stub.ts";
import { customer, LATER, LEAD, publishedCadence } from "../../../support/cadences.ts";

test("MyAgentMail's fields are taken, and the lead's time zone and country beside them", async () => {
  const { ask, mailboxId, tenantId } = await customer();
  const cadence = await publishedCadence(ask);
  const lead = {
    ...LEAD,
    leadLinkedinUrl: "https://www.linkedin.com/in/jane",
    leadProfileUrn: "urn:li:1",
    sessionId: "s1",
    inboxId: mailboxId,
    context: { deal: { size: 7 }, tags: ["a", null] },
    leadTimeZone: "Asia/Tokyo",
    leadCountry: "JP",
  };
  const { status, body } = await ask.post(`/v1/cadences/${cadence}/enrollments`, lead);
  expect(status).toBe(201);
  expect(body).toMatchObject({ ok: true, created: true });
  expect(body.enrollment).toMatchObject({
    ...lead,
    cadenceId: cadence,
    version: 1,
    state: "active",
    phase: "waiting",
    currentStep: 0,
    exitReason: null,
    nextDueAt: LATER,
    startAt: LATER,
  });
  const truth = await enrollmentStub(env, tenantId, body.enrollment.id).read();
  expect(truth).toMatchObject({
    mailboxId,
    lead: { externalId: "lead-1", name: "Jane Doe", timeZone: "Asia/Tokyo", country: "JP", context: lead.context },
  });
});

test("only leadExternalId is needed; the mailbox is then the cadence's, else the default one", async () => {
  const { ask, mailboxId } = await customer();
  const other = (await ask.post("/v1/mailboxes", { provider: "sandbox", email: "other@acme.example" })).body.id;
  const plain = await publishedCadence(ask);
  const own = await publishedCadence(ask, { mailboxId: other });
  const inboxOf = async (cadence: string) =>
    (await ask.post(`/v1/cadences/${cadence}/enrollments`, { leadExternalId: "a", startAt: LATER })).body.enrollment
      .inboxId;
  expect(await inboxOf(plain)).toBe(mailboxId);
  expect(await inboxOf(own)).toBe(other);
});

test("a time that has passed means now", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask, { steps: [{ kind: "wait", delayDays: 2 }] });
  const { body } = await ask.post(`/v1/cadences/${cadence}/enrollments`, {
    leadExternalId: "a",
    startAt: "2001-01-01T00:00:00+02:00",
  });
  const dueInMs = Date.parse(body.enrollment.nextDueAt) - Date.now();
  expect(dueInMs).toBeGreaterThan(2 * 24 * 3600_000 - 60_000);
  expect(dueInMs).toBeLessThanOrEqual(2 * 24 * 3600_000);
});

test("a context of exactly 16 KiB still fits", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const context = { a: "é".repeat((16 * 1024 - '{"a":""}'.length) / 2) };
  expect((await ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, context })).status).toBe(201);
});

test("an enrollment keeps the version it started on", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const first = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  await ask.patch(`/v1/cadences/${cadence}`, { dailySendCap: 1 });
  await ask.post(`/v1/cadences/${cadence}/publish`);
  const second = await ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, leadExternalId: "lead-2" });
  expect([first.body.enrollment.version, second.body.enrollment.version]).toEqual([1, 2]);
  expect((await ask.get(`/v1/enrollments/${first.body.enrollment.id}`)).body.version).toBe(1);
});
