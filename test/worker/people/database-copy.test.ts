import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { mintSignInToken, SESSION_COOKIE } from "../../../adapters/auth/open-auth.ts";
import { authOf } from "../../../worker/people/auth-of.ts";
import { asPerson, browser, person, signIn } from "../../support/people.ts";
import { api, seedTenant } from "../../support/worker.ts";

const TABLES = ["users", "sessions", "accounts", "verifications", "members", "invitations", "attempts"];

async function dump(): Promise<string> {
  const rows = await Promise.all(TABLES.map((table) => env.DB.prepare(`SELECT * FROM ${table}`).all()));
  return JSON.stringify(rows.map(({ results }) => results));
}

test("a copy of the database holds no password, no link and no cookie that opens anything", async () => {
  const { tenantId, liveKey } = await seedTenant();
  const jane = await person(tenantId);
  const cookie = await signIn(jane);
  const password = `a password ${crypto.randomUUID()}`;
  await browser(cookie).post("/auth/password", { newPassword: password });
  const token = await mintSignInToken(await authOf(env), jane.email);
  const invited = await api(liveKey).post("/v1/invitations", { email: "x@people.example", role: "viewer" });
  const opening = [
    password,
    token,
    invited.body.link.split("#token=")[1],
    decodeURIComponent(cookie).split("=")[1] ?? "",
  ];
  const copy = await dump();
  expect(opening.filter((text) => text.length < 20 || copy.includes(text))).toEqual([]);
});

test("a session's row is half of a cookie: nobody who has only that is signed in", async () => {
  const { tenantId } = await seedTenant();
  const jane = await person(tenantId);
  const cookie = await signIn(jane);
  const row = await env.DB.prepare("SELECT token FROM sessions WHERE user_id = ?")
    .bind(jane.id)
    .first<{ token: string }>();
  const token = row?.token ?? "";
  const mac = "A".repeat(43);
  for (const forged of [token, `${token}.`, `${token}.${mac}=`, `${token}.${encodeURIComponent(`${mac}=`)}`]) {
    const { status } = await asPerson(`${SESSION_COOKIE}=${forged}`).get("/v1/me");
    expect([forged, status]).toEqual([forged, 401]);
  }
  // The control: the row is the one that the cookie opens.
  expect(token.length).toBeGreaterThan(20);
  expect(cookie).toContain(token);
  expect((await asPerson(cookie).get("/v1/me")).status).toBe(200);
});

test("another installation's key makes no cookie that is good here", async () => {
  const { tenantId } = await seedTenant();
  const cookie = await signIn(await person(tenantId));
  const other = { TOKEN_KEY_V1: btoa("another key of thirty-two bytes!") };
  const { status } = await api(null, other).get("/v1/me", { cookie });
  expect(status).toBe(401);
});
