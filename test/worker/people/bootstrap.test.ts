import { env } from "cloudflare:workers";
import { afterAll, beforeEach, expect, test } from "vitest";
import { asPerson, browser, cookiesOf } from "../../support/people.ts";
import { api, seedTenant } from "../../support/worker.ts";

const SECRET = "a secret of more than thirty-two characters";
const overrides = { BOOTSTRAP_SECRET: SECRET };
const forget = () => env.DB.prepare("DELETE FROM bootstraps").run();

beforeEach(async () => {
  await seedTenant();
  await forget();
});
afterAll(forget);

function wish(more: object = {}): object {
  return { secret: SECRET, email: `${crypto.randomUUID()}@people.example`, organizationName: "Acme", ...more };
}

/** As a program asks, from a network address of its own. */
function ask(body: object, env: Partial<Env> = overrides) {
  const { headers } = browser();
  return api(null, env).post("/auth/bootstrap", body, { "cf-connecting-ip": headers["cf-connecting-ip"] });
}

test("the first owner is made with their organisation, and signs in by the link that is answered", async () => {
  const email = `${crypto.randomUUID()}@people.example`;
  const made = await ask(wish({ email }));
  expect(made.status).toBe(201);
  const signedIn = await browser().post("/auth/sign-in/link", { token: made.body.link.split("#link=")[1] });
  const me = await asPerson(cookiesOf(signedIn)).get("/v1/me");
  expect(me.body).toMatchObject({
    actor: { kind: "person", email, role: "owner" },
    tenant: { id: made.body.tenantId, name: "Acme" },
  });
});

test("it is done once: afterwards, and of ten at the same moment", async () => {
  const answers = await Promise.all(Array.from({ length: 10 }, () => ask(wish({ organizationName: "Race" }))));
  expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(9).fill(410)]);
  const late = await ask(wish());
  expect([late.status, late.body.code]).toEqual([410, "already_set_up"]);
  const made = await env.DB.prepare("SELECT count(*) AS n FROM tenants WHERE name = 'Race'").first("n");
  expect(made).toBe(1);
});

test.each([
  ["a wrong secret", wish({ secret: `${SECRET}!` }), overrides],
  ["no secret in the Worker", wish(), {}],
  ["an empty secret in the Worker", wish({ secret: " " }), { BOOTSTRAP_SECRET: " " }],
  ["a short secret in the Worker", wish({ secret: "short" }), { BOOTSTRAP_SECRET: "short" }],
])("%s makes nobody", async (_, body, settings) => {
  const { status, body: answer } = await ask(body, settings);
  expect([status, answer.code]).toEqual([401, "wrong_credentials"]);
  expect(await env.DB.prepare("SELECT count(*) AS n FROM bootstraps").first("n")).toBe(0);
});
