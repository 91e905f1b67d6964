import { expect, test } from "vitest";
import { customer, STATIC_STEP } from "../../../support/cadences.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const EMAIL = { kind: "email" };
const MORNING = { days: ["mon"], from: "09:00", to: "12:00" };

/** From yesterday on, wherever it is today. */
function aYear() {
  const day = (from: number) => new Date(Date.now() + from * 24 * 3600_000).toISOString().slice(0, 10);
  return [
    { from: day(-1), to: day(300) },
    { from: day(301), to: day(600) },
  ];
}

test.each<readonly [string, object, string, string]>([
  ["no name", { name: undefined }, "/name", ""],
  ["a line break in the name", { name: "a\r\nb" }, "/name", "one line"],
  ["an unknown field", { colour: "red" }, "/colour", "not a known field"],
  [
    "an unknown field in a step",
    { steps: [{ ...STATIC_STEP, colour: "red" }] },
    "/steps/0/colour",
    "not a known field",
  ],
  ["an unknown kind of step", { steps: [{ kind: "sms" }] }, "/steps/0/kind", ""],
  [
    "draftStrategy ai says what to do instead",
    { steps: [{ kind: "email", draftStrategy: "ai" }] },
    "/steps/0/draftStrategy",
    "never runs a model",
  ],
  [
    "a static step without text",
    { steps: [{ ...STATIC_STEP, staticBody: null }] },
    "/steps/0/staticBody",
    "needs a staticBody",
  ],
  ["a fallback without text", { steps: [{ ...EMAIL, onDraftFailure: "fallback" }] }, "/steps/0/staticBody", "fallback"],
  [
    "a first static e-mail without a subject",
    { steps: [{ kind: "wait" }, { ...STATIC_STEP, staticSubject: null }] },
    "/steps/1/staticSubject",
    "opens the thread",
  ],
  ["a negative delay", { steps: [{ ...STATIC_STEP, delayDays: -1 }] }, "/steps/0/delayDays", ""],
  ["a delay of 400 days", { steps: [{ ...STATIC_STEP, delayDays: 400 }] }, "/steps/0/delayDays", "at most 365 days"],
  [
    "a window without a weekday",
    { sendingWindows: [{ ...MORNING, days: [] }] },
    "/sendingWindows/0/days",
    "never opens",
  ],
  [
    "a window that ends as it begins",
    { sendingWindows: [MORNING, { ...MORNING, to: "09:00" }] },
    "/sendingWindows/1/to",
    "never opens",
  ],
  [
    "a window over midnight says how to write it",
    { sendingWindows: [{ days: ["mon"], from: "22:00", to: "06:00" }] },
    "/sendingWindows/0/to",
    "22:00 to 24:00, and 00:00 to 06:00",
  ],
  ["an hour that no clock has", { sendingWindows: [{ ...MORNING, to: "25:00" }] }, "/sendingWindows/0/to", "24:00"],
  [
    "a weekday in another language",
    { sendingWindows: [{ ...MORNING, days: ["lun"] }] },
    "/sendingWindows/0/days/0",
    "",
  ],
  ["29 windows", { sendingWindows: Array.from({ length: 29 }, () => MORNING) }, "/sendingWindows", ""],
  ["the 30th of February", { blackoutDates: [{ from: "2027-02-30" }] }, "/blackoutDates/0/from", "day of the calendar"],
  ["a leap day without a leap year", { blackoutDates: [{ from: "2027-02-29" }] }, "/blackoutDates/0/from", "day of"],
  [
    "blackout dates that end before they begin",
    { blackoutDates: [{ from: "2027-03-02", to: "2027-03-01" }] },
    "/blackoutDates/0/to",
    "before from",
  ],
  [
    "blackout dates of more than a year",
    { blackoutDates: [{ from: "2027-03-01", to: "2028-03-01" }] },
    "/blackoutDates/0/to",
    "more than a year",
  ],
  ["blackout dates without a day to send for a year", { blackoutDates: aYear() }, "/blackoutDates", "no time to send"],
  [
    "101 blackout dates",
    { blackoutDates: Array.from({ length: 101 }, () => ({ from: "2027-01-01" })) },
    "/blackoutDates",
    "",
  ],
  ["holidays of no country", { holidayCalendars: ["CH", "XX"] }, "/holidayCalendars/1", "ISO 3166"],
  ["a jitter of more than a day", { jitterMinutes: 1_441 }, "/jitterMinutes", ""],
  ["more than 50 steps", { steps: Array.from({ length: 51 }, () => STATIC_STEP) }, "/steps", ""],
  ["a cap of 0", { dailySendCap: 0 }, "/dailySendCap", ""],
  ["an endpoint that isn't there", { endpointId: "end_aaaaaaaaaaaaaaaa" }, "/endpointId", "no endpoint"],
  ["a mailbox that isn't there", { mailboxId: "mbx_aaaaaaaaaaaaaaaa" }, "/mailboxId", "no mailbox"],
  ["a URL inside our own network", { webhookUrl: "https://10.0.0.1/hook" }, "/webhookUrl", ""],
  [
    "both ways to name an endpoint",
    { webhookUrl: "https://hooks.acme.example/", endpointId: "end_a" },
    "/endpointId",
    "either",
  ],
  ["publishing without a step", { publish: true, steps: [] }, "/steps", "at least one step"],
  [
    "an endpoint of its own without a step: it could not be published as it says",
    { webhookUrl: "https://hooks.acme.example/" },
    "/steps",
    "at least one step",
  ],
  [
    "publishing webhook steps without an endpoint",
    { publish: true, steps: [EMAIL] },
    "/endpointId",
    "asks an endpoint",
  ],
])("%s", async (_, more, pointer, says) => {
  const { ask } = await customer();
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", ...more });
  expect(status).toBe(422);
  expect(body.code).toBe("invalid_request");
  expect(body.errors[0].pointer).toBe(pointer);
  expect(body.errors[0].detail).toContain(says);
});

test("an endpoint or mailbox of live can't be named with a test key", async () => {
  const { ask, live } = await customer();
  const endpoint = await live.post("/v1/endpoints", { url: "https://hooks.acme.example/" });
  const { status, body } = await ask.post("/v1/cadences", { name: "Welcome", endpointId: endpoint.body.id });
  expect([status, body.errors[0].pointer]).toEqual([422, "/endpointId"]);
  expect((await live.post("/v1/cadences", { name: "Welcome", endpointId: endpoint.body.id })).status).toBe(201);
});

test("publishing e-mail steps without any mailbox says how to get one", async () => {
  const { key } = await seedTenant();
  const { status, body } = await api(key).post("/v1/cadences", {
    name: "Welcome",
    steps: [STATIC_STEP],
    publish: true,
  });
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ pointer: "/mailboxId", detail: expect.stringContaining("POST /v1/mailboxes") }]);
});
