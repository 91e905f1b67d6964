import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, test } from "vitest";
import { newId } from "../../../../adapters/crypto/ids.ts";
import { rowsOfTenant } from "../../../support/audit-rows.ts";
import { type ApiClient, api, seedTenant } from "../../../support/worker.ts";

let tenantId = "";
let live: ApiClient;
let liveKey = "";
beforeEach(async () => {
  ({ tenantId, liveKey } = await seedTenant());
  live = api(liveKey, { IMPORT_TENANT: tenantId });
});

const enrollmentId = newId("enr");

function importing(line: object, ...more: readonly object[]) {
  const head = { kind: "head", format: 1, installation: "https://other.example", version: "0.1.0", tenantId };
  const at = { at: new Date().toISOString(), isFrozen: true, keyCheck: "00" };
  return live.post("/v1/tenant/import", { head: { ...head, ...at }, move: false, lines: [line, ...more] });
}

const journal = (more: object) => ({
  kind: "row",
  table: "journal",
  row: {
    ...{ enrollment_id: enrollmentId, entry: 1, tenant_id: tenantId, mode: "live", at: 1, kind: "exchange" },
    ...{ cadence_id: null, version: null, step: null, what: "draft", detail: "{}", ...more },
  },
});
const mail = (more: object) => ({
  kind: "row",
  table: "inbound_mail",
  row: {
    ...{ id: newId("inb"), tenant_id: tenantId, mode: "live", at: 1, envelope_from: "", envelope_to: "x@y.example" },
    ...{ status: "unmatched", kind: "human", size_bytes: 1, reply: "{}", handed_over: 1 },
    ...{ raw_key: `${tenantId}/inbound/inb_x.eml`, ...more },
  },
});
const mailbox = (more: object) => ({
  kind: "row",
  table: "mailboxes",
  row: {
    ...{ id: newId("mbx"), tenant_id: tenantId, mode: "live", name: "x", email: "x@acme.example", provider: "sandbox" },
    ...{
      settings: "{}",
      is_default: 0,
      enabled: 1,
      thread_reference: 1,
      judged_from: 0,
      created_at: 1,
      updated_at: 1,
      ...more,
    },
  },
});

const PACE = JSON.stringify({ dailySendCap: 1, ramp: null, minGapSeconds: 0, gapSpreadSeconds: 0 });
const account = (more: object) => ({
  kind: "row",
  table: "linkedin_accounts",
  row: {
    ...{ id: newId("lia"), tenant_id: tenantId, mode: "live", name: "x", provider: "manual", settings: "{}" },
    ...{ state: "unknown", is_default: 0, enabled: 1, plan: "paid", working_hours: "[]", profile_views_per_day: 1 },
    ...{ invitations_pace: PACE, messages_pace: PACE, created_at: 1, updated_at: 1, ...more },
  },
});

describe("a file that would do harm is refused, with the field that it is in", () => {
  test.each<[string, () => object, string]>([
    [
      "another tenant's exchange as one's own",
      () => journal({ body_key: `ten_victim/${enrollmentId}/exchange-000001.json` }),
      "body_key",
    ],
    [
      "another enrollment's exchange",
      () => journal({ body_key: `${tenantId}/enr_another/exchange-000001.json` }),
      "body_key",
    ],
    ["a key that climbs", () => journal({ body_key: `${tenantId}/../ten_victim/x.eml` }), "body_key"],
    ["another tenant's mail as one's own", () => mail({ raw_key: "ten_victim/inbound/inb_a.eml" }), "raw_key"],
    ["mail that nobody could place, of nobody", () => mail({ raw_key: "unassigned/inbound/inb_a.eml" }), "raw_key"],
    ["a line that leaves no room before it", () => journal({ entry: "-9223372036854775808" }), "entry"],
    ["a line of another tenant", () => journal({ enrollment_id: "ten_victimvictimvict" }), "enrollment_id"],
    ["a reply that can't be read", () => mail({ reply: "{" }), "reply"],
    ["a mailbox for tests that reaches people", () => mailbox({ mode: "sandbox", provider: "cloudflare" }), "provider"],
    ["a mailbox of no provider", () => mailbox({ provider: "nonsense" }), "provider"],
    [
      "a LinkedIn account for tests that reaches people",
      () => account({ mode: "sandbox", provider: "unipile" }),
      "provider",
    ],
    ["a LinkedIn account that nobody finds", () => account({ provider: "unipile" }), "settings"],
    ["a LinkedIn account of no plan", () => account({ plan: "gold" }), "plan"],
    ["hours that can't be read", () => account({ working_hours: "[{}]" }), "working_hours"],
    ["a pace that can't be read", () => account({ invitations_pace: "{}" }), "invitations_pace"],
    ["a state that there isn't", () => account({ state: "fine" }), "state"],
    ["settings that can't be read", () => mailbox({ settings: "{" }), "settings"],
  ])("%s", async (_, line, column) => {
    const { status, body } = await importing(line());
    expect([status, body.errors?.[0]?.pointer]).toEqual([422, `/lines/0/row/${column}`]);
  });

  test("the control: the same rows with nothing odd in them are taken", async () => {
    expect((await importing(mailbox({}))).body).toMatchObject({ written: { "row mailboxes": 1 } });
    expect((await importing(account({}))).body).toMatchObject({ written: { "row linkedin_accounts": 1 } });
    expect((await importing(mail({}))).body).toMatchObject({ written: { "row inbound_mail": 1 } });
  });
});

test("what was written before a line that is refused has its row in the audit log", async () => {
  expect((await importing(mailbox({}), mail({ reply: "{" }))).status).toBe(422);
  expect(await rowsOfTenant(tenantId)).toMatchObject([{ action: "tenant.import", after: { lines: 2 } }]);
});

test("no tenant takes anything in unless the operator names it", async () => {
  live = api(liveKey, { IMPORT_TENANT: "" });
  expect((await importing(mailbox({}))).status).toBe(403);
  live = api(liveKey, { IMPORT_TENANT: "ten_another" });
  expect(await importing(mailbox({}))).toMatchObject({
    status: 403,
    body: { detail: expect.stringContaining("IMPORT_TENANT") },
  });
  const { results } = await env.DB.prepare("SELECT id FROM mailboxes WHERE tenant_id = ?").bind(tenantId).all();
  expect(results).toEqual([]);
});
