import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { toPointer } from "../../../worker/validation.ts";
import { LATER } from "../../support/cadences.ts";
import { restingDraft, wakeUp } from "../../support/held.ts";
import { api, seedTenant } from "../../support/worker.ts";
import { CALLS } from "./calls.ts";
import { OPERATIONS, type Operation } from "./operations.ts";
import { fillWorld, type World } from "./world.ts";

const RUNS = 40;

/** Bodies with all the objects inside that each route knows, where the table of calls has a plain one. */
const RICH: Readonly<Record<string, (world: World) => readonly object[]>> = {
  createCadence: () => [{ name: "x", steps: [STEP, { kind: "wait", delayDays: 1 }] }],
  replaceSteps: () => [{ steps: [STEP, STEP] }],
  patchSteps: () => [{ steps: [STEP, STEP] }],
  enrollLead: () => [{ leadExternalId: "y", leadEmail: "y@lead.example", startAt: LATER, context: { team: "x" } }],
  updateEnrollment: () => [{ lead: { name: "Jane" } }],
  createMailbox: () => WAYS_OUT.map((way) => ({ ...way, provider: Object.keys(way)[0], email: "x@acme.example" })),
  updateMailbox: () => WAYS_OUT,
  addSuppressions: () => [{ entries: [{ value: "z@lead.example", reason: "manual" }] }],
  createKey: () => [{ name: "x", scopes: ["log:read"], allowedIps: ["203.0.113.1"], expiresAt: LATER }],
};

/** By provider, so that the name of the field is that of the provider. */
const WAYS_OUT: readonly object[] = [
  { smtp: { host: "smtp.acme.example", port: 465, security: "tls", username: "x", password: "x" } },
  { resend: { apiKey: "re_x" } },
  { postmark: { serverToken: "x" } },
  { ses: { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" } },
  { mailgun: { domain: "mg.acme.example", apiKey: "x" } },
];

const STEP = { kind: "email", draftStrategy: "static", staticSubject: "x", staticBody: "x" };

/** What a row, an object of ours or JavaScript itself would make something of. */
const NAMES = [
  ...[
    "id",
    "tenantId",
    "tenant_id",
    "mode",
    "seq",
    "createdAt",
    "updatedAt",
    "revokedAt",
    "lastUsedAt",
    "hash",
    "last4",
  ],
  ...["secret", "previousSecret", "webhookSecret", "settings", "definition", "beginning", "state", "phase", "revision"],
  ...["version", "isAdmin", "role", "permissions", "grant", "keyId", "rawKey", "handedOver", "enabled", "isDefault"],
  ...[
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "hasOwnProperty",
    "then",
    "toJSON",
    "",
    " ",
    "$where",
    "a.b",
  ],
];

/** What takes whatever it is given: a lead's own context, and an enrollment's state in an import, which only its own object reads. */
const FREE = new Set(["context", "object"]);

let world: World;
beforeAll(async () => {
  const { tenantId, liveKey } = await seedTenant();
  world = await fillWorld(tenantId, "live", liveKey);
}, 60_000);
afterEach(wakeUp);
afterAll(() => {
  vi.restoreAllMocks();
});

const WITH_BODY = OPERATIONS.filter(({ takesBody, scope }) => takesBody && scope !== null);

test("every route with a body, but the one of tolerant answers, is tried", () => {
  expect(WITH_BODY.length).toBeGreaterThan(24);
  const tolerant = OPERATIONS.filter(({ takesBody }) => takesBody).length - WITH_BODY.length;
  expect(tolerant).toBe(1);
});

test.each(WITH_BODY.map((operation) => [operation.operationId, operation] as const))(
  "%s takes no field that it doesn't know, anywhere in its body, and keeps none",
  async (operationId, operation) => {
    const bodies = [CALLS[operationId]?.body?.(world) ?? {}, ...(RICH[operationId]?.(world) ?? [])];
    const token = `poison${crypto.randomUUID()}`;
    const places = bodies.flatMap((body) => placesIn(body).map((place) => ({ body, place })));
    const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 20 })).filter((text) => !FREE.has(text));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), name, async ({ body, place }, extra) => {
        const text = withExtra(body, place, extra, { [token]: token });
        const { status, body: answer } = await send(operation, text);
        expect([text, status]).toEqual([text, 422]);
        // That field and nothing else: a body that is faulty anyway would show nothing.
        const pointers = answer.errors.map(({ pointer }: { pointer: string }) => pointer);
        const pointer = toPointer([...place, extra]);
        expect(pointers.filter((one: string) => one !== pointer && !one.startsWith(`${pointer}/`))).toEqual([]);
      }),
      { numRuns: RUNS, seed: 7 },
    );
    expect(await rowsWith(token)).toEqual([]);
  },
);

test("the control: a field that is kept is found", async () => {
  const token = `poison${crypto.randomUUID()}`;
  expect((await api(world.key).post("/v1/cadences", { name: token })).status).toBe(201);
  expect((await rowsWith(token)).toSorted()).toEqual(["audit_log", "cadences"]);
});

test("an answer to a draft may say more than we know, and nothing of that is kept", async () => {
  const token = `poison${crypto.randomUUID()}`;
  const { ask, draftId, completionPath, stub } = await restingDraft(() => new Response(null, { status: 202 }));
  const body = { body: "Hello", subject: "Hi", [token]: token, tenantId: token, to: token, __proto: { from: token } };
  expect((await api(null).post(completionPath, body)).status).toBe(200);
  expect(JSON.stringify((await ask.get(`/v1/drafts/${draftId}`)).body)).not.toContain(token);
  const stored = await runInDurableObject(stub, (_object, { storage }) =>
    ["head", "texts", "thread", "outbox"].flatMap((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
  );
  expect(stored.length).toBeGreaterThan(1);
  expect(JSON.stringify(stored)).toContain("Hello");
  expect(JSON.stringify(stored)).not.toContain(token);
  expect(await rowsWith(token)).toEqual([]);
});

function send({ operationId, method, path }: Operation, text: string) {
  const id = CALLS[operationId]?.id;
  const at = path.replace(/\{\w+\}/, id === undefined ? "" : world.ids[id]);
  const json = { "content-type": "application/json" };
  const client = api(world.key);
  if (method === "PUT") return client.put(at, text, json);
  return method === "PATCH" ? client.patch(at, text, json) : client.post(at, text, json);
}

type Place = readonly (string | number)[];

/** The way to each object of a body that takes certain fields only, the body itself first. */
function placesIn(value: unknown, way: Place = []): readonly Place[] {
  if (typeof value !== "object" || value === null) return [];
  const inner = Object.entries(value).flatMap(([name, one]) =>
    FREE.has(name) ? [] : placesIn(one, [...way, Array.isArray(value) ? Number(name) : name]),
  );
  return Array.isArray(value) ? inner : [way, ...inner];
}

/** The body as text, with one more field at the place. As text, so that `__proto__` is a field like any other. */
function withExtra(value: unknown, [first, ...rest]: Place, name: string, extra: object): string {
  if (Array.isArray(value))
    return `[${value.map((one, index) => (index === first ? withExtra(one, rest, name, extra) : JSON.stringify(one))).join(",")}]`;
  const fields = Object.entries(value ?? {}).map(([field, one]) =>
    field === first ? [field, withExtra(one, rest, name, extra)] : [field, JSON.stringify(one)],
  );
  if (first === undefined) fields.push([name, JSON.stringify(extra)]);
  return `{${fields.map(([field = "", text]) => `${JSON.stringify(field)}:${text}`).join(",")}}`;
}

/** The tables of D1 in which a text stands anywhere. */
async function rowsWith(token: string): Promise<readonly string[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE '\\_cf%' ESCAPE '\\'",
  ).all<{ name: string }>();
  const found: string[] = [];
  for (const { name } of results) {
    const rows = await env.DB.prepare(`SELECT * FROM ${name}`).all();
    if (JSON.stringify(rows.results).includes(token)) found.push(name);
  }
  return found;
}
