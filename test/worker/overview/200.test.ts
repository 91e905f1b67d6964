import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { customer, enrolled, publishedCadence } from "../../support/cadences.ts";
import { setClock } from "../../support/enrollment.ts";
import { unmatchedMail } from "../../support/inbox.ts";
import { logLines } from "../../support/log-lines.ts";
import { watchedDatabase } from "../../support/plans.ts";
import { receivedLine, saidLine, sentLine } from "../../support/tally-lines.ts";
import { api, seedTenant } from "../../support/worker.ts";

/** Half past noon in Berlin, where the tenants of these tests are. */
const NOW = Date.parse("2026-11-23T11:30:00Z");
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
beforeEach(() => setClock(NOW));
afterEach(() => {
  vi.useRealTimers();
});

async function busy() {
  const { ask, live, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  const lines = [
    sentLine("m1", 0, NOW - 30 * HOUR),
    sentLine("m2", 1, NOW - 2 * HOUR),
    receivedLine("i1", 1, NOW - 10 * MINUTE),
    receivedLine("i2", 1, NOW - 9 * MINUTE),
    receivedLine("i3", 1, NOW - 8 * MINUTE, "auto_reply"),
    saidLine("contact_refused", { reason: "unsubscribed" }, 1, NOW - 7 * MINUTE),
    saidLine("draft_given_up", { reason: "expired", instead: "skip" }, 1, NOW - 6 * MINUTE),
    saidLine("address_suppressed", { address: "jane@lead.example", reason: "bounced" }, 1, NOW - 5 * MINUTE),
    saidLine("exited", { reason: "bounced", detail: null }, 1, NOW - 5 * MINUTE),
  ];
  await logLines(tenantId, { id, cadenceId }, lines);
  return { ask, live, tenantId, id, cadenceId, lines };
}

test("today, yesterday and the hours tell what went out and what came back, by the tenant's own day", async () => {
  const { ask } = await busy();
  const { status, body } = await ask.get("/v1/overview");
  expect(status).toBe(200);
  expect(body).toMatchObject({ at: "2026-11-23T11:30:00.000Z", timeZone: "Europe/Berlin" });
  expect(body.today).toEqual({
    ...{ day: "2026-11-23", sent: 1, replied: 1, bounced: 1, unsubscribed: 1, failedDrafts: 1 },
  });
  expect(body.yesterday).toMatchObject({ day: "2026-11-22", sent: 1, replied: 0 });
  expect(body.hours).toHaveLength(48);
  expect([body.hours[0].at, body.hours[47].at]).toEqual(["2026-11-21T12:00:00.000Z", "2026-11-23T11:00:00.000Z"]);
  const busyHours = body.hours.filter(({ sent, replied }: { sent: number; replied: number }) => sent + replied > 0);
  expect(busyHours).toEqual([
    { at: "2026-11-22T05:00:00.000Z", sent: 1, replied: 0, bounced: 0 },
    { at: "2026-11-23T09:00:00.000Z", sent: 1, replied: 0, bounced: 0 },
    { at: "2026-11-23T11:00:00.000Z", sent: 0, replied: 1, bounced: 1 },
  ]);
});

test("a day begins where the tenant's clock says, in zones of half and quarter hours too", async () => {
  const { ask, tenantId } = await customer();
  await env.DB.prepare("UPDATE tenants SET time_zone = 'Asia/Kathmandu' WHERE id = ?").bind(tenantId).run();
  const cadenceId = await publishedCadence(ask);
  const id = await enrolled(ask, cadenceId);
  const midnight = Date.parse("2026-11-22T18:15:00Z");
  await logLines(tenantId, { id, cadenceId }, [sentLine("k1", 0, midnight - 2 * MINUTE), sentLine("k2", 1, midnight)]);
  const { today, yesterday } = (await ask.get("/v1/overview")).body;
  expect([today.day, today.sent, yesterday.day, yesterday.sent]).toEqual(["2026-11-23", 1, "2026-11-22", 1]);
});

test("lines that the queue brings twice are counted once, and a lead's second reply is no other lead's", async () => {
  const { ask, tenantId, id, cadenceId, lines } = await busy();
  const before = (await ask.get("/v1/overview")).body;
  await logLines(tenantId, { id, cadenceId }, lines);
  expect((await ask.get("/v1/overview")).body).toEqual(before);
  // The control: another line is counted.
  await logLines(tenantId, { id, cadenceId }, [...lines, sentLine("m9", 1, NOW - 20 * MINUTE)]);
  expect((await ask.get("/v1/overview")).body.today.sent).toBe(2);
});

test("what waits for a person is counted, and what is under way", async () => {
  const { ask, live, tenantId } = await customer();
  const cadenceId = await publishedCadence(ask);
  const [held, doubtful] = [
    await enrolled(ask, cadenceId, { leadExternalId: "a" }),
    await enrolled(ask, cadenceId, { leadExternalId: "b" }),
  ];
  await enrolled(ask, cadenceId, { leadExternalId: "c" });
  const set = (sql: string, ...values: unknown[]) =>
    env.DB.prepare(sql)
      .bind(...values)
      .run();
  await set("UPDATE enrollments SET state = 'held', held_reason = 'draft_failed' WHERE id = ?", held);
  await set("UPDATE enrollments SET state = 'held', held_reason = 'ambiguous' WHERE id = ?", doubtful);
  for (const url of ["https://a.example", "https://b.example"]) await ask.post("/v1/endpoints", { url });
  await set("UPDATE endpoints SET failing_since = 1 WHERE tenant_id = ? AND url LIKE '%a.example%'", tenantId);
  await set("UPDATE endpoints SET enabled = 0 WHERE tenant_id = ? AND url LIKE '%b.example%'", tenantId);
  await set("UPDATE mailboxes SET enabled = 0, paused_reason = 'too many' WHERE tenant_id = ?", tenantId);
  await unmatchedMail(tenantId);
  const { attention, enrollments } = (await ask.get("/v1/overview")).body;
  expect(attention).toEqual({
    ...{ held: 2, doubtful: 1, unmatched: 1, failingEndpoints: 1, disabledEndpoints: 1, pausedMailboxes: 1 },
    ...{ openTasks: 0, overdueTasks: 0, pausedLinkedinAccounts: 0 },
  });
  expect(enrollments).toEqual({ active: 1, paused: 0, held: 2 });
  const other = (await live.get("/v1/overview")).body;
  expect([...Object.values(other.attention), ...Object.values(other.enrollments)]).toEqual(Array(12).fill(0));
});

test("counts of what waits stop at a thousand", async () => {
  const { ask, tenantId } = await customer();
  await env.DB.prepare(
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 1200)
     INSERT INTO inbound_mail (id, tenant_id, mode, at, envelope_from, envelope_to, status, kind, size_bytes, raw_key, reply)
     SELECT ?1 || x, ?1, 'sandbox', 1, '', '', 'unmatched', 'human', 1, '', '{}' FROM n`,
  )
    .bind(tenantId)
    .run();
  expect((await ask.get("/v1/overview")).body.attention.unmatched).toBe(1000);
});

test("nothing of it walks through a table, and to count is no walk either", async () => {
  const { key } = await seedTenant();
  const watched = watchedDatabase();
  expect((await api(key, { DB: watched.DB }).get("/v1/overview")).status).toBe(200);
  expect(await watched.scans()).toEqual([]);
  const { tenantId, id, cadenceId, lines } = await busy();
  const writing = watchedDatabase();
  await logLines(tenantId, { id, cadenceId }, lines, writing.DB);
  expect(await writing.scans()).toEqual([]);
  // The control: a question that walks is found.
  await watched.DB.prepare("SELECT * FROM enrollments WHERE lead_name = ?").bind("x").all();
  expect(await watched.scans()).toEqual(["SCAN enrollments"]);
});
