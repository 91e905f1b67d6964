import { expect, test } from "vitest";
import { customer, LEAD, STATIC_STEP } from "../../support/cadences.ts";

const KEY = { "idempotency-key": "once" };

test("a refusal for the state of things is not kept: after publishing, the same request under the same key enrolls", async () => {
  const { ask } = await customer();
  const { id } = (await ask.post("/v1/cadences", { name: "A", steps: [STATIC_STEP] })).body.cadence;
  expect((await ask.post(`/v1/cadences/${id}/enrollments`, LEAD, KEY)).body.code).toBe("not_published");
  await ask.post(`/v1/cadences/${id}/publish`);
  const enrolled = await ask.post(`/v1/cadences/${id}/enrollments`, LEAD, KEY);
  expect(enrolled.status).toBe(201);
  // The control: what was done is kept.
  const again = await ask.post(`/v1/cadences/${id}/enrollments`, LEAD, KEY);
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([201, "true"]);
});

test("what wasn't found isn't kept either", async () => {
  const { ask } = await customer();
  const path = "/v1/cadences/cad_aaaaaaaaaaaaaaaa/publish";
  expect((await ask.post(path, undefined, KEY)).status).toBe(404);
  const again = await ask.post(path, undefined, KEY);
  expect([again.status, again.headers.get("idempotency-replayed")]).toEqual([404, null]);
});
