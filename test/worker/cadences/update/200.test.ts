import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { customer, publishedCadence } from "../../../support/cadences.ts";

afterEach(() => vi.restoreAllMocks());

test("settings change the draft; what is published stays", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  const { status, body } = await ask.patch(`/v1/cadences/${id}`, { dailySendCap: 7, name: "Renamed" });
  expect(status).toBe(200);
  expect(body).toMatchObject({
    dailySendCap: 7,
    businessHoursOnly: true,
    name: "Renamed",
    version: 1,
    unpublishedChanges: true,
  });
  const versions = await ask.get(`/v1/cadences/${id}/versions`);
  expect(versions.body.data).toMatchObject([{ version: 1, name: "Welcome", settings: { dailySendCap: 50 } }]);
});

test("enabled false pauses, and true wakes what waited", async () => {
  const { ask, tenantId } = await customer();
  const id = await publishedCadence(ask);
  const send = vi.spyOn(env.JOB_QUEUE, "send");
  expect((await ask.patch(`/v1/cadences/${id}`, { enabled: false })).body).toMatchObject({
    enabled: false,
    unpublishedChanges: false,
  });
  expect(send).not.toHaveBeenCalled();
  expect((await ask.patch(`/v1/cadences/${id}`, { enabled: true })).body.enabled).toBe(true);
  expect(send).toHaveBeenCalledWith({
    type: "wake",
    tenantId,
    mode: "sandbox",
    where: { cadenceId: id },
    cause: "switch_on",
    afterSeq: 0,
  });
});

test("two people who change different settings at once both get theirs", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  await Promise.all([
    ask.patch(`/v1/cadences/${id}`, { dailySendCap: 7 }),
    ask.patch(`/v1/cadences/${id}`, { businessHoursOnly: false }),
  ]);
  expect((await ask.get(`/v1/cadences/${id}`)).body).toMatchObject({ dailySendCap: 7, businessHoursOnly: false });
});
