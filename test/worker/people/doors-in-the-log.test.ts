import { env } from "cloudflare:workers";
import { expect, test, vi } from "vitest";
import { rowsOfTenant } from "../../support/audit-rows.ts";
import { asPerson, browser, cookiesOf, person, signIn } from "../../support/people.ts";
import { seedTenant } from "../../support/worker.ts";

/** The rows with this action, which are written behind the answer. */
async function rowsOf(tenantId: string, action: string, count = 1) {
  return vi.waitFor(async () => {
    const rows = (await rowsOfTenant(tenantId)).filter((row) => row["action"] === action);
    expect(rows).toHaveLength(count);
    return rows;
  });
}

test("who has signed in, and from where, is a row in their organisation's audit log and in no other", async () => {
  const [{ tenantId }, other] = [await seedTenant(), await seedTenant()];
  const jane = await person(tenantId, "operator");
  await signIn(jane);
  expect(await rowsOf(tenantId, "person.sign_in")).toMatchObject([
    {
      actor_kind: "person",
      actor_id: jane.id,
      actor_label: jane.email,
      target_kind: "person",
      target_id: jane.id,
      from_address: expect.stringMatching(/./),
      outcome: "done",
    },
  ]);
  expect(await rowsOfTenant(other.tenantId)).toEqual([]);
});

test("who came in by an invitation is a row, after the row of who invited them", async () => {
  const { tenantId } = await seedTenant();
  const owner = await person(tenantId, "owner");
  const asOwner = asPerson(await signIn(owner));
  const invited = await asOwner.post("/v1/invitations", {
    email: `${crypto.randomUUID()}@people.example`,
    role: "viewer",
  });
  const token = String(invited.body.link).split("#token=")[1];
  const accepted = await browser().post("/auth/invitation/accept", {
    token,
    newAccount: { name: "New", password: "a long enough password" },
  });
  expect(accepted.status).toBe(200);
  const [made] = await rowsOf(tenantId, "invitation.create");
  expect(made).toMatchObject({ actor_id: owner.id, after: { email: invited.body.email, role: "viewer" } });
  const [row] = await rowsOf(tenantId, "invitation.accept");
  expect(row).toMatchObject({ actor_label: invited.body.email, target_id: invited.body.id, after: { role: "viewer" } });
  const me = await asPerson(cookiesOf(accepted)).get("/v1/me");
  expect(me.body.actor.id).toBe(row?.["actor_id"]);
  // Neither the link nor the password is in it.
  expect(JSON.stringify(await rowsOfTenant(tenantId))).not.toMatch(new RegExp(`${token}|a long enough`));
});

test("a sign-in that was refused leaves no row", async () => {
  const { tenantId } = await seedTenant();
  const jane = await person(tenantId, "viewer");
  await browser().post("/auth/sign-in/password", { email: jane.email, password: "wrong" });
  await browser().post("/auth/sign-in/link", { token: "x".repeat(32) });
  expect((await rowsOfTenant(tenantId)).filter((row) => row["action"] === "person.sign_in")).toEqual([]);
});

test("an organisation begins with the row of its own making", async () => {
  const secret = "a secret of more than thirty-two characters";
  await seedTenant();
  await env.DB.prepare("DELETE FROM bootstraps").run();
  const body = { secret, email: `${crypto.randomUUID()}@people.example`, organizationName: "Acme" };
  const made = await browser().post("/auth/bootstrap", body, {}, { BOOTSTRAP_SECRET: secret });
  expect(made.status).toBe(201);
  const [row] = await rowsOf(made.body.tenantId, "tenant.create");
  expect(row).toMatchObject({
    actor_kind: "system",
    actor_id: "bootstrap",
    after: { name: "Acme", owner: body.email },
  });
  expect(JSON.stringify(row)).not.toContain(secret);
  await env.DB.prepare("DELETE FROM bootstraps").run();
});
