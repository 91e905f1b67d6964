import { env } from "cloudflare:workers";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { customer, enrolled, publishedCadence, STATIC_STEP } from "../../../support/cadences.ts";
import { setClock } from "../../../support/enrollment.ts";
import { logLines } from "../../../support/log-lines.ts";
import { watchedDatabase } from "../../../support/plans.ts";
import { receivedLine, saidLine, sentLine } from "../../../support/tally-lines.ts";
import { api } from "../../../support/worker.ts";

const NOW = Date.parse("2026-11-23T11:30:00Z");
const HOUR = 3600_000;
beforeEach(() => setClock(NOW));
afterEach(() => {
  vi.useRealTimers();
});

const THREE_STEPS = [STATIC_STEP, { kind: "wait", delayDays: 1 }, STATIC_STEP];

async function running() {
  const { tenantId, ask, live } = await customer();
  const cadenceId = await publishedCadence(ask, { steps: THREE_STEPS });
  const lead = async (leadExternalId: string, state = "active", step = 0, exitReason: string | null = null) => {
    const id = await enrolled(ask, cadenceId, { leadExternalId, leadEmail: `${leadExternalId}@lead.example` });
    await env.DB.prepare("UPDATE enrollments SET state = ?, step = ?, exit_reason = ? WHERE id = ?")
      .bind(state, step, exitReason, id)
      .run();
    return { id, cadenceId };
  };
  return { tenantId, ask, live, cadenceId, lead };
}

test("a funnel says where the leads stand, how they ended, and what each step came to", async () => {
  const { tenantId, ask, cadenceId, lead } = await running();
  const replied = await lead("a", "exited", 2, "replied");
  const bounced = await lead("b", "exited", 2, "bounced");
  await lead("c", "unenrolled", 1, "they asked me by phone");
  await lead("d", "active", 2);
  await lead("e", "held", 2);
  // The step in hand is the third one; what they answer to is the first one's message.
  await logLines(tenantId, replied, [
    sentLine("a1", 0, NOW - 30 * HOUR),
    receivedLine("a2", 2, NOW - HOUR, "auto_reply"),
    receivedLine("a3", 2, NOW - HOUR),
    receivedLine("a4", 2, NOW - HOUR),
  ]);
  await logLines(tenantId, bounced, [
    sentLine("b1", 0, NOW - 2 * HOUR),
    saidLine("gate_closed", { verdict: "skip" }, 2, NOW - HOUR),
    saidLine("exited", { reason: "bounced" }, 2, NOW - HOUR),
  ]);
  const { status, body } = await ask.get(`/v1/cadences/${cadenceId}/funnel`);
  expect(status).toBe(200);
  expect(body).toMatchObject({ cadenceId, version: null, versions: [1], enrolled: 5 });
  expect(body.states).toEqual({ active: 1, paused: 0, held: 1, completed: 0, unenrolled: 1, exited: 2 });
  expect(body.exits).toEqual({ replied: 1, bounced: 1, unenrolled: 1 });
  const none = { waiting: 0, sent: 0, skipped: 0, failed: 0, replied: 0, bounced: 0, unsubscribed: 0 };
  expect(body.steps).toEqual([
    { ...none, step: 0, kind: "email", sent: 2, replied: 1, bounced: 1 },
    { ...none, step: 1, kind: "wait" },
    { ...none, step: 2, kind: "email", waiting: 2, skipped: 1 },
  ]);
  expect(body.days).toHaveLength(14);
  expect(body.days.slice(-2)).toEqual([
    { day: "2026-11-22", sent: 1, replied: 0 },
    { day: "2026-11-23", sent: 1, replied: 1 },
  ]);
});

test("one version alone is told apart, and a step that a later version lacks stays", async () => {
  const { tenantId, ask, cadenceId, lead } = await running();
  const first = await lead("a", "active", 2);
  await logLines(tenantId, first, [sentLine("v1", 2, NOW - HOUR)]);
  await ask.put(`/v1/cadences/${cadenceId}/steps`, { steps: [STATIC_STEP] });
  await ask.post(`/v1/cadences/${cadenceId}/publish`);
  await lead("b");
  const of = async (query: string) => (await ask.get(`/v1/cadences/${cadenceId}/funnel${query}`)).body;
  const sentBy = (body: { steps: { sent: number; waiting: number }[] }) =>
    body.steps.map(({ sent, waiting }) => [sent, waiting]);
  const [all, one, two] = [await of(""), await of("?version=1"), await of("?version=2")];
  expect([all.versions, all.enrolled, sentBy(all)]).toEqual([
    [1, 2],
    2,
    [
      [0, 1],
      [0, 0],
      [1, 1],
    ],
  ]);
  expect([one.version, one.enrolled, sentBy(one)]).toEqual([
    1,
    1,
    [
      [0, 0],
      [0, 0],
      [1, 1],
    ],
  ]);
  expect([two.version, two.enrolled, sentBy(two)]).toEqual([2, 1, [[0, 1]]]);
});

test("another mode's key finds no such cadence, and what is no version is refused", async () => {
  const { ask, live, cadenceId } = await running();
  expect((await live.get(`/v1/cadences/${cadenceId}/funnel`)).status).toBe(404);
  expect((await ask.get(`/v1/cadences/${cadenceId}/funnel?version=first`)).status).toBe(422);
});

test("enrollments are counted from an index alone, and no table is walked through", async () => {
  const { ask, cadenceId } = await running();
  const key = (await ask.post("/v1/keys", { name: "reader" })).body.key;
  const watched = watchedDatabase();
  const reader = api(key, { DB: watched.DB });
  expect((await reader.get(`/v1/cadences/${cadenceId}/funnel`)).status).toBe(200);
  expect((await reader.get(`/v1/cadences/${cadenceId}/funnel?version=1`)).status).toBe(200);
  expect(await watched.scans()).toEqual([]);
  const counts = (await watched.all()).filter((plan) => plan.includes("enrollments"));
  expect(counts).toHaveLength(2);
  for (const plan of counts) expect(plan).toContain("USING COVERING INDEX enrollments_funnel");
  // Fifty versions with all their words would be a hundred megabytes: no version is read whole.
  expect(await watched.plans("cadence_versions")).toEqual([]);
});
