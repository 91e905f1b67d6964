import { env, exports } from "cloudflare:workers";
import { parse } from "csv-parse/sync";
import { expect, test } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { keepActs } from "../../../adapters/d1/audit-log.ts";
import type { AuditAct } from "../../../core/audit.ts";
import { customer } from "../../support/cadences.ts";
import { watchedDatabase } from "../../support/plans.ts";
import { api, seedTenant } from "../../support/worker.ts";

const NOON = Date.parse("2026-11-20T12:00:00Z");
const SINCE = "since=2026-11-20T00:00:00Z";
const OWN = "tenant_id=? AND mode=?";

function act(tenantId: string, n: number, more: Partial<AuditAct> = {}): AuditAct {
  return {
    ...{ id: newId("aud"), tenantId, mode: "sandbox", at: NOON + n, action: "mailbox.update", outcome: "done" },
    actor: { kind: "system", id: "spam_guard" },
    target: { kind: "mailbox", id: `mbx_${n}` },
    ...{ from: { address: null, userAgent: null }, requestId: null, before: null, after: { n } },
    ...more,
  };
}

test("the list is cut into pages, newest first, and each filter does what it says", async () => {
  const { tenantId, key } = await seedTenant();
  const acts = Array.from({ length: 25 }, (_, n) =>
    act(
      tenantId,
      n,
      n % 5 === 0
        ? {
            action: "key.create",
            target: { kind: "key", id: "key_x" },
            actor: { kind: "person", id: "per_1", email: "ana@acme.example", role: "owner" },
          }
        : {},
    ),
  );
  await keepActs(env.DB, acts);
  const ask = api(key);
  const walk = async (query: string) => {
    const seen: string[] = [];
    for (let cursor: string | null = ""; cursor !== null; ) {
      const { status, body } = await ask.get(
        `/v1/audit-log?limit=10&${query}${cursor === "" ? "" : `&cursor=${cursor}`}`,
      );
      expect(status).toBe(200);
      seen.push(...body.data.map(({ id }: { id: string }) => id));
      cursor = body.nextCursor;
    }
    return seen;
  };
  const ids = (keep: (n: number) => boolean) =>
    acts
      .filter((_, n) => keep(n))
      .map(({ id }) => id)
      .reverse();
  expect(await walk("")).toEqual(ids(() => true));
  expect(await walk("actor=per_1")).toEqual(ids((n) => n % 5 === 0));
  expect(await walk("action=key.create")).toEqual(ids((n) => n % 5 === 0));
  expect(await walk("targetKind=mailbox")).toEqual(ids((n) => n % 5 !== 0));
  expect(await walk("targetId=mbx_7")).toEqual(ids((n) => n === 7));
  expect(await walk("actor=per_1&targetKind=mailbox")).toEqual([]);
  expect(await walk(`since=${new Date(NOON + 5).toISOString()}&until=${new Date(NOON + 19).toISOString()}`)).toEqual(
    ids((n) => n >= 5 && n <= 19),
  );
  expect((await ask.get("/v1/audit-log?cursor=nonsense")).body.code).toBe("invalid_cursor");
  expect((await ask.get("/v1/audit-log?limit=1")).body.data[0]).toEqual({
    ...{ id: acts[24]?.id, at: new Date(NOON + 24).toISOString(), mode: "sandbox", action: "mailbox.update" },
    ...{ actor: { kind: "system", id: "spam_guard", label: null }, outcome: "done", requestId: null },
    ...{ target: { kind: "mailbox", id: "mbx_24" }, from: { address: null, userAgent: null } },
    ...{ before: null, after: { n: 24 }, redactedAt: null },
  });
});

// What SQLite reads is what is billed: no list may walk through rows that it doesn't show.
test.each([
  ["", `audit_log_newest (${OWN})`, "in order"],
  ["actor=key_a", "audit_log_actor (actor_id=?)", "in order"],
  ["action=key.create", `audit_log_action (${OWN} AND action=?)`, "in order"],
  ["targetKind=key", `audit_log_kind (${OWN} AND target_kind=?)`, "in order"],
  ["targetId=key_a&actor=key_b&action=key.create", "audit_log_target (target_id=?)", "in order"],
  [SINCE, `audit_log_times (${OWN} AND at>?)`, "in order"],
  [`${SINCE}&action=key.create&targetKind=key`, `audit_log_times (${OWN} AND at>?)`, "in order"],
  [`${SINCE}&actor=key_a`, "audit_log_actor (actor_id=?)", "sorted"],
  [`${SINCE}&targetId=key_a`, "audit_log_target (target_id=?)", "sorted"],
])("the audit log of ?%s is found by %s, %s", async (query, index, order) => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get(`/v1/audit-log?${query}`)).status).toBe(200);
  const [plan, ...others] = await watched.plans("audit_log");
  expect(others).toEqual([]);
  expect(plan).toContain(`SEARCH audit_log USING INDEX ${index}`);
  expect(plan?.includes("TEMP B-TREE")).toBe(order === "sorted");
});

test("the export holds every row, more than one reading of D1 brings, as NDJSON and as CSV that a spreadsheet can't run", async () => {
  const { tenantId, key } = await seedTenant();
  const formula = '=HYPERLINK("https://evil.example","x"),1';
  const acts = Array.from({ length: 1_203 }, (_, n) =>
    act(
      tenantId,
      n,
      n === 3 ? { from: { address: "192.0.2.1", userAgent: formula }, after: { name: 'a "quoted"\r\nline' } } : {},
    ),
  );
  await keepActs(env.DB, acts);
  const get = (query: string, accept = "*/*") =>
    exports.default.fetch(
      new Request(`https://drafthook.test/v1/audit-log/export${query}`, {
        headers: { authorization: `Bearer ${key}`, accept },
      }),
    );
  const ndjson = await get("");
  expect(ndjson.headers.get("content-type")).toBe("application/x-ndjson");
  const lines = (await ndjson.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines.map(({ id }) => id)).toEqual(acts.map(({ id }) => id).reverse());
  const csv = await get("", "text/csv");
  expect(csv.headers.get("content-disposition")).toBe('attachment; filename="audit-log.csv"');
  const records: Record<string, string>[] = parse(await csv.text(), { columns: true });
  expect(records).toHaveLength(1_203);
  const record = records.find(({ userAgent }) => userAgent !== "");
  expect(record?.["userAgent"]).toBe(`'${formula}`);
  expect(JSON.parse(record?.["after"] ?? "")).toEqual({ name: 'a "quoted"\r\nline' });
  const spanned = await get(`?format=ndjson&until=${new Date(NOON + 9).toISOString()}`, "text/csv");
  expect((await spanned.text()).trimEnd().split("\n")).toHaveLength(10);
});

test("another tenant's rows, and those of the key's other mode, are not in the list nor in the export", async () => {
  const { ask, live, tenantId } = await customer();
  const { key: foreign } = await seedTenant();
  expect((await ask.get("/v1/audit-log")).body.data).toHaveLength(1);
  for (const client of [live, api(foreign)]) {
    expect((await client.get("/v1/audit-log")).body.data).toEqual([]);
    expect((await client.get("/v1/audit-log?targetKind=mailbox")).body.data).toEqual([]);
    expect((await client.get("/v1/audit-log/export")).body).toBeNull();
  }
  expect(tenantId).toMatch(/^ten_/);
});
