import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { enrollmentsTo } from "../../../adapters/d1/delivery-reports.ts";
import { keepInbound } from "../../../adapters/d1/inbound-mail.ts";
import { oldLines } from "../../../adapters/d1/retention.ts";
import { applyRetention, type RetentionReport } from "../../../worker/retention.ts";
import { placesOf } from "../../support/everything-stored.ts";
import { humanReply } from "../../support/replies.ts";
import { type ApiClient, api, seedTenant } from "../../support/worker.ts";

const DAY = 24 * 3600_000;
const NOW = Date.parse("2027-06-01T10:00:00Z");
const OLD = NOW - 100 * DAY;
const YOUNG = NOW - 5 * DAY;

let tenantId = "";
let live: ApiClient;

beforeEach(async () => {
  vi.spyOn(console, "log").mockImplementation(() => undefined);
  const seeded = await seedTenant();
  tenantId = seeded.tenantId;
  live = api(seeded.liveKey);
});

afterEach(() => vi.restoreAllMocks());

/** An enrollment of this tenant with a line of each kind, a message, its bytes and a mail, all from `at`. */
async function stored(
  name: string,
  at: number,
  more: { readonly state?: string; readonly endedAt?: number; readonly lines?: number } = {},
): Promise<string> {
  const id = `enr_${name}`;
  const { state = "active", endedAt = at, lines = 3 } = more;
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_email, beginning, state, phase, created_at, updated_at) VALUES (?1, ?2, 'live', 'cad_x', 1, ?1, ?1 || '@lead.example', '{}', ?3, 'waiting', ?4, ?5)",
  )
    .bind(id, tenantId, state, at, endedAt)
    .run();
  for (let entry = 1; entry <= lines; entry += 1) {
    const key = entry % 3 === 1 ? `${tenantId}/${id}/exchange-00000${entry}.json` : null;
    const kind = ["message", "exchange", "note"][entry % 3];
    if (key !== null) await env.BODIES.put(key, `{"about":"${name}"}`);
    await env.DB.prepare(
      "INSERT INTO journal (enrollment_id, entry, tenant_id, mode, at, kind, cadence_id, version, what, excerpt, body_key) VALUES (?1, ?2, ?3, 'live', ?4, ?5, 'cad_x', 1, 'x', ?6, ?7)",
    )
      .bind(id, entry, tenantId, at, kind, name, key)
      .run();
  }
  await env.DB.prepare(
    `INSERT INTO messages (id, tenant_id, mode, enrollment_id, direction, at, subject, text, message_id, from_email, to_email, detail) VALUES (?1, ?2, 'live', ?3, 'out', ?4, ?5, ?5, ?6, 'ana@acme.example', ?7, '{"providerMessageId":"p-1","draftId":"d"}')`,
  )
    .bind(`msg_${name}`, tenantId, id, at, `words of ${name}`, `<${name}@acme.example>`, `${id}@lead.example`)
    .run();
  const rawKey = `${tenantId}/${id}/inb_${name}.eml`;
  await env.BODIES.put(rawKey, `raw ${name}`);
  await keepInbound(env.DB, {
    ...{ id: `inb_${name}`, tenantId, mode: "live", at, envelopeFrom: "a@b.example", envelopeTo: "c@d.example" },
    ...{ fromEmail: null, subject: name, messageId: null, status: "matched", enrollmentId: id, reason: null },
    ...{ kind: "human", excerpt: name, sizeBytes: 9, rawKey, reply: JSON.stringify(humanReply(name)), handedOver: 1 },
  });
  return id;
}

async function run(now = NOW): Promise<RetentionReport | undefined> {
  return (await applyRetention(env, now)).find((report) => report.tenantId === tenantId);
}

/** The rows of one table of this tenant that belong to an enrollment. */
async function rows(table: string, id: string): Promise<readonly Record<string, unknown>[]> {
  const { results } = await env.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ? AND enrollment_id = ?`)
    .bind(tenantId, id)
    .all();
  return results;
}

async function bodyKeys(): Promise<readonly string[]> {
  return (await env.BODIES.list({ prefix: `${tenantId}/` })).objects.map(({ key }) => key);
}

test("the terms are the tenant's own, shown and changed one by one; none is shorter than what may still be under way", async () => {
  expect((await live.get("/v1/tenant")).body.retention).toEqual({
    bodiesDays: null,
    logDays: null,
    messagesDays: null,
  });
  await live.patch("/v1/tenant", { retention: { logDays: 30 } });
  const both = await live.patch("/v1/tenant", { retention: { messagesDays: 90 } });
  expect(both.body.retention).toEqual({ bodiesDays: null, logDays: 30, messagesDays: 90 });
  expect((await live.patch("/v1/tenant", { retention: { logDays: null } })).body.retention.logDays).toBeNull();
  const tooShort = await live.patch("/v1/tenant", { retention: { bodiesDays: 2 } });
  expect([tooShort.status, tooShort.body.errors[0].pointer]).toEqual([422, "/retention/bodiesDays"]);
});

test("a tenant that says nothing keeps everything", async () => {
  const id = await stored("kept1", OLD);
  expect(await run()).toBeUndefined();
  expect([(await rows("journal", id)).length, (await rows("inbound_mail", id)).length]).toEqual([3, 1]);
});

test("lines of the log go when their days are over, with their bytes; younger ones stay", async () => {
  await live.patch("/v1/tenant", { retention: { logDays: 30 } });
  const [old, young] = [await stored("oldlog", OLD), await stored("younglog", YOUNG)];
  expect(await run()).toMatchObject({ logLines: 3, messages: 0, inboundMails: 0, isDone: true });
  expect([(await rows("journal", old)).length, (await rows("journal", young)).length]).toEqual([0, 3]);
  expect((await bodyKeys()).filter((key) => key.includes("exchange"))).toEqual([
    `${tenantId}/${young}/exchange-000001.json`,
  ]);
});

test("who compares the log with an object still knows how many lines there were", async () => {
  await live.patch("/v1/tenant", { retention: { logDays: 30 } });
  const id = await stored("counted", OLD);
  const before = await enrollmentsTo(env.DB, tenantId, `${id}@lead.example`, 10);
  await run();
  expect(await rows("journal", id)).toEqual([]);
  expect(await enrollmentsTo(env.DB, tenantId, `${id}@lead.example`, 10)).toEqual(before);
  expect(before).toEqual([{ id, lines: 3 }]);
});

test("the words of old messages go, and what an answer is matched by stays while one may come", async () => {
  await live.patch("/v1/tenant", { retention: { messagesDays: 30 } });
  const lives = await stored("lives", OLD);
  const grace = await stored("grace", OLD, { state: "completed", endedAt: NOW - 40 * DAY });
  const over = await stored("over", OLD - 100 * DAY, { state: "completed", endedAt: NOW - 91 * DAY });
  const young = await stored("young", YOUNG);
  expect(await run()).toMatchObject({ messages: 3, inboundMails: 3, logLines: 0 });
  for (const [id, name] of [
    [lives, "lives"],
    [grace, "grace"],
  ] as const)
    expect((await rows("messages", id))[0]).toMatchObject({
      text: "",
      subject: null,
      message_id: `<${name}@acme.example>`,
      to_email: `${id}@lead.example`,
      detail: '{"providerMessageId":"p-1"}',
    });
  expect((await rows("messages", over))[0]).toMatchObject({ text: "", message_id: null, to_email: null, detail: "{}" });
  expect((await rows("messages", young))[0]).toMatchObject({ text: "words of young" });
  expect(await placesOf("words of lives")).toEqual([]);
  expect((await bodyKeys()).filter((key) => key.endsWith(".eml"))).toEqual([`${tenantId}/${young}/inb_young.eml`]);
  // When the grace is over the rest goes too.
  expect(await run(NOW + 60 * DAY)).toMatchObject({ messages: 2 });
  expect((await rows("messages", grace))[0]).toMatchObject({ message_id: null });
});

test("bodies go by their own age, whatever their rows do", async () => {
  await live.patch("/v1/tenant", { retention: { bodiesDays: 10 } });
  const id = await stored("bodiesbodiesbodi", Date.now());
  expect(await run(Date.now() + 9 * DAY)).toMatchObject({ bodies: 0 });
  expect((await bodyKeys()).length).toBe(2);
  expect(await run(Date.now() + 11 * DAY)).toMatchObject({ bodies: 2, logLines: 0 });
  expect([await bodyKeys(), (await rows("journal", id)).length]).toEqual([[], 3]);
  const [entry] = (await live.get(`/v1/log?enrollmentId=${id}`)).body.data;
  expect((await live.get(`/v1/log/${entry.id}`)).status).toBe(200);
});

test("a mail that its enrollment hasn't got yet is not deleted, however old", async () => {
  await live.patch("/v1/tenant", { retention: { messagesDays: 30 } });
  const id = await stored("waiting", OLD);
  await env.DB.prepare("UPDATE inbound_mail SET handed_over = 0 WHERE enrollment_id = ?").bind(id).run();
  expect(await run()).toMatchObject({ inboundMails: 0 });
  await env.DB.prepare("UPDATE inbound_mail SET handed_over = 1 WHERE enrollment_id = ?").bind(id).run();
});

test("a log of twelve thousand lines goes in bounded turns, and another tenant's turn comes in between", {
  timeout: 60_000,
}, async () => {
  await live.patch("/v1/tenant", { retention: { logDays: 30 } });
  const rowsOf = JSON.stringify(Array.from({ length: 12_000 }, (_, entry) => entry + 1));
  await env.DB.prepare(
    "INSERT INTO journal (enrollment_id, entry, tenant_id, mode, at, kind, cadence_id, version, what) SELECT 'enr_many', value, ?1, 'live', ?2 + value, 'note', 'cad_x', 1, 'x' FROM json_each(?3)",
  )
    .bind(tenantId, OLD, rowsOf)
    .run();
  const other = await seedTenant();
  await api(other.liveKey).patch("/v1/tenant", { retention: { logDays: 30 } });
  const first = await applyRetention(env, NOW);
  expect(first.find((report) => report.tenantId === tenantId)).toMatchObject({ logLines: 5_000, isDone: false });
  expect(first.map((report) => report.tenantId)).toContain(other.tenantId);
  expect(await run(NOW + 300_000)).toMatchObject({ logLines: 5_000, isDone: false });
  expect(await run(NOW + 600_000)).toMatchObject({ logLines: 2_000, isDone: true });
  // Through for this hour.
  expect(await run(NOW + 900_000)).toBeUndefined();
});

test("old lines are found by an index, in every mode and of every kind", async () => {
  const asked: string[] = [];
  const recorder = new Proxy(env.DB, {
    get: (real, name) => {
      const value: unknown = Reflect.get(real, name);
      if (name !== "prepare") return typeof value === "function" ? value.bind(real) : value;
      return (sql: string) => {
        asked.push(sql);
        return real.prepare(sql);
      };
    },
  });
  await oldLines(recorder, tenantId, NOW, 5);
  expect(asked).toHaveLength(4);
  for (const sql of asked) {
    const plan = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`).bind(tenantId, NOW, 5).all<{ detail: string }>();
    expect(plan.results.map(({ detail }) => detail)).toEqual([
      expect.stringMatching(
        /^SEARCH journal USING INDEX journal_(times|besides) \(tenant_id=\? AND mode=\? AND at<\?\)$/,
      ),
    ]);
  }
});
