import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { madeKey } from "../../../support/keys.ts";
import { api, type SeededTenant, seedTenant } from "../../../support/worker.ts";

let tenant: SeededTenant;
beforeAll(async () => {
  tenant = await seedTenant();
});
afterEach(() => {
  vi.useRealTimers();
});

test("a key ends at its time, to the millisecond, and says so", async () => {
  const expiresAt = new Date(Date.now() + 3600_000).toISOString();
  const { key } = await madeKey(tenant.key, { expiresAt });
  vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(expiresAt) - 1 });
  expect((await api(key).get("/v1/tenant")).status).toBe(200);
  vi.setSystemTime(Date.parse(expiresAt));
  const refused = await api(key).get("/v1/tenant");
  expect(refused).toMatchObject({ status: 401, body: { code: "key_expired" } });
  expect(refused.body.detail).toContain(expiresAt);
});

test.each(["2020-01-01T00:00:00Z", "tomorrow", null, 4102444800000])("a key is not made to end at %s", async (at) => {
  const refused = await api(tenant.key).post("/v1/keys", { name: "x", expiresAt: at });
  expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: "/expiresAt" }] } });
});

test.each([
  ["203.0.113.9", true],
  ["203.0.113.255", true],
  ["::ffff:203.0.113.9", true],
  ["203.0.114.1", false],
  ["198.51.100.7", true],
  ["198.51.100.8", false],
  ["2001:db8:1::5", true],
  ["2001:0DB8:0001:0000:0000:0000:0000:0005", true],
  ["2001:db8:2::5", false],
  ["203.0.113.9, 198.51.100.8", false],
  ["0xcb.0.113.9", false],
  ["203.0.113", false],
  ["3405803785", false],
  ["", false],
  ["unknown", false],
])("a key for certain addresses, used from %j: %s", async (from, isLetIn) => {
  const { key } = await madeKey(tenant.key, { allowedIps: ["203.0.113.0/24", "198.51.100.7", "2001:db8:1::/48"] });
  const answer = await api(key).get("/v1/tenant", { "cf-connecting-ip": from });
  if (isLetIn) expect(answer.status).toBe(200);
  else {
    expect(answer).toMatchObject({ status: 403, body: { code: "address_not_allowed" } });
    expect(answer.body.detail).toContain(from);
  }
});

test("where nothing says from where a request came, a key for certain addresses opens nothing", async () => {
  const { key } = await madeKey(tenant.key, { allowedIps: ["0.0.0.0/0", "::/0"] });
  const headers = { "x-forwarded-for": "203.0.113.9", "x-real-ip": "203.0.113.9", forwarded: "for=203.0.113.9" };
  expect((await api(key).get("/v1/tenant", headers)).body.code).toBe("address_not_allowed");
  // The control: that list lets in any address that is one.
  expect((await api(key).get("/v1/tenant", { "cf-connecting-ip": "203.0.113.9" })).status).toBe(200);
});

test.each([
  [[]],
  [["203.0.113.0/33"]],
  [["203.0.113.256"]],
  [["203.0.113"]],
  [["010.0.0.1"]],
  [["0x7f000001"]],
  [["2001:db8::/129"]],
  [["2001:db8:::1"]],
  [["fe80::1%eth0"]],
  [["example.com"]],
  [["*"]],
  [["203.0.113.0/24/8"]],
  [["203.0.113.0/ 24"]],
  [[null]],
  ["203.0.113.1"],
])("%j is no list of addresses", async (allowedIps) => {
  expect((await api(tenant.key).post("/v1/keys", { name: "x", allowedIps })).status).toBe(422);
});
