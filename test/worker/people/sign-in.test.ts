import { env } from "cloudflare:workers";
import { beforeAll, expect, test, vi } from "vitest";
import { mintSignInToken } from "../../../adapters/auth/open-auth.ts";
import { authOf } from "../../../worker/people/auth-of.ts";
import { asPerson, browser, cookiesOf, type Person, person, signIn } from "../../support/people.ts";
import { seedTenant } from "../../support/worker.ts";

let tenantId: string;
let jane: Person;
beforeAll(async () => {
  ({ tenantId } = await seedTenant());
  jane = await person(tenantId);
});

async function tokenFor(email: string): Promise<string> {
  return mintSignInToken(await authOf(env), email);
}

test("a link signs in, by a cookie that no script reads and no other site gets", async () => {
  const answer = await browser().post("/auth/sign-in/link", { token: await tokenFor(jane.email) });
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ ok: true });
  const [cookie = "", ...others] = answer.headers.getSetCookie();
  expect(others).toEqual([]);
  expect(cookie).toMatch(/^__Host-drafthook\.session_token=/);
  const attributes = cookie.split("; ").slice(1).sort();
  expect(attributes).toEqual(["HttpOnly", "Max-Age=43200", "Path=/", "SameSite=Lax", "Secure"]);
  const me = await asPerson(cookiesOf(answer)).get("/v1/me");
  expect(me.body).toMatchObject({
    actor: { kind: "person", id: jane.id, email: jane.email, role: "owner" },
    tenant: { id: tenantId },
    mode: "live",
    scopes: null,
    tenants: [{ id: tenantId, role: "owner" }],
  });
});

test("a link works once, also when it is used twice at the same moment", async () => {
  const token = await tokenFor(jane.email);
  const [first, second] = await Promise.all([
    browser().post("/auth/sign-in/link", { token }),
    browser().post("/auth/sign-in/link", { token }),
  ]);
  expect([first.status, second.status].sort()).toEqual([200, 410]);
  const third = await browser().post("/auth/sign-in/link", { token });
  expect([third.status, third.body.code]).toEqual([410, "link_gone"]);
});

test("a link that nobody used in its time opens nothing, nor does a made-up one or one of a person who has no account", async () => {
  const late = await tokenFor(jane.email);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16 * 60_000 });
  try {
    expect((await browser().post("/auth/sign-in/link", { token: late })).status).toBe(410);
  } finally {
    vi.useRealTimers();
  }
  expect((await browser().post("/auth/sign-in/link", { token: "x".repeat(32) })).status).toBe(410);
  const token = await tokenFor("nobody@people.example");
  expect((await browser().post("/auth/sign-in/link", { token })).status).toBe(410);
});

test("a password is set after signing in by a link, and signs in; a wrong one doesn't, and tells no more than a wrong address", async () => {
  const bob = await person(tenantId, "viewer");
  const password = "correct horse battery staple";
  const set = await browser(await signIn(bob)).post("/auth/password", { newPassword: password });
  expect(set.status).toBe(200);
  const right = await browser().post("/auth/sign-in/password", { email: bob.email.toUpperCase(), password });
  expect(right.status).toBe(200);
  expect(right.body).toEqual({ ok: true });
  const wrong = await browser().post("/auth/sign-in/password", { email: bob.email, password: `${password}!` });
  const nobody = await browser().post("/auth/sign-in/password", { email: "nobody@people.example", password });
  expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
  expect({ ...wrong.body, instance: "" }).toEqual({ ...nobody.body, instance: "" });
});

test("a new password needs the current one, and ends every other session", async () => {
  const bob = await person(tenantId, "viewer");
  const elsewhere = await signIn(bob);
  const here = await signIn(bob);
  const [first, second] = ["a first long password", "a second long password"];
  expect((await browser(here).post("/auth/password", { newPassword: first })).status).toBe(200);
  expect((await browser(here).post("/auth/password", { newPassword: second })).body.code).toBe("wrong_credentials");
  const wrong = await browser(here).post("/auth/password", { currentPassword: "no such thing", newPassword: second });
  expect([wrong.status, wrong.body.code]).toEqual([401, "wrong_credentials"]);
  const changed = await browser(here).post("/auth/password", { currentPassword: first, newPassword: second });
  expect(changed.status).toBe(200);
  expect((await asPerson(elsewhere).get("/v1/me")).status).toBe(401);
  expect((await asPerson(cookiesOf(changed)).get("/v1/me")).status).toBe(200);
});

test("a password of eleven characters is refused, and what is wrong is said", async () => {
  const { body, status } = await browser(await signIn(jane)).post("/auth/password", { newPassword: "12345678901" });
  expect(status).toBe(422);
  expect(body.errors).toEqual([{ pointer: "/newPassword", detail: "must have at least 12 characters" }]);
});

test("a first password is not set by who finds a browser that was left open", async () => {
  const bob = await person(tenantId, "viewer");
  const cookie = await signIn(bob);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 2 * 3600_000 });
  try {
    const { status, body } = await browser(cookie).post("/auth/password", { newPassword: "a long enough password" });
    expect([status, body.code]).toEqual([403, "sign_in_again"]);
  } finally {
    vi.useRealTimers();
  }
});

test("signing in anew ends the session that the browser had, and gives it another cookie", async () => {
  const before = await signIn(jane);
  const answer = await browser(before).post("/auth/sign-in/link", { token: await tokenFor(jane.email) });
  expect(answer.status).toBe(200);
  expect(cookiesOf(answer)).not.toBe(before);
  expect((await asPerson(before).get("/v1/me")).status).toBe(401);
  expect((await asPerson(cookiesOf(answer)).get("/v1/me")).status).toBe(200);
});

test("signing out ends the session for every copy of its cookie", async () => {
  const cookie = await signIn(jane);
  const out = await browser(cookie).post("/auth/sign-out", {});
  expect(out.status).toBe(200);
  expect(out.headers.getSetCookie().join()).toMatch(/__Host-drafthook\.session_token=;.*Max-Age=0/);
  expect((await asPerson(cookie).get("/v1/me")).status).toBe(401);
});

test("a session is over twelve hours after its last use, and use prolongs it", async () => {
  const cookie = await signIn(jane);
  const start = Date.now();
  const at = async (hours: number) => {
    vi.useFakeTimers({ toFake: ["Date"], now: start + hours * 3600_000 });
    return asPerson(cookie).get("/v1/me");
  };
  try {
    const used = await at(11);
    expect(used.status).toBe(200);
    expect(used.headers.getSetCookie().join()).toContain("Max-Age=43200");
    expect((await at(22)).status).toBe(200);
    expect((await at(34.5)).status).toBe(401);
  } finally {
    vi.useRealTimers();
  }
});

test("where no e-mail is set up, asking for a link says so", async () => {
  const overrides = { LOCAL_MODE: "off", AUTH_MAIL_FROM: "" };
  for (const path of ["/auth/sign-in/email", "/auth/password/forgot"]) {
    const { status, body } = await browser().post(path, { email: jane.email }, {}, overrides);
    expect([status, body.code]).toEqual([409, "mail_not_configured"]);
  }
});

test("the link is mailed to who has an account, and the answer is the same for who has none", async () => {
  const sent: { to: string; from: string; text: string }[] = [];
  const EMAIL = { send: async (mail: (typeof sent)[number]) => void sent.push(mail) };
  const overrides = { AUTH_MAIL_FROM: "drafthook@acme.example", EMAIL } as unknown as Partial<Env>;
  const known = await browser().post("/auth/sign-in/email", { email: jane.email }, {}, overrides);
  const unknown = await browser().post("/auth/sign-in/email", { email: "nobody@people.example" }, {}, overrides);
  expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
  expect(known.status).toBe(202);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  expect(sent[0]).toMatchObject({ to: jane.email, from: "drafthook@acme.example" });
  const [, token = ""] = /^https:\/\/drafthook\.test\/sign-in#link=(\w+)$/m.exec(sent[0]?.text ?? "") ?? [];
  expect((await browser().post("/auth/sign-in/link", { token })).status).toBe(200);
});

test("a forgotten password is set anew by a mailed link, once, and every session of before is over", async () => {
  const bob = await person(tenantId, "viewer");
  const before = await signIn(bob);
  await browser(before).post("/auth/password", { newPassword: "a first long password" });
  const sent: { text: string }[] = [];
  const EMAIL = { send: async (mail: { text: string }) => void sent.push(mail) };
  const overrides = { AUTH_MAIL_FROM: "drafthook@acme.example", EMAIL } as unknown as Partial<Env>;
  await browser().post("/auth/password/forgot", { email: bob.email }, {}, overrides);
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const [, token = ""] = /#reset=(\w+)$/m.exec(sent[0]?.text ?? "") ?? [];
  const newPassword = "a second long password";
  expect((await browser().post("/auth/password/reset", { token, newPassword })).status).toBe(200);
  expect((await browser().post("/auth/password/reset", { token, newPassword })).body.code).toBe("link_gone");
  expect((await asPerson(before).get("/v1/me")).status).toBe(401);
  const signed = await browser().post("/auth/sign-in/password", { email: bob.email, password: newPassword });
  expect(signed.status).toBe(200);
});

test("of better-auth's own routes none is reached from outside", async () => {
  const paths = [
    "get-session",
    "sign-up/email",
    "organization/create",
    "organization/invite-member",
    "magic-link/verify",
  ];
  for (const path of [
    ...paths,
    "list-sessions",
    "update-user",
    "ok",
    "error",
    "sign-in/magic-link",
    "callback/github",
  ]) {
    const answers = [await browser().get(`/auth/${path}`), await browser().post(`/auth/${path}`, {})];
    expect([path, ...answers.map(({ status }) => status)]).toEqual([path, 404, 404]);
  }
});
