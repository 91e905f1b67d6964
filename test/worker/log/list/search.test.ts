import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../../support/cadences.ts";
import { exchangeLine, logLines } from "../../../support/log-lines.ts";
import { watchedDatabase } from "../../../support/plans.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const SINCE = "since=2026-11-01T00:00:00Z";

async function logged() {
  const { ask, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  await logLines(tenantId, { id, cadenceId }, [
    exchangeLine({ subjectId: "drf_1", exchange: { responseBody: "Grüße aus KÖLN", totalMs: 40 } }),
    exchangeLine({
      subjectId: "drf_2",
      outcome: "timeout",
      exchange: { url: "https://hooks.acme.example/Slow", totalMs: 30_000 },
    }),
    exchangeLine({ subjectId: "drf_3", outcome: "http_500", exchange: { traceId: "feedbeef", totalMs: 900 } }),
    exchangeLine({ subjectId: "drf_4", outcome: "accepted", exchange: { reason: "promised" } }),
  ]);
  const found = async (query: string) =>
    (await ask.get(`/v1/log?${query}`)).body.data.map(({ subjectId }: { subjectId: string }) => subjectId);
  return { ask, found, cadenceId };
}

test("a part of what came back, of the URL, the subject or the trace is found, whatever its case", async () => {
  const { found, cadenceId } = await logged();
  expect(await found(`${SINCE}&search=${encodeURIComponent("köln")}`)).toEqual(["drf_1"]);
  expect(await found(`${SINCE}&search=${encodeURIComponent("GRÜSSE")}`)).toEqual([]);
  expect(await found(`${SINCE}&search=${encodeURIComponent("grüße")}`)).toEqual(["drf_1"]);
  expect(await found(`${SINCE}&search=SLOW`)).toEqual(["drf_2"]);
  expect(await found(`${SINCE}&search=FEEDbee`)).toEqual(["drf_3"]);
  expect(await found(`${SINCE}&search=DRF_&cadenceId=${cadenceId}&outcome=failed`)).toEqual(["drf_3", "drf_2"]);
  expect(await found(`${SINCE}&search=drf_&endpointId=end_other`)).toEqual([]);
  // A wildcard is a letter like any other.
  expect(await found(`${SINCE}&search=drf%25`)).toEqual([]);
});

test("slow ones are found, and all failures by one word", async () => {
  const { found } = await logged();
  expect(await found(`${SINCE}&minMs=900`)).toEqual(["drf_3", "drf_2"]);
  expect(await found("outcome=failed")).toEqual(["drf_3", "drf_2"]);
  expect(await found(`${SINCE}&outcome=failed`)).toEqual(["drf_3", "drf_2"]);
});

test("a search pages by time, each line once, and without a span looks a week back", async () => {
  const { ask, found } = await logged();
  const first = (await ask.get(`/v1/log?${SINCE}&search=drf_&limit=3`)).body;
  const second = (await ask.get(`/v1/log?${SINCE}&search=drf_&limit=3&cursor=${first.nextCursor}`)).body;
  const ids = [...first.data, ...second.data].map(({ subjectId }: { subjectId: string }) => subjectId);
  expect([ids, second.nextCursor]).toEqual([["drf_4", "drf_3", "drf_2", "drf_1"], null]);
  expect(await found("search=drf_&until=2026-11-23T10:00:01Z")).toEqual(["drf_2", "drf_1"]);
  expect(await found("search=drf_&until=2026-12-23T10:00:01Z")).toEqual([]);
});

test("too little to look for is refused", async () => {
  const { ask } = await customer();
  for (const query of ["search=x", "search=%20%20", "minMs=-1", "minMs=soon"])
    expect((await ask.get(`/v1/log?${query}`)).status).toBe(422);
});

test.each([
  ["search=abc", "journal_times (tenant_id=? AND mode=? AND at>?)"],
  ["minMs=5&endpointId=end_a", "journal_times (tenant_id=? AND mode=? AND at>?)"],
  ["search=abc&enrollmentId=enr_a", "journal_entry (enrollment_id=?)"],
  ["search=abc&subjectId=drf_a", "journal_subject (subject_id=?)"],
  ["outcome=failed", "journal_failed (tenant_id=? AND mode=?)"],
  ["outcome=failed&endpointId=end_a", "journal_endpoint (endpoint_id=?)"],
])("what ?%s looks through is found by %s, and nothing is walked through", async (query, index) => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get(`/v1/log?${query}`)).status).toBe(200);
  const [plan] = await watched.plans("journal");
  expect(plan).toContain(index);
  expect(await watched.scans()).toEqual([]);
});
