import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";

test.each([
  [{}, ""],
  [{ state: "completed" }, "/state"],
  [{ exitReason: "x" }, "/exitReason"],
  [{ state: "paused", exitReason: "x" }, "/exitReason"],
  [{ leadName: "x" }, "/leadName"],
  [{ lead: { externalId: "other" } }, "/lead/externalId"],
  [{ lead: { name: "a\nb" } }, "/lead/name"],
  [{ lead: { context: { a: "x".repeat(17 * 1024) } } }, "/lead/context"],
])("%j is refused and nothing changes", async (change, pointer) => {
  const { ask } = await customer();
  const id = await enrolled(ask, await publishedCadence(ask));
  const before = (await ask.get(`/v1/enrollments/${id}`)).body;
  const { status, body } = await ask.patch(`/v1/enrollments/${id}`, change);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  expect((await ask.get(`/v1/enrollments/${id}`)).body).toEqual(before);
});
