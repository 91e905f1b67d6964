import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";

test("a draft with LinkedIn steps can't be published yet, and is kept", async () => {
  const { ask } = await customer();
  const made = await ask.post("/v1/cadences", { name: "A", steps: [{ kind: "wait" }, { kind: "linkedin_connect" }] });
  const { id } = made.body.cadence;
  const { status, body } = await ask.post(`/v1/cadences/${id}/publish`);
  expect([status, body.code]).toEqual([409, "not_available_yet"]);
  expect(body.detail).toContain("Step 1 is a linkedin_connect step");
  expect((await ask.get(`/v1/cadences/${id}`)).body.steps).toHaveLength(2);
});
