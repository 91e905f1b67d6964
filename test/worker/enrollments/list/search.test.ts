import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { SEARCHED_AT_ONCE } from "../../../../adapters/d1/search-enrollments.ts";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { watchedDatabase } from "../../../support/plans.ts";
import { api, seedTenant } from "../../../support/worker.ts";

async function people() {
  const { ask, live, tenantId } = await customer();
  const [one, two] = [await publishedCadence(ask), await publishedCadence(ask)];
  const ids: Record<string, string> = {};
  const add = async (key: string, cadenceId: string, leadName: string, leadEmail: string) => {
    ids[key] = await enrolled(ask, cadenceId, { leadExternalId: `CRM-${key}`, leadName, leadEmail });
  };
  await add("a", one, "Jane Doe", "jane@first.example");
  await add("b", two, "Émile MÜLLER", "e.mueller@second.example");
  await add("c", one, "100% Pure", "pure@Third.example");
  const found = async (query: string) => {
    const { data } = (await ask.get(`/v1/enrollments?${query}`)).body;
    return data.map(({ id }: { id: string }) => Object.keys(ids).find((key) => ids[key] === id));
  };
  return { ask, live, tenantId, found, ids, one };
}

test("a part of a lead's name, address or id finds them, whatever its case", async () => {
  const { found, live, one } = await people();
  const search = (text: string) => found(`search=${encodeURIComponent(text)}`);
  expect(await search("DOE")).toEqual(["a"]);
  expect(await search("müller")).toEqual(["b"]);
  expect(await search("Müller")).toEqual(["b"]);
  expect(await search("émile")).toEqual(["b"]);
  expect(await search("third.EXAMPLE")).toEqual(["c"]);
  expect(await search("crm-")).toEqual(["c", "b", "a"]);
  // A wildcard is a letter like any other.
  expect(await search("0% p")).toEqual(["c"]);
  expect(await search("_ane")).toEqual([]);
  expect(await found(`search=crm-&cadenceId=${one}`)).toEqual(["c", "a"]);
  expect((await live.get("/v1/enrollments?search=crm-")).body.data).toEqual([]);
});

test("several states at once, and why somebody left, are filters, with and without a search", async () => {
  const { found, ids } = await people();
  const set = (key: string, state: string, reason: string | null) =>
    env.DB.prepare("UPDATE enrollments SET state = ?, exit_reason = ? WHERE id = ?")
      .bind(state, reason, ids[key])
      .run();
  await set("a", "exited", "replied");
  await set("b", "held", null);
  expect(await found("state=exited&state=held")).toEqual(["b", "a"]);
  expect(await found("state=exited&state=held&limit=1")).toEqual(["b"]);
  expect(await found("exitReason=replied")).toEqual(["a"]);
  expect(await found("exitReason=replied&state=held")).toEqual([]);
  expect(await found("search=crm-&state=exited&state=active")).toEqual(["c", "a"]);
  expect(await found("search=crm-&exitReason=replied")).toEqual(["a"]);
});

test("who changed their name is found by the new one and not by the old one", async () => {
  const { ask, found, ids } = await people();
  await ask.patch(`/v1/enrollments/${ids["a"]}`, { lead: { name: "Joan Roe" } });
  await expect.poll(() => found("search=roe"), { timeout: 15_000 }).toEqual(["a"]);
  expect(await found("search=doe")).toEqual([]);
});

test("a search looks through so many at once and goes on from there, none twice and none left out", async () => {
  const { ask, tenantId, one } = await people();
  await env.DB.prepare(
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < ?3)
     INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_name, beginning, state, phase, created_at, updated_at)
     SELECT ?1 || x, ?1, 'sandbox', ?2, 1, 'bulk-' || x, 'Somebody', '{}', 'active', 'waiting', 0, 0 FROM n`,
  )
    .bind(tenantId, one, SEARCHED_AT_ONCE + 10)
    .run();
  const first = (await ask.get("/v1/enrollments?search=jane")).body;
  expect([first.data, typeof first.nextCursor]).toEqual([[], "string"]);
  const second = (await ask.get(`/v1/enrollments?search=jane&cursor=${first.nextCursor}`)).body;
  expect([second.data.map(({ leadName }: { leadName: string }) => leadName), second.nextCursor]).toEqual([
    ["Jane Doe"],
    null,
  ]);
});

test.each([["search=x"], ["search=%20%20"], ["state=active&state=asleep"]])("?%s is refused", async (query) => {
  const { ask } = await customer();
  expect((await ask.get(`/v1/enrollments?${query}`)).status).toBe(422);
});

test.each([
  ["search=abc", "SEARCH enrollments USING COVERING INDEX enrollments_tenant"],
  ["search=abc&state=held&cadenceId=cad_a", "SEARCH enrollments USING COVERING INDEX enrollments_tenant"],
  ["state=held&state=paused", "SEARCH enrollments USING INDEX enrollments_state"],
  ["exitReason=replied", "SEARCH enrollments USING INDEX enrollments_exit"],
  ["exitReason=replied&state=exited", "SEARCH enrollments USING INDEX enrollments_exit"],
])("the enrollments of ?%s: %s", async (query, how) => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get(`/v1/enrollments?${query}`)).status).toBe(200);
  for (const plan of await watched.plans("enrollments")) expect(plan).toContain(how);
  expect(await watched.scans()).toEqual([]);
});
