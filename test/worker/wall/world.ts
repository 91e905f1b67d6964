import { env } from "cloudflare:workers";
import { expect, vi } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { LATER, LEAD, STATIC_STEP } from "../../support/cadences.ts";
import { unmatchedMail } from "../../support/inbox.ts";
import { madeKey } from "../../support/keys.ts";
import { person } from "../../support/people.ts";
import { type ApiClient, api } from "../../support/worker.ts";
import { CALLS } from "./calls.ts";
import { OPERATIONS } from "./operations.ts";

/** One thing of each kind that a tenant has in one mode. */
export interface Ids {
  readonly cadence: string;
  readonly enrollment: string;
  readonly draft: string;
  readonly task: string;
  readonly log: string;
  readonly message: string;
  readonly inbound: string;
  readonly endpoint: string;
  readonly mailbox: string;
  readonly linkedin: string;
  readonly suppression: string;
  readonly sandbox: string;
  readonly key: string;
  readonly member: string;
  readonly invitation: string;
  readonly erasure: string;
}

/** A tenant's data of one mode, and the key that may do everything with it. */
export interface World {
  readonly tenantId: string;
  readonly mode: "live" | "test";
  readonly key: string;
  readonly ids: Ids;
  /** Stands in every name and text of it. */
  readonly mark: string;
}

/** Fills a tenant by its own API: what is sent, held and logged in it was done by the engine. */
export async function fillWorld(tenantId: string, mode: World["mode"], key: string): Promise<World> {
  const ask = api(key);
  const mark = `mark${crypto.randomUUID().slice(0, 8)}`;
  answerDrafts(mark);
  const mailbox = await idOf(
    ask.post("/v1/mailboxes", { provider: "sandbox", email: `${mark}@acme.example`, name: mark }),
  );
  const endpoint = await idOf(ask.post("/v1/endpoints", { url: `https://hooks.acme.example/${mark}`, name: mark }));
  const linkedin = await idOf(ask.post("/v1/linkedin-accounts", { provider: "manual", name: mark }));
  const cadence = await madeCadence(ask, {
    name: mark,
    steps: [STATIC_STEP],
    endpointId: endpoint,
    mailboxId: mailbox,
    linkedinAccountId: linkedin,
  });
  const asked = await madeCadence(ask, { name: mark, steps: [{ kind: "email" }], endpointId: endpoint });
  const enrollment = await enrolledIn(ask, cadence, { ...LEAD, leadName: mark, startAt: LATER });
  const sent = await enrolledIn(ask, cadence, lead(mark, "sent"));
  const held = await enrolledIn(ask, asked, lead(mark, "held"));
  const task = await madeCadence(ask, { name: mark, steps: [{ kind: "task" }], endpointId: endpoint });
  const tasked = await enrolledIn(ask, task, lead(mark, "task"));
  await ask.post("/v1/suppressions", { entries: [{ value: `${mark}@gone.example` }] });
  await ask.post("/v1/erasures", { email: `${mark}@erased.example` });
  const ids: Ids = {
    ...{ cadence, enrollment, endpoint, mailbox, linkedin },
    inbound: await unmatchedMail(tenantId, { mode: mode === "live" ? "live" : "sandbox" }),
    key: (await madeKey(key, { name: mark })).id,
    suppression: await firstOf(ask, "/v1/suppressions", "id"),
    erasure: await firstOf(ask, "/v1/erasures", "id"),
    sandbox: await firstOf(ask, `/v1/sandbox/messages?enrollmentId=${sent}`, "sendKey"),
    draft: await heldDraft(ask, held),
    task: await taskOf(ask, tasked),
    message: await firstOf(ask, `/v1/enrollments/${sent}/messages`, "id"),
    ...(await people(tenantId, mark)),
    log: await firstOf(ask, `/v1/log?enrollmentId=${held}`, "id"),
  };
  return { tenantId, mode, key, ids, mark };
}

/**
 * All that the tenant's own key reads, by operation: without what changes by asking (`lastUsedAt`, a request's own id), and without test
 * keys where a live key asks.
 */
export async function readAll(world: World): Promise<Readonly<Record<string, unknown>>> {
  const reads = OPERATIONS.filter(
    ({ method, scope, operationId }) => method === "GET" && scope !== null && !SAYS_WHEN.has(operationId),
  );
  const answers = await Promise.all(
    reads.map(async ({ operationId, path }) => {
      const call = CALLS[operationId];
      const id = call?.id === undefined ? "" : world.ids[call.id];
      const { status, body } = await api(world.key).get(path.replace(/\{\w+\}/, id) + (call?.query?.(world) ?? ""));
      return [operationId, { status, body: ofMode(world, withoutUse(body)) }] as const;
    }),
  );
  return Object.fromEntries(answers);
}

/** They say when they were asked, and are made of what the others read. */
const SAYS_WHEN: ReadonlySet<string> = new Set([
  "exportTenant",
  "getDecision",
  "getEndpointHealth",
  "getForecast",
  "getLinkedinRoom",
  "getMailboxRoom",
  "getOverview",
  "getTenantForecast",
]);

/** Reads all until nothing more comes in from the queues. */
export async function readAllAtRest(world: World): Promise<Readonly<Record<string, unknown>>> {
  let [before, calm] = [await readAll(world), 0];
  while (calm < 3) {
    await scheduler.wait(1_000);
    const now = await readAll(world);
    calm = JSON.stringify(now) === JSON.stringify(before) ? calm + 1 : 0;
    before = now;
  }
  return before;
}

/** The endpoint of every world: it writes a draft that a person is to look at. */
function answerDrafts(mark: string): void {
  vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
    const text = await new Request(input as RequestInfo, init).text();
    const isTask = text.includes('"kind":"task"');
    const isDraft = text.includes('"cadence.step.draft.requested"');
    return isDraft
      ? Response.json({ subject: mark, body: mark, review: !isTask })
      : new Response(null, { status: 204 });
  });
}

function lead(mark: string, which: string): object {
  return { leadExternalId: `${mark}-${which}`, leadName: mark, leadEmail: `${mark}-${which}@lead.example` };
}

async function madeCadence(ask: ApiClient, more: object): Promise<string> {
  const { body } = await ask.post("/v1/cadences", { businessHoursOnly: false, publish: true, ...more });
  return nonEmpty(body.cadence?.id, body);
}

async function enrolledIn(ask: ApiClient, cadence: string, more: object): Promise<string> {
  const { body } = await ask.post(`/v1/cadences/${cadence}/enrollments`, more);
  return nonEmpty(body.enrollment?.id, body);
}

async function idOf(asked: ReturnType<ApiClient["post"]>): Promise<string> {
  const { body } = await asked;
  return nonEmpty(body.id, body);
}

function firstOf(ask: ApiClient, path: string, field: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { body } = await ask.get(path);
      return nonEmpty(body.data?.at(-1)?.[field], { path, body });
    },
    { timeout: 15_000, interval: 100 },
  );
}

/** One member and one who is invited. Written past the API, which shows people to live keys alone. */
async function people(tenantId: string, mark: string): Promise<Pick<Ids, "member" | "invitation">> {
  const { memberId } = await person(tenantId, "viewer", mark);
  const invitation = newId("inv");
  const now = Date.now();
  await env.DB.prepare(
    "INSERT INTO invitations (id, tenant_id, email, role, status, token_hash, mailed, inviter_id, expires_at, created_at) VALUES (?, ?, ?, 'viewer', 'pending', ?, 0, 'key_x', ?, ?)",
  )
    .bind(invitation, tenantId, `${mark}@invited.example`, mark, now + 3600_000, now)
    .run();
  return { member: nonEmpty(memberId, { tenantId }), invitation };
}

function taskOf(ask: ApiClient, enrollment: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { body } = await ask.get(`/v1/enrollments/${enrollment}`);
      return nonEmpty(body.task?.draftId, body);
    },
    { timeout: 15_000, interval: 100 },
  );
}

function heldDraft(ask: ApiClient, enrollment: string): Promise<string> {
  return vi.waitFor(
    async () => {
      const { body } = await ask.get(`/v1/enrollments/${enrollment}`);
      expect(body.state).toBe("held");
      return `drf_${enrollment.slice("enr_".length)}_0_1`;
    },
    { timeout: 15_000, interval: 100 },
  );
}

function nonEmpty(id: unknown, where: object): string {
  if (typeof id !== "string" || id === "") throw new Error(`no id in ${JSON.stringify(where)}`);
  return id;
}

function ofMode({ mode }: World, body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (_field, value) =>
    Array.isArray(value) ? value.filter((row) => mode === "test" || row?.mode !== "test") : value,
  );
}

/** What differs between two readings of the same. */
const OF_READING = new Set(["lastUsedAt", "instance", "madeAt", "sha256", "signature"]);

function withoutUse(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (field, value) => (OF_READING.has(field) ? null : value));
}
