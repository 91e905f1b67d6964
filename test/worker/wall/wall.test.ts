import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { app } from "../../../worker/app.ts";
import { api, seedTenant } from "../../support/worker.ts";
import { CALLS } from "./calls.ts";
import { type Identity, ownersOf, strangersTo } from "./identities.ts";
import { judge, knock } from "./judge.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { peopleAround } from "./people.ts";
import { fillWorld, type Ids, readAllAtRest, type World } from "./world.ts";

interface Stage {
  readonly world: World;
  /** A key for everything of another tenant, and of this tenant's other mode. */
  readonly other: string;
  readonly otherMode: string;
  readonly strangers: readonly Identity[];
  readonly owner: Identity;
}

let stages: readonly Stage[] = [];
beforeAll(async () => {
  const [ours, theirs] = [await seedTenant(), await seedTenant()];
  stages = [
    await setStage(await fillWorld(ours.tenantId, "test", ours.key), theirs.key, ours.liveKey, theirs.tenantId),
    await setStage(await fillWorld(ours.tenantId, "live", ours.liveKey), theirs.liveKey, ours.key, theirs.tenantId),
  ];
}, 60_000);
afterAll(() => {
  vi.restoreAllMocks();
});

test("each operation of the document says in the table how it is called, and nothing else does", () => {
  expect(OPERATIONS.length).toBeGreaterThan(50);
  expect(OPERATIONS.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(CALLS).sort());
  const without = OPERATIONS.filter(
    ({ operationId, path, takesBody }) =>
      (/\{\w+\}/.test(path) && CALLS[operationId]?.id === undefined) ||
      (takesBody && CALLS[operationId]?.body === undefined),
  );
  expect(without).toEqual([]);
});

test("nobody gets in where they don't belong: every route x every identity, in both modes, and nothing is changed or told", async () => {
  let asked = 0;
  for (const { world, strangers } of stages) {
    const before = await readAllAtRest(world);
    const faults: string[] = [];
    for (const operation of OPERATIONS)
      for (const identity of strangers) {
        if (!isForbidden(operation, identity, world)) continue;
        asked += 1;
        const fault = await judge(app, operation, callOf(operation), identity, world);
        if (fault !== null) faults.push(`${world.mode}: ${fault}`);
      }
    expect(faults).toEqual([]);
    expect(await readAllAtRest(world)).toEqual(before);
  }
  const [identities, routes] = [stages[0]?.strangers.length ?? 0, OPERATIONS.length];
  console.log(`the wall: ${routes} routes x ${identities} identities x 2 modes, ${asked} requests, 0 got in`);
  expect(asked).toBeGreaterThan(3_500);
}, 120_000);

test("what is foreign, of the other mode, or nowhere, is the same answer to the letter but for the request's id", async () => {
  const faults: string[] = [];
  let compared = 0;
  for (const { world, other, otherMode } of stages)
    for (const operation of OPERATIONS.filter(({ scope }) => scope !== null)) {
      const call = callOf(operation);
      if (call.id === undefined) continue;
      const isLive = world.mode === "live";
      const asked: [string, string, boolean][] = [["foreign", other, isLive]];
      if (isLive || call.liveMay === undefined) asked.push(["other mode", otherMode, !isLive]);
      for (const [why, key, isLiveKey] of asked) {
        const must = isLiveKey ? call.stranger : (call.strangerInTest ?? call.stranger);
        const nowhere = await knock(app, operation, call, bearer(key), { ...world, ids: unknown(world.ids) });
        const seen = await knock(app, operation, call, bearer(key), world);
        compared += 1;
        if (seen.status !== must || words(seen.text) !== words(nowhere.text) || seen.headers !== nowhere.headers)
          faults.push(`${operation.operationId}, ${why}: ${seen.text} is not ${nowhere.text}`);
      }
    }
  expect(faults).toEqual([]);
  console.log(`${compared} answers about foreign ids, all the same as about unknown ones`);
  expect(compared).toBeGreaterThan(120);
}, 60_000);

test("an id of another tenant inside one's own request is no way in either", async () => {
  for (const { world, other } of stages) {
    const ask = api(other);
    const own = await fillWorld((await ask.get("/v1/tenant")).body.id, world.mode, other);
    const { ids } = world;
    const lead = { leadExternalId: "y", leadEmail: "y@lead.example" };
    const answers = [
      await ask.post("/v1/cadences", { name: "x", endpointId: ids.endpoint }),
      await ask.post("/v1/cadences", { name: "x", mailboxId: ids.mailbox }),
      await ask.post("/v1/cadences", { name: "x", linkedinAccountId: ids.linkedin }),
      await ask.patch(`/v1/cadences/${own.ids.cadence}`, { linkedinAccountId: ids.linkedin }),
      await ask.patch(`/v1/cadences/${own.ids.cadence}`, { endpointId: ids.endpoint }),
      await ask.patch(`/v1/cadences/${own.ids.cadence}`, { mailboxId: ids.mailbox }),
      await ask.post(`/v1/cadences/${own.ids.cadence}/enrollments`, { ...lead, inboxId: ids.mailbox }),
      await ask.post(`/v1/inbound/${own.ids.inbound}/attach`, { enrollmentId: ids.enrollment }),
    ];
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [422, "invalid_request"]));
    const filters = ["cadenceId", "endpointId", "enrollmentId"] as const;
    for (const [path, filter] of [
      ...filters.map((name) => ["/v1/log", `${name}=${ids[name.replace("Id", "") as keyof Ids]}`] as const),
      ["/v1/enrollments", `cadenceId=${ids.cadence}`] as const,
      ["/v1/sandbox/messages", `enrollmentId=${ids.enrollment}`] as const,
    ])
      expect([filter, (await ask.get(`${path}?${filter}`)).body.data]).toEqual([filter, []]);
  }
}, 60_000);

test("HEAD is no way around: it needs what GET needs", async () => {
  for (const operation of OPERATIONS.filter(({ method, scope }) => method === "GET" && scope !== null))
    for (const { world, strangers } of stages)
      for (const { name, headers, expected } of strangers) {
        const { scope } = operation;
        const must = scope === null ? "as owner" : expected({ ...operation, scope });
        if (scope === null || typeof must === "string") continue;
        const seen = await knock(app, { ...operation, method: "HEAD" }, callOf(operation), headers(scope), world);
        expect([operation.operationId, name, seen.status, seen.text]).toEqual([
          operation.operationId,
          name,
          must.status,
          "",
        ]);
      }
}, 60_000);

test("the control: with the one scope that it needs, the tenant's own key gets through every one of these doors", async () => {
  for (const { world, owner } of stages) {
    const faults: (string | null)[] = [];
    for (const operation of inOrderOfTable()) faults.push(await judge(app, operation, callOf(operation), owner, world));
    expect(faults.filter((fault) => fault !== null)).toEqual([]);
  }
}, 60_000);

async function setStage(world: World, other: string, otherMode: string, otherTenant: string): Promise<Stage> {
  const [strangers, owner] = [
    [...(await strangersTo(world, other, otherMode)), ...(await peopleAround(world, otherTenant))],
    await ownersOf(world),
  ];
  return { world, other, otherMode, strangers, owner };
}

/** What is left out is what is allowed: a live key with the tenant's test keys and people, and an operator's daily work. */
function isForbidden(operation: Operation, { mode, may }: Identity, world: World): boolean {
  if (operation.scope?.endsWith(":write") && may?.(operation.scope)) return false;
  return callOf(operation).liveMay === undefined || !(mode === "live" && world.mode === "test");
}

function callOf({ operationId }: Operation) {
  const call = CALLS[operationId];
  if (call === undefined) throw new Error(`test/worker/wall/calls.ts has no entry for ${operationId}`);
  return call;
}

/** As the table has it: what ends a thing stands after what needs it. */
function inOrderOfTable(): readonly Operation[] {
  return Object.keys(CALLS).flatMap((id) => OPERATIONS.filter(({ operationId }) => operationId === id));
}

function bearer(key: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${key}` };
}

/** Ids of the same form that nothing has. */
function unknown(ids: Ids): Ids {
  const without = (id: string) => id.replace(/[a-z2-7]{16}|(?<=inb_)\w+/, (part) => "a".repeat(part.length));
  const {
    cadence,
    enrollment,
    draft,
    task,
    log,
    message,
    inbound,
    endpoint,
    mailbox,
    linkedin,
    suppression,
    sandbox,
    key,
    member,
    invitation,
    erasure,
  } = ids;
  return {
    cadence: without(cadence),
    enrollment: without(enrollment),
    draft: without(draft),
    task: without(task),
    log: without(log),
    message: without(message),
    inbound: without(inbound),
    endpoint: without(endpoint),
    mailbox: without(mailbox),
    linkedin: without(linkedin),
    suppression: without(suppression),
    sandbox: without(sandbox),
    key: without(key),
    member: without(member),
    invitation: without(invitation),
    erasure: without(erasure),
  };
}

/** The problem without the request's own id. */
function words(text: string): string {
  return text.replace(/"instance":"[^"]*"/, "");
}
