import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import type { Beginning } from "../../../core/begin.ts";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { enrollmentStub } from "../../../durable-objects/stub.ts";
import { keyFor } from "../../support/cadences.ts";
import { JANE, makeWorld, type World } from "../../support/enrollment.ts";
import { type ApiClient, api } from "../../support/worker.ts";

const LEADS = 300;
/** All are due at once, this long after the first is enrolled. */
const DUE_AFTER_MS = 3_000;
/** With ten requests at a time the endpoint takes some seconds for all of them. */
const ANSWER_MS = 120;
/** What a switch may still let out. */
const HOLD_MS = 1_000;
/** How long nothing is seen to leave. */
const QUIET_MS = 2_500;

const OFTEN = { timeout: 60_000, interval: 100 };

afterEach(() => vi.restoreAllMocks());

interface Rush {
  readonly world: World;
  readonly test: ApiClient;
  readonly live: ApiClient;
  /** When the endpoint was asked for each draft. */
  readonly askedAt: readonly number[];
}

/** A tenant with hundreds of leads, all due in a moment. Time is real here: alarms ring by themselves. */
async function rush(): Promise<Rush> {
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 100_000 } });
  const askedAt: number[] = [];
  world.answer = async () => {
    askedAt.push(Date.now());
    await scheduler.wait(ANSWER_MS);
    return Response.json({ body: "Hello", subject: "A question" });
  };
  const now = Date.now();
  const beginnings = Array.from({ length: LEADS }, (_, n): Beginning => {
    const lead = { ...JANE, externalId: `lead-${n}`, email: `lead${n}@lead.example` };
    const { tenantId, mailboxId } = world;
    return { id: newId("enr"), tenantId, mode: "sandbox", lead, mailboxId, startAt: now + DUE_AFTER_MS };
  });
  await env.DB.prepare(
    `INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, lead_email, beginning, mailbox_id, state, phase, next_due_at, created_at, updated_at)
       SELECT value->>'id', value->>'tenantId', 'sandbox', ?2, 1, value->>'$.lead.externalId', value->>'$.lead.email', value, value->>'mailboxId', 'active', 'waiting', value->>'startAt', ?3, ?3 FROM json_each(?1)`,
  )
    .bind(JSON.stringify(beginnings), world.cadence.id, now)
    .run();
  await Promise.all(beginnings.map((one) => enrollmentStub(env, world.tenantId, one.id).begin(one, world.cadence)));
  const { tenantId } = world;
  return { world, test: api(await keyFor(tenantId)), live: api(await keyFor(tenantId, "live")), askedAt };
}

async function sentAt(tenantId: string): Promise<readonly number[]> {
  const { results } = await env.DB.prepare("SELECT at FROM sandbox_mail WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ at: number }>();
  return results.map(({ at }) => at);
}

const SWITCHES: readonly [string, (rush: Rush, enabled: boolean) => Promise<{ readonly status: number }>][] = [
  ["tenant", ({ live }, enabled) => live.patch("/v1/tenant", { enabled })],
  ["cadence", ({ test, world }, enabled) => test.patch(`/v1/cadences/${world.cadence.id}`, { enabled })],
  ["mailbox", ({ test, world }, enabled) => test.patch(`/v1/mailboxes/${world.mailboxId}`, { enabled })],
  ["endpoint", ({ test, world }, enabled) => test.patch(`/v1/endpoints/${world.endpointId}`, { enabled })],
];

test("a pause lets nothing out a second after it was answered, by any of the switches, and nothing is lost when it ends", async () => {
  const rushed = await rush();
  const { tenantId } = rushed.world;
  const widest = watchWakes();
  let before = 0;
  for (const [name, turn] of SWITCHES) {
    // It goes on until then, or there would be nothing to hold back: without the switch the judge sees what leaves.
    await expect.poll(async () => (await sentAt(tenantId)).length, OFTEN).toBeGreaterThan(before + 10);
    expect((await turn(rushed, false)).status).toBe(200);
    const answeredAt = Date.now();
    await scheduler.wait(QUIET_MS);
    const [sent, asked] = [await sentAt(tenantId), [...rushed.askedAt]];
    const lastMs = (times: readonly number[]) => Math.max(...times) - answeredAt;
    console.info(
      `${name}: ${sent.length} of ${LEADS} sent, the last ${lastMs(sent)} ms after the answer; ${asked.length} asked for, the last ${lastMs(asked)} ms after it`,
    );
    // What an endpoint has written before is sent: its switch holds back the asking.
    if (name !== "endpoint") expect(sent.filter((at) => at > answeredAt + HOLD_MS)).toEqual([]);
    expect(asked.filter((at) => at > answeredAt + HOLD_MS)).toEqual([]);
    expect(sent.length).toBeLessThan(LEADS);
    before = sent.length;
    expect((await turn(rushed, true)).status).toBe(200);
  }
  await allSent(tenantId);
  const askedMost = Math.max(...rushed.askedAt.map((from) => within(rushed.askedAt, from, 1_000)));
  console.info(`at most ${widest()} enrollments were woken at once, and ${askedMost} drafts asked for in a second`);
  expect(widest()).toBeGreaterThan(0);
  expect(widest()).toBeLessThanOrEqual(10);
  // Ten places, each for as long as the endpoint takes to answer.
  expect(askedMost).toBeLessThanOrEqual(Math.ceil((10 * 1_000) / ANSWER_MS) + 10);
}, 120_000);

function within(times: readonly number[], from: number, ms: number): number {
  return times.filter((at) => at >= from && at < from + ms).length;
}

/** And told: what goes on in the background would be seen by the tests that come after. */
async function allSent(tenantId: string): Promise<void> {
  await expect.poll(async () => (await sentAt(tenantId)).length, OFTEN).toBe(LEADS);
  const due = () =>
    env.DB.prepare("SELECT count(*) AS n FROM enrollments WHERE tenant_id = ? AND next_due_at IS NOT NULL")
      .bind(tenantId)
      .first("n");
  await expect.poll(due, OFTEN).toBe(0);
}

/** How many enrollments are being woken at a time, at most. */
function watchWakes(): () => number {
  const { wake } = EnrollmentObject.prototype;
  let [now, most] = [0, 0];
  vi.spyOn(EnrollmentObject.prototype, "wake").mockImplementation(async function (this: EnrollmentObject, cause) {
    now += 1;
    most = Math.max(most, now);
    try {
      return await wake.call(this, cause);
    } finally {
      now -= 1;
    }
  });
  return () => most;
}
