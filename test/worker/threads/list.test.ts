import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { customer, enrolled, publishedCadence } from "../../support/cadences.ts";
import { logLines, noteLine } from "../../support/log-lines.ts";
import { watchedDatabase } from "../../support/plans.ts";
import { receivedLine, sentLine } from "../../support/tally-lines.ts";
import { type ApiClient, api, seedTenant } from "../../support/worker.ts";

const AT = Date.parse("2026-11-23T10:00:00Z");
const MINUTE = 60_000;

/** Five leads: one of whom only was written to, one wrote last, one was answered, one is away, one got nothing. */
async function talking() {
  const { ask, live, tenantId } = await customer();
  const [one, two] = [await publishedCadence(ask), await publishedCadence(ask)];
  const lead = async (key: string, cadenceId: string) => {
    const id = await enrolled(ask, cadenceId, {
      leadExternalId: key,
      leadName: `Lead ${key}`,
      leadEmail: `${key}@lead.example`,
    });
    return { id, cadenceId };
  };
  const leads = {
    silent: await lead("silent", one),
    open: await lead("open", one),
    answered: await lead("answered", two),
    away: await lead("away", one),
    unwritten: await lead("unwritten", one),
  };
  await logLines(tenantId, leads.silent, [sentLine(`${tenantId}s1`, 0, AT + 50 * MINUTE)]);
  await logLines(tenantId, leads.open, [
    sentLine(`${tenantId}o1`, 0, AT),
    receivedLine(`${tenantId}o2`, 1, AT + 40 * MINUTE),
  ]);
  await logLines(tenantId, leads.answered, [
    sentLine(`${tenantId}a1`, 0, AT),
    receivedLine(`${tenantId}a2`, 1, AT + MINUTE),
    sentLine(`${tenantId}a3`, 1, AT + 30 * MINUTE),
  ]);
  await logLines(tenantId, leads.away, [
    sentLine(`${tenantId}w1`, 0, AT),
    receivedLine(`${tenantId}w2`, 1, AT + 20 * MINUTE, "auto_reply"),
  ]);
  return { ask, live, tenantId, leads, one, found: (query: string) => found(ask, query) };
}

async function found(ask: ApiClient, query: string): Promise<readonly string[]> {
  const { data } = (await ask.get(`/v1/threads${query}`)).body;
  return data.map(({ leadExternalId }: { leadExternalId: string }) => leadExternalId);
}

test("conversations come newest first by their last message, and those without an answer when they are asked for", async () => {
  const { found: of, live, one } = await talking();
  expect(await of("")).toEqual(["open", "answered", "away"]);
  expect(await of("?all=true")).toEqual(["silent", "open", "answered", "away"]);
  expect(await of("?answered=false")).toEqual(["open"]);
  expect(await of("?answered=true")).toEqual(["answered", "away"]);
  expect(await of(`?cadenceId=${one}`)).toEqual(["open", "away"]);
  expect(await of("?search=OPEN%40lead")).toEqual(["open"]);
  expect(await of(`?search=lead&cadenceId=${one}&all=true`)).toEqual(["silent", "open", "away"]);
  expect(await found(live, "?all=true")).toEqual([]);
});

test("a conversation says who it is with, how it stands and what was said last", async () => {
  const { ask, leads } = await talking();
  const [open, , away] = (await ask.get("/v1/threads")).body.data;
  expect(open).toEqual({
    ...{ enrollmentId: leads.open.id, cadenceId: leads.open.cadenceId, state: "active", exitReason: null },
    ...{ leadName: "Lead open", leadEmail: "open@lead.example", leadExternalId: "open" },
    ...{
      subject: "Hi",
      lastAt: "2026-11-23T10:40:00.000Z",
      lastDirection: "in",
      lastChannel: "email",
      lastKind: "human",
      answered: false,
    },
    ...{ excerpt: "Hi", messages: 2, inbound: 1 },
  });
  // A machine waits for no answer.
  expect(away).toMatchObject({ lastDirection: "in", lastKind: "auto_reply", answered: true });
});

test("pages have each conversation once, also of the same moment", async () => {
  const { ask, tenantId, one } = await talking();
  for (const key of ["x", "y", "z"]) {
    const id = await enrolled(ask, one, { leadExternalId: key, leadEmail: `${key}@lead.example` });
    await logLines(tenantId, { id, cadenceId: one }, [receivedLine(`${tenantId}${key}1`, 0, AT + 20 * MINUTE)]);
  }
  const shown: string[] = [];
  let cursor: string | null = "";
  for (let pages = 0; cursor !== null && pages < 9; pages += 1) {
    const { body } = await ask.get(`/v1/threads?all=true&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`);
    shown.push(...body.data.map(({ leadExternalId }: { leadExternalId: string }) => leadExternalId));
    cursor = body.nextCursor;
  }
  expect(shown).toEqual(["silent", "open", "answered", "z", "y", "x", "away"]);
});

test("messages that come late, or twice, leave the conversation as it stands", async () => {
  const { ask, tenantId, leads } = await talking();
  const before = (await ask.get("/v1/threads?all=true")).body;
  await logLines(tenantId, leads.open, [
    sentLine(`${tenantId}o1`, 0, AT),
    receivedLine(`${tenantId}o2`, 1, AT + 40 * MINUTE),
  ]);
  expect((await ask.get("/v1/threads?all=true")).body).toEqual(before);
  await logLines(tenantId, leads.open, [noteLine("a"), noteLine("b"), sentLine(`${tenantId}o0`, 0, AT - MINUTE)]);
  expect((await ask.get("/v1/threads?answered=false")).body.data).toMatchObject([{ messages: 3, answered: false }]);
});

test("a search goes on where the one before ended, though it found nothing", async () => {
  const { ask, tenantId, one } = await talking();
  await env.DB.prepare(
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2100)
     INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, state, phase, thread, last_message_at, created_at, updated_at)
     SELECT ?1 || x, ?1, 'sandbox', ?2, 1, 'bulk-' || x, '{}', 'active', 'waiting', 'open', ?3 + x, 0, 0 FROM n`,
  )
    .bind(tenantId, one, AT + 60 * MINUTE)
    .run();
  const first = (await ask.get("/v1/threads?search=away")).body;
  expect([first.data, typeof first.nextCursor]).toEqual([[], "string"]);
  expect(await found(ask, `?search=away&cursor=${first.nextCursor}`)).toEqual(["away"]);
});

test.each([["?answered=maybe"], ["?all=false"], ["?search=x"], ["?cursor=nonsense"], [`?cursor=${btoa("t5.msg_a")}`]])(
  "%s is refused",
  async (query) => {
    const { ask } = await customer();
    expect((await ask.get(`/v1/threads${query}`)).status).toBe(422);
  },
);

test.each(["", "?all=true", "?answered=false", "?search=abc&cadenceId=cad_a&all=true"])(
  "the conversations of %s are found by their index, and none is sorted but the page",
  async (query) => {
    const { key } = await seedTenant();
    const watched = watchedDatabase();
    expect((await api(key, { DB: watched.DB }).get(`/v1/threads${query}`)).status).toBe(200);
    expect(await watched.scans()).toEqual([]);
    const plans = (await watched.all()).filter((plan) => plan.includes("enrollments_threads"));
    expect(plans).toHaveLength(2);
    for (const plan of plans)
      expect(plan).toContain(
        "SEARCH enrollments USING COVERING INDEX enrollments_threads (tenant_id=? AND mode=? AND thread=?",
      );
  },
);

test("a conversation of thousands of messages takes nothing away from the others of its page", async () => {
  const { ask, leads, tenantId } = await talking();
  // Somebody's automatic answers to automatic answers, all older than what the others have.
  await env.DB.prepare(
    `WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 10000)
     INSERT INTO messages (id, tenant_id, mode, enrollment_id, direction, at, text) SELECT ?1 || '-loop-' || x, ?1, 'sandbox', ?2, 'in', x, 'away' FROM n`,
  )
    .bind(tenantId, leads.away.id)
    .run();
  const { data } = (await ask.get("/v1/threads?all=true")).body;
  const of = (id: string) => data.find(({ enrollmentId }: { enrollmentId: string }) => enrollmentId === id);
  expect(of(leads.open.id)).toMatchObject({ messages: 2, inbound: 1, lastDirection: "in", lastKind: "human" });
  expect(of(leads.answered.id)).toMatchObject({ messages: 3, lastDirection: "out" });
  expect(of(leads.away.id)).toMatchObject({ messages: 10_002, inbound: 10_001, lastKind: "auto_reply" });
});

test("nobody waits for an answer any more who was erased, also not after a line that came late", async () => {
  const { ask, leads, tenantId, found: of } = await talking();
  expect((await ask.post("/v1/erasures", { email: "open@lead.example" })).status).toBe(200);
  await logLines(tenantId, leads.open, [receivedLine(`${tenantId}o9`, 1, AT + 90 * MINUTE)]);
  expect(await of("?all=true")).toEqual(["silent", "answered", "away"]);
});
