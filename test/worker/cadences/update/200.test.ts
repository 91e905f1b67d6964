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

test("windows and closed days are replaced as a whole, shown, and published with the rest", async () => {
  const { ask } = await customer();
  const id = await publishedCadence(ask);
  const times = {
    sendingWindows: [
      { days: ["mon", "tue"], from: "09:00", to: "12:00" },
      { days: ["tue"], from: "14:00", to: "24:00" },
    ],
    blackoutDates: [{ from: "2026-12-24", to: "2027-01-02" }, { from: "2028-02-29" }],
    holidayCalendars: ["CH", "lead"],
    jitterMinutes: 30,
  };
  expect((await ask.patch(`/v1/cadences/${id}`, times)).body).toMatchObject({ ...times, unpublishedChanges: true });
  const one = [{ days: ["fri"], from: "00:00", to: "24:00" }];
  expect((await ask.patch(`/v1/cadences/${id}`, { sendingWindows: one, blackoutDates: [] })).body).toMatchObject({
    sendingWindows: one,
    blackoutDates: [],
    jitterMinutes: 30,
  });
  expect((await ask.post(`/v1/cadences/${id}/publish`)).body).toMatchObject({ unpublishedChanges: false });
  expect((await ask.get(`/v1/cadences/${id}/versions`)).body.data[0].settings).toMatchObject({
    sendingWindows: one,
    holidayCalendars: ["CH", "lead"],
  });
});
