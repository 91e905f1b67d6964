import { expect, test } from "vitest";
import { customer, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";
import type { ApiClient } from "../../../support/worker.ts";

const TWO = [STATIC_STEP, { ...STATIC_STEP, delayDays: 3 }];

test.each(["put", "patch"] as const)(
  "%s replaces the draft's steps; enrollments keep theirs until it is published",
  async (method) => {
    const { ask } = await customer();
    const id = await publishedCadence(ask);
    const { status, body } = await ask[method](`/v1/cadences/${id}/steps`, { steps: TWO });
    expect(status).toBe(200);
    expect(body.steps).toHaveLength(2);
    expect(body).toMatchObject({ version: 1, unpublishedChanges: true });
  },
);

test("a cadence made with webhookUrl takes new steps at once, as MyAgentMail's do", async () => {
  const { ask } = await customer();
  const { id } = await inline(ask, [{ kind: "email" }]);
  const put = await ask.put(`/v1/cadences/${id}/steps`, { steps: TWO });
  expect(put.body).toMatchObject({ version: 2, unpublishedChanges: false });
});

test("a draft that was never published may be emptied", async () => {
  const { ask } = await customer();
  const made = await ask.post("/v1/cadences", { name: "A", steps: [STATIC_STEP] });
  const { status, body } = await ask.put(`/v1/cadences/${made.body.cadence.id}/steps`, { steps: [] });
  expect([status, body.steps]).toEqual([200, []]);
});

async function inline(ask: ApiClient, steps: readonly object[]) {
  const made = await ask.post("/v1/cadences", {
    name: "Outreach",
    webhookUrl: "https://hooks.acme.example/drafts",
    steps,
  });
  return made.body.cadence;
}
