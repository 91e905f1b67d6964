import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { customer, enrolled, LEAD, publishedCadence } from "../../../support/cadences.ts";
import { MESSAGE_STEP, manualAccount } from "../../../support/tasks.ts";

async function cadenceOnLinkedin(more: object = {}) {
  const { ask, tenantId } = await customer();
  const [first, second] = [await manualAccount(tenantId), await manualAccount(tenantId)];
  const cadenceId = await publishedCadence(ask, { steps: [MESSAGE_STEP], ...more });
  return { ask, tenantId, first, second, cadenceId };
}

const sessionOf = async (ask: Awaited<ReturnType<typeof customer>>["ask"], id: string) =>
  (await ask.get(`/v1/enrollments/${id}`)).body.sessionId;

test("the account that sessionId names acts; else the cadence's; else the default one", async () => {
  const { ask, tenantId, first, second, cadenceId } = await cadenceOnLinkedin();
  expect(await sessionOf(ask, await enrolled(ask, cadenceId))).toBe(first);
  const named = await enrolled(ask, cadenceId, { leadExternalId: "b", leadEmail: null, sessionId: second });
  expect(await sessionOf(ask, named)).toBe(second);
  const row = await env.DB.prepare("SELECT linkedin_account_id AS id FROM enrollments WHERE id = ? AND tenant_id = ?")
    .bind(named, tenantId)
    .first();
  expect(row).toEqual({ id: second });
  await ask.patch(`/v1/cadences/${cadenceId}`, { linkedinAccountId: second });
  await ask.post(`/v1/cadences/${cadenceId}/publish`);
  const ofCadence = await enrolled(ask, cadenceId, { leadExternalId: "c", leadEmail: null });
  expect(await sessionOf(ask, ofCadence)).toBe(second);
});

test("a session that is none of ours is refused where a step is for LinkedIn, and kept where none is", async () => {
  const { ask, cadenceId } = await cadenceOnLinkedin();
  const lead = { ...LEAD, sessionId: "sess-1" };
  const { status, body } = await ask.post(`/v1/cadences/${cadenceId}/enrollments`, lead);
  expect([status, body.errors[0].pointer]).toEqual([422, "/sessionId"]);
  const id = await enrolled(ask, await publishedCadence(ask), { sessionId: "sess-1" });
  const shown = (await ask.get(`/v1/enrollments/${id}`)).body;
  expect([shown.sessionId, shown.linkedin]).toEqual(["sess-1", null]);
});

test("without any account a cadence on LinkedIn isn't published, and takes no lead", async () => {
  const { ask, tenantId } = await customer();
  const { body: refused } = await ask.post("/v1/cadences", { name: "A", steps: [MESSAGE_STEP], publish: true });
  expect(refused.errors[0].pointer).toBe("/linkedinAccountId");
  await manualAccount(tenantId);
  const cadenceId = await publishedCadence(ask, { steps: [MESSAGE_STEP] });
  await env.DB.prepare("UPDATE linkedin_accounts SET is_default = 0 WHERE tenant_id = ?").bind(tenantId).run();
  const { status, body } = await ask.post(`/v1/cadences/${cadenceId}/enrollments`, LEAD);
  expect([status, body.errors[0].pointer]).toEqual([422, "/sessionId"]);
  expect(body.errors[0].detail).toContain("POST /v1/linkedin-accounts");
});

test("another tenant's account is none that a lead can be given to", async () => {
  const { ask, cadenceId } = await cadenceOnLinkedin();
  const theirs = await manualAccount((await customer()).tenantId);
  const { status } = await ask.post(`/v1/cadences/${cadenceId}/enrollments`, { ...LEAD, sessionId: theirs });
  expect(status).toBe(422);
});
