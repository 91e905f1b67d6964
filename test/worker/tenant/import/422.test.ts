import { env } from "cloudflare:workers";
import { beforeAll, expect, test } from "vitest";
import type { PortableHead } from "../../../../core/contract/portable.ts";
import { readExport } from "../../../support/read-export.ts";
import { type ApiClient, api, seedTenant } from "../../../support/worker.ts";

let live: ApiClient;
let tenantId = "";
let head: PortableHead;

beforeAll(async () => {
  const seeded = await seedTenant();
  live = api(seeded.liveKey, { IMPORT_TENANT: seeded.tenantId });
  tenantId = seeded.tenantId;
  await live.patch("/v1/tenant", { enabled: false });
  ({ head } = await readExport(live));
});

const good = () => ({ kind: "row", table: "cadences", row: { id: "cad_a", tenant_id: tenantId, mode: "live" } });

test.each([
  [
    "another tenant's row",
    () => ({ ...good(), row: { ...good().row, tenant_id: "ten_other" } }),
    "/lines/1/row/tenant_id",
  ],
  ["a table that doesn't travel", () => ({ ...good(), table: "api_keys" }), "/lines/1/table"],
  [
    "a secret",
    () => ({ ...good(), table: "endpoints", row: { ...good().row, secret: "v1.x" } }),
    "/lines/1/row/secret",
  ],
  ["a column of nobody", () => ({ ...good(), row: { ...good().row, "x) --": 1 } }), "/lines/1/row/x) --"],
  ["a mode of nobody", () => ({ ...good(), row: { ...good().row, mode: "prod" } }), "/lines/1/row/mode"],
  ["a row that lacks what it must have", good, "/lines/1"],
  ["an object that is none", () => ({ kind: "object", id: "enr_a", object: { state: {} } }), "/lines/1/object"],
  ["a key of nobody", () => ({ kind: "body", key: "../x", type: "t", part: 0, parts: 1, base64: "" }), "/lines/1/key"],
  [
    "another's key",
    () => ({ kind: "body", key: "ten_a/enr_a/inb_a.eml", type: "t", part: 0, parts: 1, base64: "" }),
    "/lines/1/key",
  ],
  [
    "a last part alone",
    () => ({ kind: "body", key: "inbound/inb_a.eml", type: "t", part: 1, parts: 2, base64: "" }),
    "/lines/1/part",
  ],
])("%s is refused, with the line that it stands in", async (_, line, pointer) => {
  const body = {
    kind: "body",
    key: "inbound/inb_first.eml",
    type: "message/rfc822",
    part: 0,
    parts: 1,
    base64: "aGk=",
  };
  const answer = await live.post("/v1/tenant/import", { head, move: true, lines: [body, line()] });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([422, pointer]);
});

test("a body in parts is put together when the last one comes, and the parts are gone", async () => {
  const part = (n: number, base64: string) => ({
    kind: "body",
    key: "inbound/inb_parts.eml",
    type: "message/rfc822",
    part: n,
    parts: 3,
    base64,
  });
  const send = (line: object) => live.post("/v1/tenant/import", { head, move: true, lines: [line] });
  await send(part(0, "YWI="));
  await send(part(1, "Y2Q="));
  expect((await send(part(2, "ZWY="))).body.written).toEqual({ body: 1 });
  expect(await (await env.BODIES.get(`${tenantId}/inbound/inb_parts.eml`))?.text()).toBe("abcdef");
  expect((await env.BODIES.list({ prefix: `${tenantId}/import/` })).objects).toEqual([]);
  expect((await send({ ...part(0, "WA=="), parts: 1 })).body.known).toEqual({ body: 1 });
});

test("an import may have eight MiB at once, anything else one", async () => {
  const line = { kind: "body", key: "inbound/inb_big.eml", type: "message/rfc822", part: 0, parts: 1, base64: "" };
  const big = (bytes: number) => ({ head, move: true, lines: [{ ...line, base64: "A".repeat(bytes) }] });
  expect((await live.post("/v1/tenant/import", big(3 * 1024 * 1024))).status).toBe(200);
  expect((await live.post("/v1/tenant/import", big(9 * 1024 * 1024))).status).toBe(413);
  expect((await live.post("/v1/suppressions", big(2 * 1024 * 1024))).status).toBe(413);
});
