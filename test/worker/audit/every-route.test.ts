import { env } from "cloudflare:workers";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { afterEach, beforeAll, expect, test, vi } from "vitest";
import type { Api, ApiEnv } from "../../../worker/api.ts";
import { ACTS } from "../../../worker/audit/acts.ts";
import { keepAudit } from "../../../worker/audit/keep-audit.ts";
import { readActs } from "../../../worker/audit/read-acts.ts";
import { needs } from "../../../worker/openapi/parts.ts";
import { rowsOfRequest, rowsOfTenant } from "../../support/audit-rows.ts";
import { askingCadence, publishedCadence } from "../../support/cadences.ts";
import { doubtful, restingDraft, wakeUp } from "../../support/held.ts";
import { MESSAGE_STEP, tasked } from "../../support/tasks.ts";
import { type Answered, type ApiClient, api, seedTenant } from "../../support/worker.ts";
import { CALLS } from "../wall/calls.ts";
import { OPERATIONS, type Operation } from "../wall/operations.ts";
import { fillWorld, type World } from "../wall/world.ts";

/** Every route that changes something, from the document itself, in the order of the table: what ends a thing comes last. */
const WRITES: readonly Operation[] = Object.keys(CALLS).flatMap((id) =>
  OPERATIONS.filter(({ operationId, method }) => operationId === id && method !== "GET"),
);

let world: World;
beforeAll(async () => {
  const { tenantId, liveKey } = await seedTenant();
  world = await fillWorld(tenantId, "live", liveKey);
}, 60_000);
afterEach(wakeUp);

/** Where the world of the wall gets a refusal: a thing of its own, with which the same route succeeds. */
const SUCCEEDS: Readonly<Record<string, () => Promise<Answered>>> = {
  settleDraft: async () => {
    const { ask, draftId } = await doubtful();
    return ask.post(`/v1/drafts/${draftId}/settle`, { arrived: true });
  },
  retryDraft: async () => {
    const { ask, draftId } = await restingDraft();
    return ask.post(`/v1/drafts/${draftId}/retry`);
  },
  skipDraft: async () => {
    const { ask, draftId } = await restingDraft();
    return ask.post(`/v1/drafts/${draftId}/skip`, { reason: "not now" });
  },
  skipTask: async () => {
    const { ask, taskId } = await tasked();
    return ask.post(`/v1/tasks/${taskId}/skip`, { reason: "not now" });
  },
  reportNotConnected: async () => {
    const { ask, taskId } = await tasked([MESSAGE_STEP]);
    return ask.post(`/v1/tasks/${taskId}/not-connected`);
  },
  reportLinkedinReply: async () => {
    const { ask, enrollmentId } = await tasked([MESSAGE_STEP]);
    return ask.post(`/v1/enrollments/${enrollmentId}/linkedin-replies`, { text: "Yes" });
  },
  completeDraft: async () => {
    const { completionPath } = await restingDraft(() => new Response(null, { status: 202 }));
    return api(null).post(completionPath, { skip: true });
  },
  importTenant: async () => {
    const head = {
      kind: "head",
      format: 1,
      installation: "https://other.example",
      version: "0.1.0",
      tenantId: "ten_other",
    };
    // The tenant's own row, with a name that can't be one: it is left as it is.
    const lines = [{ kind: "row", table: "tenants", row: { id: "ten_other", name: "" } }];
    const from = { at: new Date().toISOString(), isFrozen: false, keyCheck: "00" };
    return api(world.key, { IMPORT_TENANT: world.tenantId }).post("/v1/tenant/import", {
      head: { ...head, ...from },
      move: false,
      lines,
    });
  },
  testCadence: async () => {
    const { ask, cadenceId } = await askingCadence(api(world.key));
    return ask.post(`/v1/cadences/${cadenceId}/test-call`, { step: 0 });
  },
  replyToSandboxMessage: () => asLead("reply", { text: "Yes" }),
  bounceSandboxMessage: () => asLead("bounce"),
  unsubscribeSandboxMessage: () => asLead("unsubscribe"),
  deleteEndpoint: async () => {
    const ask = api(world.key);
    const { body } = await ask.post("/v1/endpoints", { url: "https://hooks.acme.example/gone" });
    return ask.delete(`/v1/endpoints/${body.id}`);
  },
  testMailbox: async () => {
    vi.spyOn(env.EMAIL, "send").mockResolvedValue({ messageId: "cf-1" });
    const { body } = await api(world.key).post("/v1/mailboxes", { provider: "cloudflare", email: "t@acme.example" });
    return api(world.key).post(`/v1/mailboxes/${body.id}/self-test`);
  },
  verifyMailboxDomain: async () => {
    const ask = api(world.key, { DOH_URL: "https://resolver.example/dns-query" });
    const { body } = await ask.post("/v1/mailboxes", { provider: "cloudflare", email: "v@acme.example" });
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({ Status: 3 }));
    return ask.post(`/v1/mailboxes/${body.id}/verify-domain`);
  },
  checkLinkedinAccount: async () => {
    const id = await unipileAccount();
    vi.spyOn(globalThis, "fetch").mockImplementation(async () => Response.json({}, { status: 500 }));
    return api(world.key).post(`/v1/linkedin-accounts/${id}/check`);
  },
  rotateHookSecret: async () =>
    api(world.key).post(`/v1/linkedin-accounts/${await unipileAccount()}/rotate-hook-secret`),
  deleteLinkedinAccount: async () => api(world.key).delete(`/v1/linkedin-accounts/${await unipileAccount()}`),
  deleteMailbox: async () => {
    const ask = api(world.key);
    const { body } = await ask.post("/v1/mailboxes", { provider: "sandbox", email: "gone@acme.example" });
    return ask.delete(`/v1/mailboxes/${body.id}`);
  },
};

async function unipileAccount(): Promise<string> {
  const unipile = { apiUrl: "api8.unipile.com:13851", accountId: "a", apiKey: "k" };
  return (await api(world.key).post("/v1/linkedin-accounts", { provider: "unipile", name: "x", unipile })).body.id;
}

/** Only a test key may act as a lead. */
async function asLead(verb: string, body?: object): Promise<Answered> {
  const { tenantId, key } = await seedTenant();
  const { ids } = await fillWorld(tenantId, "test", key);
  return api(key).post(`/v1/sandbox/messages/${ids.sandbox}/${verb}`, body);
}

test("there are routes to try, and each is in the list of acts", () => {
  expect(WRITES.length).toBeGreaterThan(30);
  expect(WRITES.map(({ operationId }) => operationId).sort()).toEqual(Object.keys(ACTS).sort());
});

test.each(WRITES.map((operation) => [operation.operationId, operation] as const))(
  "%s leaves exactly one row, which says who did what to what, from where",
  async (operationId, operation) => {
    const { status, headers, body } = await (SUCCEEDS[operationId]?.() ?? call(operation));
    expect([status, body]).toSatisfy(([code]) => code >= 200 && code < 300);
    const rows = await rowsOfRequest(headers.get("x-request-id"));
    expect(rows).toHaveLength(1);
    const [row] = rows;
    expect(row).toMatchObject({ action: ACTS[operationId], outcome: "done" });
    expect(row?.["actor_kind"]).toBe(operationId === "completeDraft" ? "link" : "key");
    expect(row?.["target_kind"]).toBe(ACTS[operationId]?.split(".")[0]);
    if (operationId !== "addSuppressions") expect(row?.["target_id"]).toMatch(/^(?:[a-z]+_|dh-)/);
  },
);

test("a request that was refused leaves no such row, nor does one that only reads", async () => {
  const ask = api(world.key);
  for (const answer of [
    await ask.patch(`/v1/cadences/${world.ids.cadence}`, { nobodyKnowsThis: 1 }),
    await ask.patch("/v1/cadences/cad_aaaaaaaaaaaaaaaa", { name: "x" }),
    await ask.delete(`/v1/mailboxes/${world.ids.mailbox}`),
    await ask.get("/v1/cadences"),
  ])
    expect(await rowsOfRequest(answer.headers.get("x-request-id"))).toEqual([]);
});

test("a repeat that is answered from its Idempotency-Key is no second act", async () => {
  const { tenantId, key } = await seedTenant();
  const ask = api(key);
  const again = { "idempotency-key": crypto.randomUUID() };
  await ask.post("/v1/cadences", { name: "once" }, again);
  expect((await ask.post("/v1/cadences", { name: "once" }, again)).headers.get("idempotency-replayed")).toBe("true");
  expect(await rowsOfTenant(tenantId)).toHaveLength(1);
});

test("what was changed before something else went wrong has its row, whatever the answer", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { tenantId, key } = await seedTenant();
  const cadence = await publishedCadenceOf(key);
  const JOB_QUEUE = { send: () => Promise.reject(new Error("no queue")) } as unknown as Queue;
  const answer = await api(key, { JOB_QUEUE }).patch(`/v1/cadences/${cadence}`, { enabled: true, name: "New name" });
  expect(answer.status).toBe(500);
  const rows = await rowsOfTenant(tenantId);
  expect(rows.at(-1)).toMatchObject({ action: "cadence.update", after: { name: "New name" } });
});

test("a row that D1 doesn't take is brought by the queue, and is one row however often that comes", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { tenantId, key } = await seedTenant();
  const DB = withoutAuditLog();
  expect((await api(key, { DB }).post("/v1/cadences", { name: "x" })).status).toBe(201);
  await vi.waitFor(async () => expect(await rowsOfTenant(tenantId)).toHaveLength(1), { timeout: 15_000 });
  expect((await rowsOfTenant(tenantId))[0]).toMatchObject({ action: "cadence.create" });
});

test("the Worker doesn't start with a route that changes something and has no action", () => {
  const planted: Api = new OpenAPIHono<ApiEnv>();
  const route = createRoute({
    ...{ method: "post", path: "/v1/x", operationId: "plantedRoute", security: needs("log:write") },
    responses: { 204: { description: "Done." } },
  });
  planted.openapi(route, (c) => c.body(null, 204));
  expect(() => readActs(planted)).toThrow(/POST \/v1\/x changes something and has no action/);
  const told = new OpenAPIHono<ApiEnv>();
  told.post("/w/:token", (c) => c.body(null, 204));
  expect(() => readActs(told)).toThrow(/POST \/w\/:token/);
});

test("the control: a route that doesn't say what it changed leaves no row, and our log says so", async () => {
  const { tenantId } = await seedTenant();
  const said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  const planted: Api = new OpenAPIHono<ApiEnv>();
  planted.use(keepAudit(() => new Map([["POST /v1/x", "thing.forget"]])));
  planted.post("/v1/x", (c) => c.body(null, 204));
  const waits = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {} };
  await planted.request("/v1/x", { method: "POST" }, env, waits as unknown as ExecutionContext);
  expect(said).toHaveBeenCalledWith("a route changed something and didn't say what", "thing.forget", undefined);
  expect(await rowsOfTenant(tenantId)).toEqual([]);
});

function call({ operationId, method, path }: Operation): Promise<Answered> {
  const { id, query, body } = CALLS[operationId] ?? { owner: 0, stranger: 0 };
  const at = path.replace(/\{\w+\}/, id === undefined ? "" : world.ids[id]) + (query?.(world) ?? "");
  const client = api(world.key);
  const sent = body?.(world);
  if (method === "DELETE") return client.delete(at);
  return client[method.toLowerCase() as "post" | "put" | "patch"](at, sent);
}

function publishedCadenceOf(key: string): Promise<string> {
  const ask: ApiClient = api(key);
  return ask
    .post("/v1/mailboxes", { provider: "sandbox", email: "ana@acme.example" })
    .then(() => publishedCadence(ask));
}

/** D1 that takes everything but rows of the audit log. */
function withoutAuditLog(): D1Database {
  return new Proxy(env.DB, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name);
      if (name !== "prepare") return typeof value === "function" ? value.bind(target) : value;
      return (sql: string) => {
        if (sql.includes("INTO audit_log")) throw new Error("D1 is away");
        return target.prepare(sql);
      };
    },
  });
}
