import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";

async function one() {
  const { ask } = await customer();
  const id = await enrolled(ask, await publishedCadence(ask));
  return { ask, id };
}

test("paused and active again, as MyAgentMail does it; the answer is the truth at once", async () => {
  const { ask, id } = await one();
  expect((await ask.patch(`/v1/enrollments/${id}`, { state: "paused" })).body).toMatchObject({
    state: "paused",
    pausedBy: expect.stringMatching(/^key_/),
  });
  expect((await ask.get(`/v1/enrollments/${id}`)).body.state).toBe("paused");
  expect((await ask.patch(`/v1/enrollments/${id}`, { state: "active" })).body).toMatchObject({
    state: "active",
    pausedBy: null,
  });
});

test("unenrolled with a reason ends it for good", async () => {
  const { ask, id } = await one();
  const { status, body } = await ask.patch(`/v1/enrollments/${id}`, {
    state: "unenrolled",
    exitReason: "bought elsewhere",
  });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    state: "unenrolled",
    exitReason: "bought elsewhere",
    phase: "finished",
    nextDueAt: null,
  });
});

test("a lead's fields are corrected one by one; null empties, absent leaves", async () => {
  const { ask, id } = await one();
  const { body } = await ask.patch(`/v1/enrollments/${id}`, {
    lead: { name: "Jane D.", email: null, country: "CH", context: { a: 1 } },
  });
  expect(body).toMatchObject({
    leadName: "Jane D.",
    leadEmail: null,
    leadCountry: "CH",
    context: { a: 1 },
    leadExternalId: "lead-1",
    state: "active",
  });
});

test("pause and resume have routes of their own", async () => {
  const { ask, id } = await one();
  expect((await ask.post(`/v1/enrollments/${id}/pause`)).body.state).toBe("paused");
  expect((await ask.post(`/v1/enrollments/${id}/pause`)).status).toBe(200);
  expect((await ask.post(`/v1/enrollments/${id}/resume`)).body.state).toBe("active");
});

test("an international domain is kept as servers name it, from enrolling on and after an edit", async () => {
  const { ask } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId, { leadEmail: "Jane@bücher.example" });
  expect((await ask.get(`/v1/enrollments/${id}`)).body.leadEmail).toBe("Jane@xn--bcher-kva.example");
  await ask.patch(`/v1/enrollments/${id}`, { lead: { email: "jane@müller.example" } });
  expect((await ask.get(`/v1/enrollments/${id}`)).body.leadEmail).toBe("jane@xn--mller-kva.example");
});
