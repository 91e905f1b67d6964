import { beforeAll, expect, test } from "vitest";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";
import { AT_UNIPILE, UNIPILE } from "../given.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});

const manual = { provider: "manual", name: "Jane" };
const at = (apiUrl: string) => ({ provider: "unipile", name: "Jane", unipile: { ...UNIPILE, apiUrl } });

test.each<[string, object, string, RegExp]>([
  ["more a day than a week", { ...manual, invitations: { perDay: 201 } }, "/invitations/perDay", /above perWeek/],
  ["a week below the plan's day", { ...manual, invitations: { perWeek: 20 } }, "/invitations/perDay", /above perWeek/],
  [
    "a ramp above the day",
    { ...manual, messages: { perDay: 10, ramp: { start: 1, step: 1, ceiling: 11 } } },
    "/messages/ramp/ceiling",
    /above perDay, which is 10/,
  ],
  [
    "a ramp that begins above its end",
    { ...manual, invitations: { ramp: { start: 9, step: 1, ceiling: 8 } } },
    "/invitations/ramp/start",
    /above the ceiling/,
  ],
  ["no invitations at all", { ...manual, invitations: { perDay: 0 } }, "/invitations/perDay", /1 or more/],
  ["a withdrawal at once", { ...manual, withdrawAfterDays: 0 }, "/withdrawAfterDays", /1 or more; null withdraws none/],
  ["a withdrawal after a year", { ...manual, withdrawAfterDays: 366 }, "/withdrawAfterDays", /365/],
  ["no time zone", { ...manual, timeZone: "Zurich" }, "/timeZone", /IANA/],
  [
    "hours that end before they begin",
    { ...manual, workingHours: [{ days: ["mon"], from: "19:00", to: "08:00" }] },
    "/workingHours/0/to",
    /before from/,
  ],
  ["a week of messages", { ...manual, messages: { perWeek: 5 } }, "/messages/perWeek", /not a known field/],
  ["Unipile's settings of a person", { ...manual, unipile: UNIPILE }, "/unipile", /not a known field/],
  ["an unknown provider", { ...manual, provider: "other" }, "/provider", /./],
  ["plain http", at("http://api8.unipile.com:13851/api/v1"), "/unipile/apiUrl", /https/],
  ["an address inside", at("10.0.0.8:13851"), "/unipile/apiUrl", /IP address/],
  ["a port of other services", at("api8.unipile.com:25"), "/unipile/apiUrl", /443, or one from 1024/],
  ["the installation itself", at("https://drafthook.test/api/v1"), "/unipile/apiUrl", /itself|host/],
  ["a query", at("https://gateway.example.com/unipile?x=1"), "/unipile/apiUrl", /query/],
  [
    "a key with a space",
    { ...manual, ...AT_UNIPILE, unipile: { ...UNIPILE, apiKey: "a b" } },
    "/unipile/apiKey",
    /ASCII/,
  ],
])("%s is refused, with the field and what to change", async (_name, wish, pointer, detail) => {
  const { status, body } = await api(tenant.liveKey).post("/v1/linkedin-accounts", wish);
  expect([status, body.code]).toEqual([422, "invalid_request"]);
  expect(body.errors).toContainEqual({ pointer, detail: expect.stringMatching(detail) });
});

test("a test key makes none that reaches people", async () => {
  const { status, body } = await api(tenant.key).post("/v1/linkedin-accounts", { name: "Jane", ...AT_UNIPILE });
  expect([status, body.errors]).toEqual([
    422,
    [{ pointer: "/provider", detail: expect.stringContaining("a test key reaches nobody") }],
  ]);
});

test("only an installation on this machine takes an API on this machine", async () => {
  const wish = at("http://127.0.0.1:13851/api/v1");
  const elsewhere = await api(tenant.liveKey, { LOCAL_MODE: "off" }).post("/v1/linkedin-accounts", wish);
  expect([elsewhere.status, elsewhere.body.errors[0].pointer]).toEqual([422, "/unipile/apiUrl"]);
  const here = await api(tenant.liveKey, { LOCAL_MODE: "on" }).post("/v1/linkedin-accounts", wish);
  expect([here.status, here.body.unipile?.apiUrl]).toEqual([201, "http://127.0.0.1:13851/api/v1"]);
});
