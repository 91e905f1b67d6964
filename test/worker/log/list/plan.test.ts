import { expect, test } from "vitest";
import { watchedDatabase } from "../../../support/plans.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const SINCE = "since=2026-11-20T00:00:00Z";
const UNTIL = "until=2026-11-21T00:00:00Z";
const OWN = "tenant_id=? AND mode=?";

// What SQLite reads is what is billed: no list may walk through rows that it doesn't show.
test.each([
  ["", `journal_exchanges (${OWN})`, "in order"],
  ["endpointId=end_a", "journal_endpoint (endpoint_id=?)", "in order"],
  ["cadenceId=cad_a", "journal_cadence (cadence_id=?)", "in order"],
  ["subjectId=drf_a", "journal_subject (subject_id=?)", "in order"],
  ["outcome=timeout", `journal_failures (${OWN} AND outcome=?)`, "in order"],
  ["enrollmentId=enr_a", "journal_entry (enrollment_id=?)", "sorted"],
  [SINCE, `journal_times (${OWN} AND at>?)`, "in order"],
  [UNTIL, `journal_times (${OWN} AND at<?)`, "in order"],
  [`${SINCE}&${UNTIL}`, `journal_times (${OWN} AND at>? AND at<?)`, "in order"],
  [`${SINCE}&endpointId=end_a`, `journal_times (${OWN} AND at>?)`, "in order"],
  [`${SINCE}&cadenceId=cad_a&outcome=answered`, `journal_times (${OWN} AND at>?)`, "in order"],
  [`${SINCE}&outcome=timeout`, `journal_times (${OWN} AND at>?)`, "in order"],
  [`${SINCE}&subjectId=drf_a`, "journal_subject (subject_id=?)", "sorted"],
  [`${UNTIL}&enrollmentId=enr_a`, "journal_entry (enrollment_id=?)", "sorted"],
])("the log of ?%s is found by %s, %s", async (query, index, order) => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get(`/v1/log?${query}`)).status).toBe(200);
  const [plan, ...others] = await watched.plans("journal");
  expect(others).toEqual([]);
  expect(plan).toContain(`SEARCH journal USING INDEX ${index}`);
  expect(plan?.includes("TEMP B-TREE")).toBe(order === "sorted");
});
