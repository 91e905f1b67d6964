import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { customer } from "../../support/cadences.ts";

test("an address and a domain are kept in lower case, once, and shown newest first", async () => {
  const { ask } = await customer();
  const entries = [
    { value: "Jane@Lead.Example" },
    { value: "@Acme.Example", reason: "bounced" },
    { value: "jane@lead.example" },
  ];
  const added = await ask.post("/v1/suppressions", { entries });
  expect([added.status, added.body]).toEqual([200, { added: 2, known: 1 }]);
  const { body } = await ask.get("/v1/suppressions");
  expect(body.data.map((row: Record<string, string>) => [row.scope, row.value, row.reason])).toEqual([
    ["domain", "acme.example", "bounced"],
    ["address", "jane@lead.example", "manual"],
  ]);
  const again = await ask.post("/v1/suppressions", { entries: [{ value: "JANE@lead.example", reason: "complained" }] });
  expect(again.body).toEqual({ added: 0, known: 1 });
  expect((await ask.get("/v1/suppressions?search=jane")).body.data[0].reason).toBe("manual");
});

test("a list is searched by a part of the value, also by one with wildcards in it, and by reason", async () => {
  const { ask } = await customer();
  const entries = ["john_doe@lead.example", "johnXdoe@lead.example", "100%@lead.example"].map((value) => ({ value }));
  await ask.post("/v1/suppressions", { entries });
  const found = async (query: string) =>
    (await ask.get(`/v1/suppressions?${query}`)).body.data.map((row: { value: string }) => row.value);
  expect(await found("search=john_")).toEqual(["john_doe@lead.example"]);
  expect(await found("search=%25")).toEqual(["100%@lead.example"]);
  expect(await found("reason=complained")).toEqual([]);
});

test("of an import with faults nothing is kept, and each faulty line is named", async () => {
  const { ask } = await customer();
  const values = ["good@lead.example", "no address", "a@b@c", "localhost", "x@y.example\r\nBcc: z@y.example"];
  const { status, body } = await ask.post("/v1/suppressions", { entries: values.map((value) => ({ value })) });
  expect(status).toBe(422);
  expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual(
    expect.arrayContaining(["/entries/1/value", "/entries/2/value", "/entries/3/value", "/entries/4/value"]),
  );
  expect((await ask.get("/v1/suppressions")).body.data).toEqual([]);
});

test("5,000 at once are taken, one more is refused", async () => {
  const { ask } = await customer();
  const entries = Array.from({ length: 5_000 }, (_, n) => ({ value: `lead-${n}@lead.example` }));
  expect((await ask.post("/v1/suppressions", { entries })).body).toEqual({ added: 5_000, known: 0 });
  expect((await ask.post("/v1/suppressions", { entries: [...entries, { value: "x@y.example" }] })).status).toBe(422);
});

test("all of them come out as CSV, however many pages that takes", async () => {
  const { ask } = await customer();
  const entries = Array.from({ length: 2_500 }, (_, n) => ({ value: `lead-${n}@lead.example` }));
  await ask.post("/v1/suppressions", { entries: [{ value: "=cmd@lead.example" }, ...entries] });
  const { status, headers, body } = await ask.get("/v1/suppressions/export");
  expect([status, headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
  const lines = String(body).split("\r\n");
  expect([lines[0], lines.length]).toEqual(["value,scope,reason,enrollmentId,createdAt", 2_503]);
  expect(new Set(lines).size).toBe(2_503);
  expect(lines.at(-2)).toMatch(/^'=cmd@lead.example,address,manual,,\d{4}-/);
});

test("one that was lifted is gone, and lifting it again is 404", async () => {
  const { ask } = await customer();
  await ask.post("/v1/suppressions", { entries: [{ value: "jane@lead.example" }] });
  const { id } = (await ask.get("/v1/suppressions")).body.data[0];
  expect((await ask.get(`/v1/suppressions/${id}`)).body.value).toBe("jane@lead.example");
  expect((await ask.delete(`/v1/suppressions/${id}`)).status).toBe(204);
  expect((await ask.delete(`/v1/suppressions/${id}`)).status).toBe(404);
});

test("test data and live data have lists of their own", async () => {
  const { ask, live } = await customer();
  await ask.post("/v1/suppressions", { entries: [{ value: "jane@lead.example" }] });
  expect((await live.get("/v1/suppressions")).body.data).toEqual([]);
});

test("the newest are found without reading the whole table", async () => {
  await customer();
  const { results } = await env.DB.prepare(
    "EXPLAIN QUERY PLAN SELECT * FROM suppressions WHERE tenant_id = ? AND mode = 'live' ORDER BY seq DESC LIMIT 51",
  )
    .bind("ten_x")
    .all<{ detail: string }>();
  expect(results.map(({ detail }) => detail).join()).toContain("suppressions_newest");
});
