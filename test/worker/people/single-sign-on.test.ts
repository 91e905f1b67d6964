import { env } from "cloudflare:workers";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CLIENT_ID, ISSUER, oidcDouble, type SaidOfPerson } from "../../support/oidc-double.ts";
import { asPerson, browser, cookiesOf, type Person, person } from "../../support/people.ts";
import { api, seedTenant } from "../../support/worker.ts";

const SETTINGS = { OIDC_ISSUER: ISSUER, OIDC_CLIENT_ID: CLIENT_ID, OIDC_CLIENT_SECRET: "s" } as Partial<Env>;

let signOn: Awaited<ReturnType<typeof oidcDouble>>;
let tenantId: string;
beforeAll(async () => {
  ({ tenantId } = await seedTenant());
  signOn = await oidcDouble();
});
afterAll(() => {
  vi.restoreAllMocks();
});

/** A browser that goes to the sign-on and comes back; `cookies` are what it then shows us, if not its own. */
async function come(said: SaidOfPerson, { next, cookies }: { next?: string; cookies?: string } = {}) {
  const begun = await browser().post("/auth/sign-in/sso", next === undefined ? {} : { next }, {}, SETTINGS);
  expect(begun.status).toBe(200);
  const back = signOn.visit(begun.body.url, said);
  const { headers } = browser(cookies ?? cookiesOf(begun));
  const answer = await api(null, SETTINGS).get(back, {
    cookie: headers.cookie ?? "",
    "cf-connecting-ip": headers["cf-connecting-ip"],
  });
  return { answer, back, cookie: cookiesOf(begun), url: new URL(begun.body.url) };
}

function claimsOf({ email }: Pick<Person, "email">, more: object = {}): SaidOfPerson["claims"] {
  return { sub: `sub-${email}`, email, email_verified: true, name: "Jane", ...more };
}

function isIn(cookies: string): boolean {
  return cookies.includes("session_token=");
}

test("a member comes in by the sign-on of their company, to where they wanted to go", async () => {
  const jane = await person(tenantId, "operator");
  const { answer, url } = await come({ claims: claimsOf(jane) }, { next: "/cadences?x=1" });
  expect([url.origin, url.searchParams.get("code_challenge_method")]).toEqual([ISSUER, "S256"]);
  expect(url.searchParams.get("redirect_uri")).toBe("https://drafthook.test/auth/callback/oidc");
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/cadences?x=1"]);
  expect((await asPerson(cookiesOf(answer)).get("/v1/me")).body.actor).toMatchObject({ id: jane.id, role: "operator" });
  const again = await come({ claims: claimsOf(jane) });
  expect(isIn(cookiesOf(again.answer))).toBe(true);
});

test("who is nobody's member comes in to nothing", async () => {
  const { answer } = await come({ claims: claimsOf({ email: `${crypto.randomUUID()}@people.example` }) });
  const me = await asPerson(cookiesOf(answer)).get("/v1/me");
  expect([me.status, me.body.code]).toEqual([403, "no_organization"]);
});

test.each<[string, (jane: Person) => SaidOfPerson]>([
  ["an address that the sign-on hasn't verified", (jane) => ({ claims: claimsOf(jane, { email_verified: false }) })],
  ["a token signed by somebody else", (jane) => ({ claims: claimsOf(jane), hasForeignKey: true })],
  ["a token for another application", (jane) => ({ claims: claimsOf(jane, { aud: "other" }) })],
  ["a token of another issuer", (jane) => ({ claims: claimsOf(jane, { iss: "https://evil.example" }) })],
  ["a token that was made for another browser", (jane) => ({ claims: claimsOf(jane), nonce: "another" })],
])("%s opens nothing", async (_, said) => {
  const jane = await person(tenantId, "owner");
  const { answer } = await come(said(jane));
  expect([answer.status, answer.headers.get("location")]).toEqual([302, "/sign-in?sso=refused"]);
  expect(isIn(cookiesOf(answer))).toBe(false);
});

test("a code works once, and in no other browser than the one that asked", async () => {
  const jane = await person(tenantId, "owner");
  const stolen = await come({ claims: claimsOf(jane) }, { cookies: "a=b" });
  expect(isIn(cookiesOf(stolen.answer))).toBe(false);
  const good = await come({ claims: claimsOf(jane) });
  expect(isIn(cookiesOf(good.answer))).toBe(true);
  const again = await api(null, SETTINGS).get(good.back, { cookie: good.cookie });
  expect(isIn(cookiesOf(again))).toBe(false);
});

test("an account whose address was never proven isn't handed over", async () => {
  const jane = await person(tenantId, "owner");
  await env.DB.prepare("UPDATE users SET email_verified = 0 WHERE id = ?").bind(jane.id).run();
  const { answer } = await come({ claims: claimsOf(jane) });
  expect(isIn(cookiesOf(answer))).toBe(false);
});

test("`next` leads to no other site", async () => {
  const jane = await person(tenantId, "owner");
  for (const next of ["https://evil.example/", "//evil.example", "/\\evil.example", "/.//evil.example"]) {
    const { answer } = await come({ claims: claimsOf(jane) }, { next });
    expect(answer.headers.get("location")).toBe("/");
  }
});

test("where none is set up there is no such door, and the page shows no button", async () => {
  expect((await browser().post("/auth/sign-in/sso", {})).status).toBe(404);
  expect((await browser().get("/auth/callback/oidc?code=x&state=y")).status).toBe(404);
  expect((await browser().get("/sign-in")).body).not.toContain("data-sso");
  expect((await api(null, SETTINGS).get("/sign-in")).body).toContain("data-sso");
});
