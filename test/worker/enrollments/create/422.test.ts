import { expect, test } from "vitest";
import { customer, LEAD, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";

const KIB = 1024;

test.each<readonly [string, object, string, string]>([
  ["no leadExternalId", { leadExternalId: undefined }, "/leadExternalId", ""],
  ["an empty leadExternalId", { leadExternalId: "" }, "/leadExternalId", ""],
  ["a header smuggled into the name", { leadName: "Jane\r\nBcc: x@y.example" }, "/leadName", "carriage return"],
  [
    "a header smuggled into the address",
    { leadEmail: "jane@lead.example\nBcc: x@y.example" },
    "/leadEmail",
    "line feed",
  ],
  ["two addresses", { leadEmail: "jane@lead.example,x@y.example" }, "/leadEmail", ""],
  ["an address without @", { leadEmail: "jane" }, "/leadEmail", "one @"],
  ["a place that is no time zone", { leadTimeZone: "Mars/Base" }, "/leadTimeZone", "IANA"],
  ["an offset is no time zone", { leadTimeZone: "+02:00" }, "/leadTimeZone", "IANA"],
  ["a country that there isn't", { leadCountry: "XX" }, "/leadCountry", "ISO 3166"],
  ["a country in small letters", { leadCountry: "ch" }, "/leadCountry", "ISO 3166"],
  ["a script as a profile", { leadLinkedinUrl: "javascript:alert(1)" }, "/leadLinkedinUrl", "https"],
  ["17 KiB of context", { context: { a: "x".repeat(17 * KIB) } }, "/context", "16 KiB"],
  ["17 KiB of context in few characters", { context: { a: "語".repeat((17 * KIB) / 3) } }, "/context", "16 KiB"],
  ["a context that is a list", { context: ["a"] }, "/context", ""],
  [
    "a start in two years",
    { startAt: new Date(Date.now() + 2 * 365 * 24 * 3600_000).toISOString() },
    "/startAt",
    "a year ahead",
  ],
  ["a start that is no time", { startAt: "tomorrow" }, "/startAt", "RFC 3339"],
  ["a mailbox that isn't there", { inboxId: "mbx_aaaaaaaaaaaaaaaa" }, "/inboxId", "no mailbox"],
  ["another tenant's name for itself", { tenantId: "ten_other" }, "/tenantId", "not a known field"],
  ["a state of its own", { state: "completed" }, "/state", "not a known field"],
])("%s", async (_, more, pointer, says) => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const { status, body } = await ask.post(`/v1/cadences/${cadence}/enrollments`, { ...LEAD, ...more });
  expect([status, body.code]).toEqual([422, "invalid_request"]);
  expect(body.errors[0].pointer).toBe(pointer);
  expect(body.errors[0].detail).toContain(says);
  expect((await ask.get("/v1/enrollments")).body.data).toEqual([]);
});

test("a context nested ten thousand levels deep is refused, not fallen over", async () => {
  const { ask } = await customer();
  const cadence = await publishedCadence(ask);
  const deep = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  const { status, body } = await ask.post(
    `/v1/cadences/${cadence}/enrollments`,
    `{"leadExternalId":"a","context":${deep}}`,
  );
  expect([status, body.errors[0].pointer]).toEqual([422, "/context"]);
});

test("an e-mail cadence with no mailbox to send from says how to get one", async () => {
  const { live } = await customer();
  const made = await live.post("/v1/cadences", {
    name: "A",
    webhookUrl: "https://hooks.acme.example/",
    steps: [{ ...STATIC_STEP }],
  });
  expect(made.body.cadence.version).toBe(1);
  const { status, body } = await live.post(`/v1/cadences/${made.body.cadence.id}/enrollments`, LEAD);
  expect([status, body.errors[0].pointer]).toEqual([422, "/inboxId"]);
  expect(body.errors[0].detail).toContain("POST /v1/mailboxes");
});
