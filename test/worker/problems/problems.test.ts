import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { type ApiClient, api, type SeededTenant, seedTenant } from "../../support/worker.ts";

let tenant: SeededTenant;
let client: ApiClient;
beforeAll(async () => {
  tenant = await seedTenant();
  client = api(tenant.key);
});

test("400: a body that isn't JSON", async () => {
  expect(await client.post("/v1/keys", "{")).toMatchObject({ status: 400, body: { code: "invalid_json" } });
  expect(await client.post("/v1/keys", "")).toMatchObject({ status: 400, body: { code: "invalid_json" } });
});

test("404: a path that isn't ours, in the words of an id that isn't ours", async () => {
  const path = await client.get("/v1/nothing");
  const id = await client.get("/v1/endpoints/end_nothing");
  expect(path.status).toBe(404);
  expect({ ...path.body, instance: "" }).toEqual({ ...id.body, instance: "" });
  expect((await client.get("/elsewhere")).body.code).toBe("not_found");
});

test("405: a method that the path doesn't take, with those that it does", async () => {
  const answer = await client.put("/v1/endpoints", {});
  expect(answer).toMatchObject({ status: 405, body: { code: "method_not_allowed" } });
  expect(answer.headers.get("allow")).toBe("GET, HEAD, POST");
  expect((await client.delete("/v1/endpoints/x/rotate-secret")).headers.get("allow")).toBe("POST");
});

test("413: a body over 1 MiB, whether it says so or not", async () => {
  expect(await client.post("/v1/keys", JSON.stringify({ name: "x".repeat(1024 * 1024) }))).toMatchObject({
    status: 413,
    body: { code: "payload_too_large" },
  });
  // The control: just under it the name is what is wrong.
  expect((await client.post("/v1/keys", JSON.stringify({ name: "x".repeat(1024 * 1024 - 100) }))).status).toBe(422);
});

test("415: a body that doesn't say it is JSON", async () => {
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"]) {
    expect(await client.post("/v1/keys", '{"name":"x"}', { "content-type": type })).toMatchObject({
      status: 415,
      body: { code: "unsupported_media_type" },
    });
  }
  expect(
    (await client.post("/v1/keys", '{"name":"x"}', { "content-type": "application/json; charset=utf-8" })).status,
  ).toBe(201);
});

test("422: every faulty field has its pointer", async () => {
  const { status, body } = await client.post("/v1/endpoints", {
    url: "https://example.com",
    eventTypes: ["cadence.step.fired", "nope"],
    "a/b": 1,
  });
  expect(status).toBe(422);
  expect(body.code).toBe("invalid_request");
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(["/eventTypes/1", "/a~1b"]);
  expect(body.type).toBe("/docs#invalid_request");
});

test("500: says nothing of the inside but an id to ask by", async () => {
  const answer = await api(tenant.key, { KEK_V1: "no key at all", KEK_V2: "no key at all" }).post("/v1/endpoints", {
    url: "https://example.com",
  });
  expect(answer).toMatchObject({
    status: 500,
    body: { code: "internal", instance: answer.headers.get("x-request-id") },
  });
  expect(JSON.stringify(answer.body)).not.toMatch(/atob|seal|no key at all|\.ts/);
});

test("500: our own log knows the request and the cause, and no value of a statement", async () => {
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  await env.DB.exec("ALTER TABLE endpoints RENAME TO endpoints_away");
  const answer = await client.post("/v1/endpoints", { url: "https://example.com/of-a-customer" });
  await env.DB.exec("ALTER TABLE endpoints_away RENAME TO endpoints");
  const said = log.mock.calls.flat().join("\n");
  log.mockRestore();
  expect(answer.status).toBe(500);
  expect(said).toContain(answer.body.instance);
  expect(said).toContain("no such table");
  expect(said).not.toContain("of-a-customer");
});

test("503: a silent database is told as such, with when to try again", async () => {
  const answer = await api(tenant.key, { DB: silent(env.DB) }).get("/v1/tenant");
  expect(answer).toMatchObject({ status: 503, body: { code: "unreadable" } });
  expect(answer.headers.get("retry-after")).toBe("5");
});

test("every answer has an id of its own", async () => {
  const ids = new Set<string | null>();
  for (const path of ["/health", "/v1/tenant", "/v1/nothing", "/docs"])
    ids.add((await client.get(path, { "x-request-id": "req_mine" })).headers.get("x-request-id"));
  expect(ids.size).toBe(4);
  for (const id of ids) expect(id).toMatch(/^req_[a-z2-7]{16}$/);
});

/** D1 as it fails when it can't be reached. */
function silent(database: D1Database): D1Database {
  return new Proxy(database, {
    get: () => () => {
      throw new Error("D1_ERROR: Network connection lost.");
    },
  });
}
