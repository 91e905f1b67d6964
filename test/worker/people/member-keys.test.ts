import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { madeKey } from "../../support/keys.ts";
import { asPerson, type Person, person, signIn } from "../../support/people.ts";
import { api, seedTenant } from "../../support/worker.ts";

let tenantId: string;
let liveKey: string;
let owner: Person;
let bob: Person;
let asOwner: ReturnType<typeof asPerson>;
let asBob: ReturnType<typeof asPerson>;
beforeEach(async () => {
  ({ tenantId, liveKey } = await seedTenant());
  owner = await person(tenantId, "owner");
  bob = await person(tenantId, "admin");
  [asOwner, asBob] = [asPerson(await signIn(owner)), asPerson(await signIn(bob))];
});

interface Made {
  readonly id: string;
  readonly key: string;
}

/** A key that Bob made, and one that he made with that one, for testing. */
async function keysOfBob(): Promise<readonly [Made, Made]> {
  const first = await asBob.post("/v1/keys", { name: "CRM" });
  expect([first.status, first.body.makerId]).toEqual([201, bob.id]);
  return [first.body, await madeKey(first.body.key, { mode: "test", name: "from the first" })];
}

async function opens({ key }: Made): Promise<boolean> {
  return (await api(key).get("/v1/tenant")).status === 200;
}

test("whoever removes a member says what becomes of their keys, and of those made by these", async () => {
  const [first, second] = await keysOfBob();
  const refused = await asOwner.delete(`/v1/members/${bob.memberId}`);
  expect([refused.status, refused.body.code]).toEqual([409, "has_keys"]);
  expect(refused.body.detail).toContain(`${first.id} (CRM, …${first.key.slice(-4)})`);
  expect(refused.body.detail).toContain(second.id);
  expect((await asBob.get("/v1/tenant")).status).toBe(200);
  expect((await asOwner.delete(`/v1/members/${bob.memberId}?keys=revoke`)).status).toBe(204);
  expect([await opens(first), await opens(second)]).toEqual([false, false]);
});

test("keys that are kept are those of who keeps them, and go on", async () => {
  const [first, second] = await keysOfBob();
  expect((await asOwner.delete(`/v1/members/${bob.memberId}?keys=keep`)).status).toBe(204);
  expect([await opens(first), await opens(second)]).toEqual([true, true]);
  const { data } = (await asOwner.get("/v1/keys")).body;
  expect(data.find(({ id }: Made) => id === first.id).makerId).toBe(owner.id);
  expect((await madeKey(first.key)).id).toMatch(/^key_/);
});

test("who leaves and keeps their keys leaves them to the tenant", async () => {
  const [first] = await keysOfBob();
  expect((await asBob.delete(`/v1/members/${bob.memberId}?keys=keep`)).status).toBe(204);
  expect((await api(liveKey).get("/v1/keys")).body.data.map(({ makerId }: { makerId: unknown }) => makerId)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(await opens(first)).toBe(true);
});

test("a member who may less keeps the keys that do no more than that, and only those", async () => {
  const [wide] = await keysOfBob();
  const narrow = (await asBob.post("/v1/keys", { name: "reader", scopes: ["cadences:read"] })).body;
  const refused = await asOwner.patch(`/v1/members/${bob.memberId}`, { role: "viewer" });
  expect([refused.status, refused.body.code]).toEqual([409, "has_keys"]);
  expect(refused.body.detail).not.toContain(narrow.id);
  const changed = await asOwner.patch(`/v1/members/${bob.memberId}`, { role: "viewer", keys: "revoke" });
  expect([changed.status, changed.body.role]).toEqual([200, "viewer"]);
  expect([await opens(wide), (await api(narrow.key).get("/v1/cadences")).status]).toEqual([false, 200]);
});

test("no keys, revoked ones or expired ones: nothing is asked", async () => {
  const [first, second] = await keysOfBob();
  for (const { id } of [first, second]) await asOwner.delete(`/v1/keys/${id}`);
  const { body } = await asBob.post("/v1/keys", {
    name: "old",
    expiresAt: new Date(Date.now() + 60_000).toISOString(),
  });
  await env.DB.prepare("UPDATE api_keys SET expires_at = 1 WHERE id = ?").bind(body.id).run();
  expect((await asOwner.delete(`/v1/members/${bob.memberId}`)).status).toBe(204);
});

test("the last owner stays, and so do their keys", async () => {
  const made = (await asOwner.post("/v1/keys", { name: "x" })).body;
  const refused = await asOwner.delete(`/v1/members/${owner.memberId}?keys=revoke`);
  expect([refused.status, refused.body.code]).toEqual([409, "last_owner"]);
  expect(await opens(made)).toBe(true);
});

test("a key that is made while its maker is taken out opens nothing afterwards", async () => {
  const made = Array.from({ length: 20 }, () => asBob.post("/v1/keys", { name: "quick" }));
  const removed = asOwner.delete(`/v1/members/${bob.memberId}?keys=revoke`);
  const answers = await Promise.all(made);
  expect((await removed).status).toBe(204);
  for (const { status, body } of answers) if (status === 201) expect(await opens(body)).toBe(false);
  const left = await env.DB.prepare("SELECT count(*) AS n FROM api_keys WHERE maker_id = ? AND revoked_at IS NULL")
    .bind(bob.id)
    .first();
  expect(left).toEqual({ n: 0 });
});
