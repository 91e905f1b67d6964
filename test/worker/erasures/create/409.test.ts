import { expect, test } from "vitest";
import { customer, enrolled, LEAD, publishedCadence } from "../../../support/cadences.ts";

test("an erased person can't be enrolled, nor put in another's place, until the erasure is lifted", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const other = await enrolled(ask, cadence, { leadExternalId: "other", leadEmail: "other@lead.example" });
  const erased = (await ask.post("/v1/erasures", { email: "Jane@LEAD.example" })).body.erasure;
  const refused = await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD);
  expect([refused.status, refused.body.code]).toEqual([409, "person_erased"]);
  const edited = await ask.patch(`/v1/enrollments/${other}`, { lead: { email: "jane@lead.example" } });
  expect([edited.status, edited.body.code]).toEqual([409, "person_erased"]);
  expect((await ask.delete(`/v1/erasures/${erased.id}`)).status).toBe(204);
  expect((await ask.post(`/v1/cadences/${cadence}/enrollments`, LEAD)).status).toBe(201);
});

test("one tenant's erasure bars nobody of another's, and a test key's nobody of live sending", async () => {
  const [mine, others] = [await customer(), await customer()];
  await mine.ask.post("/v1/erasures", { email: LEAD.leadEmail });
  expect((await others.ask.post(`/v1/cadences/${await publishedCadence(others.ask)}/enrollments`, LEAD)).status).toBe(
    201,
  );
  await mine.live.post("/v1/mailboxes", { provider: "sandbox", email: "live@acme.example" });
  const live = await publishedCadence(mine.live);
  expect((await mine.live.post(`/v1/cadences/${live}/enrollments`, LEAD)).status).toBe(201);
  // A live key's erasure covers both.
  const { body } = await mine.live.post("/v1/erasures", { email: LEAD.leadEmail });
  expect(body.removed.enrollments).toBe(1);
  expect((await mine.ask.get("/v1/erasures")).body.data).toHaveLength(1);
});
