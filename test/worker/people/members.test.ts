import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, expect, test } from "vitest";
import { madeKey } from "../../support/keys.ts";
import { asPerson, browser, cookiesOf, join, type Person, person, signIn } from "../../support/people.ts";
import { api, seedTenant } from "../../support/worker.ts";

let tenantId: string;
let liveKey: string;
let key: string;
let owner: Person;
let ask: ReturnType<typeof asPerson>;
beforeAll(async () => {
  ({ tenantId, liveKey, key } = await seedTenant());
});
beforeEach(async () => {
  await env.DB.prepare("DELETE FROM members WHERE tenant_id = ?").bind(tenantId).run();
  owner = await person(tenantId, "owner", "Olga Owner");
  ask = asPerson(await signIn(owner));
});

const PASSWORD = "correct horse battery staple";

async function invite(email: string, role = "operator", by = ask): Promise<{ id: string; token: string }> {
  const { status, body } = await by.post("/v1/invitations", { email, role });
  expect([status, body.link]).toEqual([
    201,
    expect.stringMatching(/^https:\/\/drafthook\.test\/invitation#token=[0-9a-f]{64}$/),
  ]);
  return { id: body.id, token: body.link.split("=")[1] };
}

function newcomer(name = "New Comer") {
  return { newAccount: { name, password: PASSWORD } };
}

const someone = () => `${crypto.randomUUID()}@people.example`;

test("who is invited makes an account, is a member with that role, and is signed in", async () => {
  const email = someone();
  const { token } = await invite(email.toUpperCase());
  const shown = await browser().post("/auth/invitation", { token });
  expect(shown.body).toEqual({ email, role: "operator", tenantName: "A tenant", hasAccount: false, signedInAs: null });
  const accepted = await browser().post("/auth/invitation/accept", { token, ...newcomer() });
  expect(accepted.status).toBe(200);
  const me = await asPerson(cookiesOf(accepted)).get("/v1/me");
  expect(me.body).toMatchObject({ actor: { email, role: "operator" }, tenant: { id: tenantId } });
  expect(me.body.scopes).toContain("enrollments:write");
  expect(me.body.scopes).not.toContain("cadences:write");
  const again = await browser().post("/auth/sign-in/password", { email, password: PASSWORD });
  expect(again.status).toBe(200);
  const { data } = (await ask.get("/v1/members")).body;
  expect(data.map((one: Record<string, unknown>) => [one["email"], one["name"], one["role"]])).toEqual([
    [email, "New Comer", "operator"],
    [owner.email, "Olga Owner", "owner"],
  ]);
  expect((await ask.get("/v1/invitations")).body.data[0]).toMatchObject({
    email,
    status: "accepted",
    invitedBy: owner.id,
  });
});

test("an invitation is accepted once, also by two at the same moment", async () => {
  const guest = await person();
  const { token } = await invite(guest.email);
  const cookie = await signIn(guest);
  const answers = await Promise.all([1, 2, 3].map(() => browser(cookie).post("/auth/invitation/accept", { token })));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  expect((await browser(cookie).post("/auth/invitation/accept", { token })).body.code).toBe("link_gone");
  const { data } = (await ask.get("/v1/members")).body;
  expect(data.filter((one: { email: string }) => one.email === guest.email)).toHaveLength(1);
});

test("the link of an invitation is no way into an account that is there already, whoever has it", async () => {
  const victim = await person((await seedTenant()).tenantId, "owner");
  const { token } = await invite(victim.email);
  const taken = await browser().post("/auth/invitation/accept", { token, ...newcomer("Mallory") });
  expect([taken.status, taken.body.code]).toEqual([409, "account_exists"]);
  expect(taken.headers.getSetCookie()).toEqual([]);
  const other = await signIn(await person());
  const foreign = await browser(other).post("/auth/invitation/accept", { token });
  expect([foreign.status, foreign.body.code]).toEqual([409, "conflict"]);
});

test("an account made by a link that the inviter saw proves no address: signing in by mail takes it back", async () => {
  const email = someone();
  const { token } = await invite(email);
  const mallory = cookiesOf(await browser().post("/auth/invitation/accept", { token, ...newcomer("Mallory") }));
  const rightful = await signIn({ email });
  expect((await asPerson(rightful).get("/v1/me")).body.actor.email).toBe(email);
  expect((await asPerson(mallory).get("/v1/me")).status).toBe(401);
  expect((await browser().post("/auth/sign-in/password", { email, password: PASSWORD })).status).toBe(401);
});

test("where e-mail is set up the link goes to the address alone", async () => {
  const sent: { to: string; text: string }[] = [];
  const EMAIL = { send: async (mail: (typeof sent)[number]) => void sent.push(mail) };
  const overrides = { AUTH_MAIL_FROM: "drafthook@acme.example", EMAIL } as unknown as Partial<Env>;
  const email = someone();
  const made = await api(liveKey, overrides).post("/v1/invitations", { email, role: "viewer" });
  expect([made.status, made.body.link]).toEqual([201, null]);
  expect(sent).toHaveLength(1);
  const [, token = ""] = /\/invitation#token=(\w+)$/m.exec(sent[0]?.text ?? "") ?? [];
  const accepted = await browser().post("/auth/invitation/accept", { token, ...newcomer() });
  expect(accepted.status).toBe(200);
  const row = await env.DB.prepare("SELECT email_verified FROM users WHERE email = ?").bind(email).first();
  expect(row).toEqual({ email_verified: 1 });
});

test("a revoked invitation, an old one and one that was sent again open nothing", async () => {
  const revoked = await invite(someone());
  expect((await ask.delete(`/v1/invitations/${revoked.id}`)).body.status).toBe("revoked");
  const email = someone();
  const first = await invite(email);
  const second = await invite(email);
  const old = await invite(someone());
  await env.DB.prepare("UPDATE invitations SET expires_at = ? WHERE id = ?")
    .bind(Date.now() - 1, old.id)
    .run();
  for (const { token } of [revoked, first, old])
    expect((await browser().post("/auth/invitation/accept", { token, ...newcomer() })).body.code).toBe("link_gone");
  expect((await browser().post("/auth/invitation/accept", { token: second.token, ...newcomer() })).status).toBe(200);
  expect((await ask.post("/v1/invitations", { email, role: "viewer" })).body.code).toBe("conflict");
});

test("a repeated invitation is not made twice, and its link is not shown twice", async () => {
  const headers = { "idempotency-key": crypto.randomUUID() };
  const wish = { email: someone(), role: "viewer" };
  const [first, second] = [
    await api(liveKey).post("/v1/invitations", wish, headers),
    await api(liveKey).post("/v1/invitations", wish, headers),
  ];
  expect(first.body.link).toContain("#token=");
  expect(second.body).toEqual({ ...first.body, link: null, code: "secret_already_shown" });
});

test("a removed member is out with the next request, and so is one whose role is gone down", async () => {
  const bob = await person(tenantId, "admin");
  const asBob = asPerson(await signIn(bob));
  expect((await asBob.post("/v1/keys", { name: "x" })).status).toBe(201);
  expect((await ask.patch(`/v1/members/${bob.memberId}`, { role: "viewer", keys: "keep" })).body.role).toBe("viewer");
  const refused = await asBob.post("/v1/keys", { name: "x" });
  expect([refused.status, refused.body.code]).toEqual([403, "missing_scope"]);
  expect(refused.body.detail).toContain("the role viewer");
  expect((await ask.delete(`/v1/members/${bob.memberId}`)).status).toBe(204);
  const out = await asBob.get("/v1/tenant");
  expect([out.status, out.body.code]).toEqual([403, "no_organization"]);
});

test("the last owner stays, also when two owners remove each other at the same moment", async () => {
  const alone = await ask.delete(`/v1/members/${owner.memberId}`);
  expect([alone.status, alone.body.code]).toEqual([409, "last_owner"]);
  expect((await ask.patch(`/v1/members/${owner.memberId}`, { role: "admin" })).body.code).toBe("last_owner");
  for (let round = 0; round < 10; round += 1) {
    const second = await person(tenantId, "owner");
    const asSecond = asPerson(await signIn(second));
    const answers = await Promise.all([
      ask.delete(`/v1/members/${second.memberId}`),
      asSecond.delete(`/v1/members/${owner.memberId}`),
    ]);
    expect(answers.map(({ status }) => status)).toContain(204);
    const owners = await env.DB.prepare("SELECT count(*) AS n FROM members WHERE tenant_id = ? AND role = 'owner'")
      .bind(tenantId)
      .first("n");
    expect(owners).toBe(1);
    if (answers[0]?.status !== 204) {
      owner = second;
      ask = asSecond;
    }
  }
});

test("an admin makes admins and no owners, and takes no owner's role; nor does a key that may everything", async () => {
  const admin = await person(tenantId, "admin");
  const other = await person(tenantId, "viewer");
  const asAdmin = asPerson(await signIn(admin));
  expect((await asAdmin.patch(`/v1/members/${other.memberId}`, { role: "admin" })).status).toBe(200);
  const tries = (by: typeof asAdmin) => [
    by.patch(`/v1/members/${other.memberId}`, { role: "owner" }),
    by.patch(`/v1/members/${owner.memberId}`, { role: "viewer" }),
    by.delete(`/v1/members/${owner.memberId}`),
    by.post("/v1/invitations", { email: someone(), role: "owner" }),
  ];
  for (const by of [asAdmin, api(liveKey)]) {
    const answers = await Promise.all(tries(by));
    expect(answers.map(({ status, body }) => [status, body.code])).toEqual(answers.map(() => [403, "forbidden"]));
  }
});

test("a key that was cut down gives no role that may more than it", async () => {
  const { key: narrow } = await madeKey(liveKey, { scopes: ["members:write", "tenant:read"] });
  for (const role of ["viewer", "operator", "admin"]) {
    const { status, body } = await api(narrow).post("/v1/invitations", { email: someone(), role });
    expect([status, body.code]).toEqual([403, "forbidden"]);
  }
});

test("a test key, and a person in test mode, see no people", async () => {
  const asTester = asPerson(await signIn(owner), "test");
  for (const by of [api(key), asTester])
    for (const path of ["/v1/members", "/v1/invitations"]) {
      const { status, body } = await by.get(path);
      expect([status, body.code]).toEqual([403, "forbidden"]);
    }
});

test("a person of two organisations chooses which one is meant, and can't choose a third", async () => {
  const other = await seedTenant();
  const third = await seedTenant();
  const bob = await person(tenantId, "viewer");
  await join(bob.id, other.tenantId, "admin");
  const cookie = await signIn(bob);
  expect((await asPerson(cookie).get("/v1/me")).body.tenant.id).toBe(tenantId);
  expect((await browser(cookie).post("/auth/organization", { tenantId: other.tenantId })).status).toBe(200);
  const { body } = await asPerson(cookie).get("/v1/me");
  expect([body.tenant.id, body.actor.role]).toEqual([other.tenantId, "admin"]);
  expect(body.tenants.map(({ id }: { id: string }) => id).sort()).toEqual([tenantId, other.tenantId].sort());
  expect((await browser(cookie).post("/auth/organization", { tenantId: third.tenantId })).status).toBe(404);
});

test("a person's requests are counted like a key's", async () => {
  const fresh = await seedTenant();
  const { headers } = browser(await signIn(await person(fresh.tenantId)));
  const ask = api(null, { TENANT_REQUESTS_PER_10_SECONDS: "4" });
  const statuses: number[] = [];
  for (let time = 0; time < 3; time += 1) statuses.push((await ask.get("/v1/me", headers)).status);
  expect(statuses).toEqual([200, 200, 429]);
});

test("a key is told who it is, too", async () => {
  const { body } = await api(key).get("/v1/me");
  expect(body).toMatchObject({ actor: { kind: "key" }, mode: "sandbox", scopes: null, tenants: [] });
});

test("without the header a person is in test mode; a word that is no mode is refused", async () => {
  const cookie = await signIn(owner);
  const { headers } = browser(cookie);
  expect((await api(null).get("/v1/me", headers)).body.mode).toBe("sandbox");
  const wrong = await api(null).get("/v1/me", { ...headers, "drafthook-mode": "prod" });
  expect([wrong.status, wrong.body.errors]).toEqual([
    422,
    [{ parameter: "Drafthook-Mode", detail: "must be test or live" }],
  ]);
});

test("who was removed has no way back by an invitation of their own", async () => {
  const { tenantId } = await seedTenant();
  const [boss, eve] = [await person(tenantId, "owner"), await person(tenantId, "admin")];
  const [asBoss, asEve] = [asPerson(await signIn(boss)), asPerson(await signIn(eve))];
  const invite = (ask: typeof asEve) =>
    ask.post("/v1/invitations", { email: `${crypto.randomUUID()}@people.example`, role: "admin" });
  const [evesOwn, others] = [await invite(asEve), await invite(asBoss)];
  expect([evesOwn.status, others.status]).toEqual([201, 201]);
  expect((await asBoss.delete(`/v1/members/${eve.memberId}`)).status).toBe(204);
  const accept = ({ body }: typeof evesOwn) =>
    browser().post("/auth/invitation/accept", {
      token: String(body.link).split("#token=")[1],
      newAccount: { name: "Eve", password: "a long enough password" },
    });
  expect((await accept(evesOwn)).status).toBe(410);
  // The control: whom somebody else has invited may come.
  expect((await accept(others)).status).toBe(200);
});
