import { expect, test } from "vitest";
import { customer } from "../../../support/cadences.ts";

test.each([
  ["no step", [], "/steps"],
  ["nobody to ask", [{ kind: "email" }], "/endpointId"],
])("%s", async (_, steps, pointer) => {
  const { ask } = await customer();
  const made = await ask.post("/v1/cadences", { name: "A", steps });
  const { status, body } = await ask.post(`/v1/cadences/${made.body.cadence.id}/publish`);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
});
