import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { filledTenant } from "../../../support/filled-tenant.ts";
import { readExport } from "../../../support/read-export.ts";
import { api, seedTenant } from "../../../support/worker.ts";

afterEach(() => vi.restoreAllMocks());

test("what is another tenant's in this installation can't be imported, nor named", { timeout: 60_000 }, async () => {
  const from = await filledTenant();
  const { head, lines } = await readExport(from.live);
  const thief = await seedTenant();
  const live = api(thief.liveKey, { IMPORT_TENANT: thief.tenantId });
  const before = await readExport(from.live);
  const journal = lines.flatMap((line) => (line.kind === "row" && line.table === "journal" ? [line] : []))[0];
  const planted = { ...journal, row: { ...journal?.row, entry: 999, tenant_id: thief.tenantId } };
  const own = { ...head, tenantId: thief.tenantId };
  const tries = [
    ...lines.filter(({ kind }) => kind === "row").map((line) => ({ head, lines: [line] })),
    { head: own, lines: [planted] },
  ];
  const answers = await Promise.all(tries.map((body) => live.post("/v1/tenant/import", { move: false, ...body })));
  const taken = answers.filter(
    ({ status, body }) => status === 200 && Object.values(body.written).some((n) => n !== 0),
  );
  // Suppressions' ids were free to take only where they were nobody's; all of these are somebody's.
  expect(taken.map(({ body }) => body)).toEqual([]);
  expect(answers.at(-1)?.body.code).toBe("conflict");
  expect((await readExport(from.live)).lines).toEqual(before.lines);
  const { results } = await env.DB.prepare("SELECT id FROM enrollments WHERE tenant_id = ?").bind(thief.tenantId).all();
  expect(results).toEqual([]);
});

test("a move needs both sides switched off", async () => {
  const { liveKey, tenantId } = await seedTenant();
  const live = api(liveKey, { IMPORT_TENANT: tenantId });
  const { head, lines } = await readExport(live);
  const body = { head, move: true, lines };
  expect((await live.post("/v1/tenant/import", body)).body.detail).toContain(
    "was not switched off when this was exported",
  );
  const frozen = { ...body, head: { ...head, isFrozen: true } };
  expect((await live.post("/v1/tenant/import", frozen)).body.detail).toContain("Switch the tenant off here first");
  await live.patch("/v1/tenant", { enabled: false });
  expect((await live.post("/v1/tenant/import", frozen)).status).toBe(200);
  expect(tenantId).toBe(head.tenantId);
});
