import { expect, test } from "vitest";
import { customer, LEAD } from "../../../support/cadences.ts";

test("a cadence without a published version takes no lead, and says what to do", async () => {
  const { ask } = await customer();
  const made = await ask.post("/v1/cadences", { name: "A" });
  const { status, body } = await ask.post(`/v1/cadences/${made.body.cadence.id}/enrollments`, LEAD);
  expect([status, body.code]).toEqual([409, "not_published"]);
  expect(body.detail).toContain(`POST /v1/cadences/${made.body.cadence.id}/publish`);
});
