import { env } from "cloudflare:workers";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { TABLES } from "../../../../adapters/d1/holdings.ts";
import { PORTABLE_TABLES } from "../../../../adapters/d1/portable-rows.ts";
import { namesOf } from "../../../../adapters/d1/table-holding.ts";
import { countedAs } from "../../../../core/contract/portable.ts";
import { recordedDatabase } from "../../../support/databases.ts";
import { type FilledTenant, filledTenant } from "../../../support/filled-tenant.ts";
import { readExport } from "../../../support/read-export.ts";
import { api, seedTenant } from "../../../support/worker.ts";

let tenant: FilledTenant;

beforeAll(async () => {
  tenant = await filledTenant();
});

afterEach(() => vi.restoreAllMocks());

test("an export has every row of every table that leaves, every object and every body", async () => {
  const { lines, head } = await readExport(tenant.live);
  expect(head).toMatchObject({ tenantId: tenant.tenantId, isFrozen: false, format: 1 });
  for (const table of PORTABLE_TABLES) {
    const owner = table === "tenants" ? "id" : "tenant_id";
    const there = await env.DB.prepare(`SELECT count(*) AS n FROM ${table} WHERE ${owner} = ?`)
      .bind(tenant.tenantId)
      .first("n");
    expect([table, lines.filter((line) => countedAs(line) === `row ${table}`).length]).toEqual([table, there]);
  }
  // Or the counts would say little.
  expect(new Set(lines.map(countedAs)).size).toBeGreaterThanOrEqual(13);
  const keys = (await env.BODIES.list({ prefix: `${tenant.tenantId}/` })).objects.map(({ key }) => key);
  expect(lines.flatMap((line) => (line.kind === "body" ? [`${tenant.tenantId}/${line.key}`] : []))).toEqual(keys);
  expect(lines.flatMap((line) => (line.kind === "object" ? [line.id] : []))).toEqual([tenant.waiting, tenant.sent]);
});

test("it comes in pages of a few subrequests each, and together they are the same lines", async () => {
  const whole = await readExport(tenant.live, 900);
  const cut = await readExport(tenant.live, 10);
  expect([whole.pages, cut.pages > 2]).toEqual([1, true]);
  expect(cut.lines).toEqual(whole.lines);
});

test("no secret is in it, sealed or not, and nobody else's rows", async () => {
  const { text } = await readExport(tenant.live);
  for (const [table, { columns }] of Object.entries(TABLES))
    for (const column of namesOf(columns.secret)) {
      const { results } = await env.DB.prepare(`SELECT ${column} AS secret FROM ${table}`).all<{
        secret: string | null;
      }>();
      for (const { secret } of results) if (secret !== null) expect(text).not.toContain(secret);
    }
  const other = await seedTenant();
  const { lines } = await readExport(api(other.liveKey));
  expect(lines.map(countedAs)).toEqual(["row tenants"]);
  expect(JSON.stringify(lines)).not.toContain(tenant.tenantId);
});

test("a cursor that isn't one of ours, and one that leads nowhere, are refused", async () => {
  for (const cursor of ["x", btoa("{}"), btoa('{"in":"rows","table":"api_keys","after":[]}')])
    expect((await tenant.live.get(`/v1/tenant/export?cursor=${cursor}`)).body.code).toBe("invalid_cursor");
  expect((await tenant.test.get("/v1/tenant/export")).status).toBe(403);
});

test("of fifty thousand lines of the log never more than one query's are held", { timeout: 60_000 }, async () => {
  const { liveKey, tenantId } = await seedTenant();
  const numbers = JSON.stringify(Array.from({ length: 50_000 }, (_, n) => n + 1));
  await env.DB.prepare(
    "INSERT INTO journal (enrollment_id, entry, tenant_id, mode, at, kind, cadence_id, version, what) SELECT 'enr_fifty', value, ?1, 'live', value, 'note', 'cad_x', 1, 'x' FROM json_each(?2)",
  )
    .bind(tenantId, numbers)
    .run();
  const { database, statements } = recordedDatabase();
  const begun = performance.now();
  const { lines, pages } = await readExport(api(liveKey, { DB: database }));
  expect(lines.filter((line) => countedAs(line) === "row journal")).toHaveLength(50_000);
  const asked = statements.filter((sql) => sql.includes("FROM journal"));
  expect(asked.length).toBeGreaterThanOrEqual(100);
  console.info(
    `50,000 lines in ${pages} pages and ${asked.length} queries, ${Math.round(performance.now() - begun)} ms`,
  );
});
