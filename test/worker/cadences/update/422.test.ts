import { expect, test } from "vitest";
import { customer, publishedCadence } from "../../../support/cadences.ts";

test.each([
  [{ version: 9 }, "/version"],
  [{ tenantId: "ten_other" }, "/tenantId"],
  [{ enabled: "yes" }, "/enabled"],
  [{ endpointId: "end_aaaaaaaaaaaaaaaa" }, "/endpointId"],
])("%j is refused and nothing changes", async (change, pointer) => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  const before = (await ask.get(`/v1/cadences/${id}`)).body;
  const { status, body } = await ask.patch(`/v1/cadences/${id}`, change);
  expect([status, body.errors[0].pointer]).toEqual([422, pointer]);
  expect((await ask.get(`/v1/cadences/${id}`)).body).toEqual(before);
});

test("a cadence that publishes its changes by itself can't lose the endpoint that its steps ask", async () => {
  const { ask } = await customer();
  const made = await ask.post("/v1/cadences", {
    name: "Outreach",
    webhookUrl: "https://hooks.acme.example/drafts",
    steps: [{ kind: "email" }],
  });
  const path = `/v1/cadences/${made.body.cadence.id}`;
  const { status, body } = await ask.patch(path, { endpointId: null });
  expect([status, body.errors[0].pointer]).toEqual([422, "/endpointId"]);
  // The control: one that is published by request may, and says that it isn't published.
  const free = await ask.patch(path, { endpointId: null, autoPublish: false });
  expect([free.status, free.body.unpublishedChanges]).toEqual([200, true]);
});

test("blackout dates that leave no time in the windows that are there are refused, and nothing changes", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask, { sendingWindows: [{ days: ["mon"], from: "09:00", to: "12:00" }] });
  const day = (from: number) => new Date(Date.now() + from * 24 * 3600_000).toISOString().slice(0, 10);
  const { status, body } = await ask.patch(`/v1/cadences/${id}`, {
    blackoutDates: [
      { from: day(-1), to: day(300) },
      { from: day(301), to: day(600) },
    ],
  });
  expect([status, body.errors[0].pointer]).toEqual([422, "/blackoutDates"]);
  expect((await ask.get(`/v1/cadences/${id}`)).body.blackoutDates).toEqual([]);
});
