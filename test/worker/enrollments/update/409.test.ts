import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";

test.each([
  ["PATCH state paused", { state: "paused" }],
  ["PATCH state active", { state: "active" }],
])("%s on a finished enrollment says that it is finished", async (_, change) => {
  const { ask } = await customer();
  const id = await enrolled(ask, await publishedCadence(ask));
  await ask.post(`/v1/enrollments/${id}/unenroll`);
  const { status, body } = await ask.patch(`/v1/enrollments/${id}`, change);
  expect([status, body.code]).toEqual([409, "already_finished"]);
});
