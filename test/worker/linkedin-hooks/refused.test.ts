import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { HOOK_SECRET, makeLinkedinWorld, read } from "../../support/linkedin.ts";
import { begun, hook } from "../../support/linkedin-scene.ts";
import { api } from "../../support/worker.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

const STEPS = [{ kind: "linkedin_connect" }, { kind: "email", delayDays: 3 }];

test.each([
  ["no secret", null],
  ["an empty one", ""],
  ["another", "cd".repeat(32)],
  ["part of it", HOOK_SECRET.slice(0, -1)],
  ["more than it", `${HOOK_SECRET}a`],
])("with %s nothing is taken", async (_, secret) => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.reply("I am interested.");
  const [body] = await far.hooks();
  expect(await hook(world, body, secret)).toEqual({ status: 401, taken: "invalid_signature" });
  expect((await read(stub)).phase.name).toBe("waiting");
  expect(await kept(world.tenantId)).toEqual([0, 0]);
});

test("an account that nobody has, or for which a person acts, takes none", async () => {
  const { accountId } = await makeLinkedinWorld("manual");
  for (const id of ["lia_aaaaaaaaaaaaaaaa", accountId, "%00", "..%2f..", "x".repeat(500)])
    expect((await hook({ accountId: id }, {})).status).toBe(404);
});

test("what isn't JSON is said to be none", async () => {
  const { world } = await begun({ steps: STEPS });
  for (const body of ["", "{", "account_id=acc_double", "\u0000", '{"a":}'])
    expect(await hook(world, body)).toEqual({ status: 400, taken: "invalid_json" });
});

test("a body above the limit is not read", async () => {
  const { world } = await begun({ steps: STEPS });
  expect((await hook(world, JSON.stringify({ event: "x".repeat(2_000_000) }))).status).toBe(413);
});

test("whatever JSON it is, it is taken quietly and changes nothing", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.reply("I am interested.");
  await far.accept("at_once");
  const said = (await far.hooks()) as Record<string, unknown>[];
  const before = await read(stub);
  const odd = [
    ...[null, [], {}, 0, true, "text", [[[]]], { event: null }, { __proto__: { event: "message_received" } }],
    ...[{ AccountStatus: null }, { AccountStatus: { account_id: "acc_double", message: { OK: 1 } } }],
    ...said.flatMap((body) => Object.keys(body).flatMap((field) => oddly(body, field))),
  ];
  for (const body of odd) {
    const { status } = await hook(world, JSON.stringify(body));
    expect([status, body]).toEqual([200, body]);
  }
  expect(odd.length).toBeGreaterThan(60);
  expect(await read(stub)).toEqual(before);
  expect(await kept(world.tenantId)).toEqual([0, 0]);
});

test("what is told to one tenant's account says nothing to another's, even of the same person at the same provider", async () => {
  const ours = await begun({ steps: STEPS });
  vi.restoreAllMocks();
  const theirs = await begun({ steps: STEPS });
  await theirs.far.reply("I am interested.");
  const [body] = await theirs.far.hooks();
  expect(await hook(theirs.world, body)).toEqual({ status: 200, taken: "received" });
  expect((await read(theirs.stub)).phase).toMatchObject({ exit: { reason: "replied" } });
  expect((await read(ours.stub)).phase.name).toBe("waiting");
  expect(await kept(ours.world.tenantId)).toEqual([0, 0]);
});

test("what is about another of the provider's accounts is left", async () => {
  const { world, stub, far } = await begun({ steps: STEPS });
  await far.reply("I am interested.");
  await far.order("account", { state: "disconnected" });
  for (const body of await far.hooks()) {
    const other = JSON.parse(JSON.stringify(body).replaceAll("acc_double", "acc_other")) as object;
    expect(await hook(world, other)).toEqual({ status: 200, taken: "it is about another account" });
  }
  expect((await read(stub)).phase.name).toBe("waiting");
  const row = await env.DB.prepare("SELECT enabled FROM linkedin_accounts WHERE id = ?").bind(world.accountId).first();
  expect(row).toEqual({ enabled: 1 });
});

test("it is a door for POST alone", async () => {
  const { world } = await begun({ steps: STEPS });
  expect((await api(null).get(`/linkedin-hooks/${world.accountId}`)).status).toBeGreaterThanOrEqual(400);
});

/** The body with one field left out, and with that field as it should never be. Whose account it is stays. */
function oddly(body: Readonly<Record<string, unknown>>, field: string): readonly object[] {
  // Nothing is read of these, so nothing is wrong with a message without them.
  if (!DEPENDED_ON.has(field)) return [];
  const { [field]: _, ...without } = body;
  return [without, ...[null, 7, [], { a: { b: [] } }, ""].map((value) => ({ ...body, [field]: value }))];
}

const DEPENDED_ON: ReadonlySet<string> = new Set([
  ...["event", "account_id", "chat_id", "message_id", "timestamp", "sender", "user_provider_id", "account_info"],
]);

/** How many messages, and how many bytes of them, are kept of a tenant. */
async function kept(tenantId: string): Promise<readonly [number, number]> {
  const rows = await env.DB.prepare("SELECT count(*) AS n FROM inbound_mail WHERE tenant_id = ?")
    .bind(tenantId)
    .first();
  const { objects } = await env.BODIES.list({ prefix: `${tenantId}/` });
  return [Number(rows?.["n"]), objects.filter(({ key }) => key.includes("inb_")).length];
}
