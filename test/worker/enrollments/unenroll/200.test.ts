import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";

test("unenroll works without a body, with a reason, and twice", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const [one, two] = [
    await enrolled(ask, cadence, { leadExternalId: "a" }),
    await enrolled(ask, cadence, { leadExternalId: "b" }),
  ];
  expect((await ask.post(`/v1/enrollments/${one}/unenroll`)).body).toMatchObject({
    state: "unenrolled",
    exitReason: "unenrolled",
  });
  expect((await ask.post(`/v1/enrollments/${two}/unenroll`, { reason: "asked us" })).body).toMatchObject({
    state: "unenrolled",
    exitReason: "asked us",
  });
  expect((await ask.post(`/v1/enrollments/${two}/unenroll`, { reason: "again" })).body).toMatchObject({
    exitReason: "asked us",
  });
  expect((await ask.post(`/v1/enrollments/${two}/unenroll`, { why: "x" })).status).toBe(422);
});
