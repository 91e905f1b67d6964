import { expect, test } from "vitest";
import { api, seedTenant } from "../../../support/worker.ts";

test.each([
  ["an address of an inside", { url: "https://10.0.0.1/" }, "/url"],
  ["http", { url: "http://example.com/" }, "/url"],
  ["this installation itself", { url: "https://drafthook.test/v1/cadences" }, "/url"],
  ["an event that doesn't exist", { url: "https://example.com", eventTypes: ["cadence.nothing"] }, "/eventTypes/0"],
  ["an empty list of events", { url: "https://example.com", eventTypes: [] }, "/eventTypes"],
  ["a secret of the caller's own", { url: "https://example.com", secret: "whsec_x" }, "/secret"],
  ["a name with a line break", { url: "https://example.com", name: "a\nb" }, "/name"],
])("%s is refused, with a pointer to it", async (_, body, pointer) => {
  const { key } = await seedTenant();
  expect(await api(key).post("/v1/endpoints", body)).toMatchObject({
    status: 422,
    body: { code: "invalid_request", errors: [{ pointer }] },
  });
});

test("loopback is refused where no local mode is on", async () => {
  const { key } = await seedTenant();
  const body = { url: "http://127.0.0.1:3000/" };
  expect((await api(key, { LOCAL_MODE: "off" }).post("/v1/endpoints", body)).status).toBe(422);
  // The control: on one machine it is taken.
  expect((await api(key).post("/v1/endpoints", body)).status).toBe(201);
});
