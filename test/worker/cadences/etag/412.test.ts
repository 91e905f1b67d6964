import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { customer, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";
import type { ApiClient } from "../../../support/worker.ts";

const CHANGES: readonly [string, (ask: ApiClient, path: string, tag: string) => ReturnType<ApiClient["get"]>][] = [
  ["settings", (ask, path, tag) => ask.patch(path, { name: "Mine" }, { "if-match": tag })],
  ["steps by PUT", (ask, path, tag) => ask.put(`${path}/steps`, { steps: [STATIC_STEP] }, { "if-match": tag })],
  ["steps by PATCH", (ask, path, tag) => ask.patch(`${path}/steps`, { steps: [STATIC_STEP] }, { "if-match": tag })],
  ["publishing", (ask, path, tag) => ask.post(`${path}/publish`, undefined, { "if-match": tag })],
];

test.each(CHANGES)(
  "%s: a change of what somebody else has changed since is refused, and nothing is done",
  async (_what, change) => {
    const { ask } = await customer();
    const path = `/v1/cadences/${await publishedCadence(ask)}`;
    const read = await ask.get(path);
    const tag = read.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[0-9a-z]+"$/);
    const theirs = await ask.patch(path, { name: "Theirs", dailySendCap: 7 });
    const refused = await change(ask, path, tag);
    expect(refused).toMatchObject({ status: 412, body: { code: "precondition_failed" } });
    expect((await ask.get(path)).body).toEqual(theirs.body);
    // The control: with the state as it is now, the same change is made.
    const made = await change(ask, path, theirs.headers.get("etag") ?? "");
    expect(made.status).toBe(200);
    expect(made.headers.get("etag")).toBe((await ask.get(path)).headers.get("etag"));
  },
);

test("of two people who change the same state at the same moment, one gets it", async () => {
  const { ask } = await customer();
  const path = `/v1/cadences/${await publishedCadence(ask)}`;
  const tag = (await ask.get(path)).headers.get("etag") ?? "";
  const names = Array.from({ length: 8 }, (_, n) => `Person ${n}`);
  const answers = await Promise.all(names.map((name) => ask.patch(path, { name }, { "if-match": tag })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(412)]);
  const winner = answers.find(({ status }) => status === 200);
  expect((await ask.get(path)).body.name).toBe(winner?.body.name);
});

test("an ETag names one state: it stays while nothing changes, and is new after each change, in the same millisecond too", async () => {
  const { ask, tenantId } = await customer();
  const made = await ask.post("/v1/cadences", { name: "Welcome", steps: [STATIC_STEP], publish: true });
  const path = `/v1/cadences/${made.body.cadence.id}`;
  expect((await ask.get(path)).headers.get("etag")).toBe(made.headers.get("etag"));
  await env.DB.prepare("UPDATE cadences SET updated_at = 9000000000000 WHERE tenant_id = ?").bind(tenantId).run();
  const tags = new Set([(await ask.get(path)).headers.get("etag")]);
  for (const change of [{ name: "A" }, { name: "A" }, { enabled: false }])
    tags.add((await ask.patch(path, change)).headers.get("etag"));
  expect(tags.size).toBe(4);
});

test("without If-Match the last one wins, as before; `*`, a list and a weakened ETag are understood", async () => {
  const { ask } = await customer();
  const path = `/v1/cadences/${await publishedCadence(ask)}`;
  const tag = (await ask.get(path)).headers.get("etag") ?? "";
  expect((await ask.patch(path, { name: "A" })).status).toBe(200);
  expect((await ask.patch(path, { name: "B" }, { "if-match": "*" })).status).toBe(200);
  const now = (await ask.get(path)).headers.get("etag") ?? "";
  expect((await ask.patch(path, { name: "C" }, { "if-match": `${tag}, W/${now}` })).status).toBe(200);
  expect((await ask.patch(path, { name: "D" }, { "if-match": "nonsense" })).status).toBe(412);
});

test("what isn't there is a 404 with If-Match too", async () => {
  const { ask } = await customer();
  expect((await ask.patch("/v1/cadences/cad_aaaaaaaaaaaaaaaa", { name: "x" }, { "if-match": '"1"' })).status).toBe(404);
});
