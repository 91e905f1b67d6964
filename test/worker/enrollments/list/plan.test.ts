import { expect, test } from "vitest";
import { watchedDatabase } from "../../../support/plans.ts";
import { api, seedTenant } from "../../../support/worker.ts";

const OWN = "tenant_id=? AND mode=?";

// What SQLite reads is what is billed: no list may walk through all rows of the tenant for a few.
test.each([
  ["", `enrollments_tenant (${OWN})`],
  ["state=held", `enrollments_state (${OWN} AND state=?)`],
  ["held=true", `enrollments_held (${OWN})`],
  ["cadenceId=cad_a", "enrollments_cadence (cadence_id=?)"],
  ["cadenceId=cad_a&state=active", "enrollments_cadence (cadence_id=?)"],
  ["leadEmail=Ann%40Lead.example", `enrollments_email (${OWN} AND <expr>=?)`],
  ["leadEmail=ann%40lead.example&state=active", `enrollments_email (${OWN} AND <expr>=?)`],
  ["leadEmail=ann%40lead.example&cadenceId=cad_a", `enrollments_email (${OWN} AND <expr>=?)`],
  ["leadExternalId=crm-1", `enrollments_external (${OWN} AND lead_external_id=?)`],
  ["leadExternalId=crm-1&state=active", `enrollments_external (${OWN} AND lead_external_id=?)`],
  ["leadExternalId=crm-1&cadenceId=cad_a", "enrollments_external (tenant_id=? AND mode=? AND lead_external_id=?)"],
])("the enrollments of ?%s are found by %s, in order", async (query, index) => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get(`/v1/enrollments?${query}`)).status).toBe(200);
  const [plan, ...others] = await watched.plans("enrollments");
  expect(others).toEqual([]);
  expect(plan).toContain(`SEARCH enrollments USING INDEX ${index}`);
  expect(plan).not.toContain("TEMP B-TREE");
});
