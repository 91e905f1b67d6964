import { expect, test } from "vitest";
import { customer, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";

test("each publishing is the next version, and the ones before stay as they were", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  await ask.put(`/v1/cadences/${id}/steps`, { steps: [STATIC_STEP, { kind: "wait", delayDays: 1 }] });
  const { status, body } = await ask.post(`/v1/cadences/${id}/publish`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ version: 2, unpublishedChanges: false });
  const versions = await ask.get(`/v1/cadences/${id}/versions`);
  expect(
    versions.body.data.map(({ version, steps }: { version: number; steps: unknown[] }) => [version, steps.length]),
  ).toEqual([
    [2, 2],
    [1, 1],
  ]);
});

test("publishing what is published already makes no version", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  expect((await ask.post(`/v1/cadences/${id}/publish`)).body.version).toBe(1);
});

test("of many at the same moment, one makes the version and nobody makes two", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  await ask.patch(`/v1/cadences/${id}`, { dailySendCap: 7 });
  const answers = await Promise.all(Array.from({ length: 8 }, () => ask.post(`/v1/cadences/${id}/publish`)));
  expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true);
  expect((await ask.get(`/v1/cadences/${id}/versions`)).body.data).toHaveLength(2);
});
