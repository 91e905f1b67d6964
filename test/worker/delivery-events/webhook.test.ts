import { env, exports } from "cloudflare:workers";
import { Webhook as SvixWebhook } from "svix";
import { afterEach, expect, test, vi } from "vitest";
import { eventsSecretContext } from "../../../adapters/mail/mailbox-secret.ts";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { app } from "../../../worker/app.ts";
import { enroll, makeWorld, ring, runUntil, START, sandboxMail, setClock } from "../../support/enrollment.ts";
import { sealed } from "../../support/sealed.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Jane got the first of two messages; her customer's mailbox is at Resend, whose webhooks it takes. */
async function janeGotOne() {
  setClock(START);
  const world = await makeWorld();
  const { id, stub } = await enroll(world);
  await ring(stub);
  const secret = await sealed(SECRET, eventsSecretContext(world.tenantId, world.mailboxId));
  await env.DB.prepare("UPDATE mailboxes SET provider = 'resend', events_secret = ? WHERE id = ?")
    .bind(secret, world.mailboxId)
    .run();
  return { world, id, stub, sendKey: `dh-${id.slice(4)}-0-0`, path: `/delivery-events/${world.mailboxId}` };
}

function signed(path: string, type: string, data: object, secret = SECRET): Request {
  const at = new Date(Date.now());
  const body = JSON.stringify({ type, created_at: at.toISOString(), data });
  return new Request(`https://drafthook.test${path}`, {
    method: "POST",
    body,
    headers: {
      "svix-id": "msg_1",
      "svix-timestamp": `${Math.floor(at.getTime() / 1_000)}`,
      "svix-signature": new SvixWebhook(secret).sign("msg_1", at, body),
    },
  });
}

function about(sendKey: string, more: object = {}): object {
  return {
    email_id: "5676",
    to: ["jane@lead.example"],
    tags: [{ name: "drafthook", value: sendKey }],
    ...more,
  };
}

const DEAD = { bounce: { type: "Permanent", subType: "General", message: "550 5.1.1 User unknown" } };

async function suppressed(tenantId: string): Promise<readonly string[]> {
  const { results } = await env.DB.prepare("SELECT value, reason FROM suppressions WHERE tenant_id = ?")
    .bind(tenantId)
    .all<{ value: string; reason: string }>();
  return results.map(({ value, reason }) => `${value} ${reason}`);
}

test("a bounce ends the enrollment, the customer is told, and nobody writes to the address any more", async () => {
  const { world, id, stub, sendKey, path } = await janeGotOne();
  const answer = await exports.default.fetch(signed(path, "email.bounced", about(sendKey, DEAD)));
  expect([answer.status, await answer.json()]).toEqual([200, { taken: 1 }]);
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "bounced" } });
  await runUntil(stub, async () => world.requests.some(({ json }) => json.type === "cadence.lead.bounced"), 5);
  expect(await vi.waitUntil(async () => (await suppressed(world.tenantId))[0], { timeout: 10_000 })).toBe(
    "jane@lead.example bounced",
  );
  vi.setSystemTime(START + 10 * 24 * 3_600_000);
  await ring(stub);
  expect(await sandboxMail(id)).toHaveLength(1);
});

test("the same webhook ten times, and an older one after it, is as once", async () => {
  const { stub, sendKey, path } = await janeGotOne();
  for (let n = 0; n < 10; n += 1)
    expect((await exports.default.fetch(signed(path, "email.complained", about(sendKey)))).status).toBe(200);
  const lines = (await stub.readWithLines())?.lines;
  await exports.default.fetch(signed(path, "email.complained", about(sendKey)));
  expect((await stub.readWithLines())?.lines).toBe(lines);
  await exports.default.fetch(signed(path, "email.delivered", about(sendKey)));
  expect((await stub.read())?.phase).toMatchObject({ name: "finished", exit: { reason: "complained" } });
});

test("whoever doesn't know the secret changes nothing, and is told so", async () => {
  const { stub, sendKey, path } = await janeGotOne();
  const before = (await stub.read())?.revision;
  const forged = signed(path, "email.complained", about(sendKey), "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  const answer = await exports.default.fetch(forged);
  expect([answer.status, await answer.json()]).toMatchObject([401, { code: "invalid_signature" }]);
  expect((await stub.read())?.revision).toBe(before);
});

test("a customer's secret opens no other customer's enrollments", async () => {
  const [victim, attacker] = [await janeGotOne(), await janeGotOne()];
  const answer = await exports.default.fetch(signed(attacker.path, "email.bounced", about(victim.sendKey, DEAD)));
  expect(answer.status).toBe(200);
  expect((await victim.stub.read())?.phase.name).toBe("waiting");
  expect([await suppressed(victim.world.tenantId), await suppressed(attacker.world.tenantId)]).toEqual([[], []]);
});

test.each([
  ["a mailbox that isn't there", "/delivery-events/mbx_aaaaaaaaaaaaaaaa", ""],
  ["a mailbox without a secret", null, "UPDATE mailboxes SET events_secret = NULL WHERE id = ?"],
  ["a mailbox whose provider has no webhooks", null, "UPDATE mailboxes SET provider = 'smtp' WHERE id = ?"],
])("%s: the same 404", async (_name, path, change) => {
  const jane = await janeGotOne();
  if (change !== "") await env.DB.prepare(change).bind(jane.world.mailboxId).run();
  const answer = await exports.default.fetch(signed(path ?? jane.path, "email.bounced", about(jane.sendKey, DEAD)));
  expect([answer.status, await answer.json()]).toMatchObject([404, { code: "not_found" }]);
});

test("where the enrollment can't be reached the provider is told to come again", async () => {
  const { stub, sendKey, path } = await janeGotOne();
  vi.spyOn(EnrollmentObject.prototype, "request").mockRejectedValueOnce(new Error("the object is overloaded"));
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const away = await app.request(signed(path, "email.complained", about(sendKey)), undefined, env);
  expect(away.status).toBeGreaterThanOrEqual(500);
  expect((await exports.default.fetch(signed(path, "email.complained", about(sendKey)))).status).toBe(200);
  expect((await stub.read())?.phase).toMatchObject({ exit: { reason: "complained" } });
});

test("long after the end, when the enrollment was emptied, a complaint still closes the address", async () => {
  const { world, id, sendKey, path } = await janeGotOne();
  const gone = { ok: false, code: "not_found", detail: "" } as const;
  const request = vi.spyOn(EnrollmentObject.prototype, "request").mockResolvedValue(gone);
  expect((await exports.default.fetch(signed(path, "email.complained", about(sendKey)))).status).toBe(200);
  expect(await suppressed(world.tenantId)).toEqual(["jane@lead.example complained"]);
  await exports.default.fetch(signed(path, "email.complained", about(sendKey, { to: ["other@lead.example"] })));
  await exports.default.fetch(signed(path, "email.delivered", about(sendKey)));
  expect([await suppressed(world.tenantId), request.mock.calls.length]).toEqual([["jane@lead.example complained"], 3]);
  expect(id).toContain("enr_");
});

test("what is signed and not understood is refused with a reason, and mail of others is taken without any effect", async () => {
  const { stub, path } = await janeGotOne();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const before = (await stub.read())?.revision;
  expect((await exports.default.fetch(signed(path, "email.bounced", { to: 7 }))).status).toBe(422);
  const other = await exports.default.fetch(
    signed(path, "email.bounced", { email_id: "1", to: ["a@b.example"], tags: [] }),
  );
  expect([other.status, await other.json(), (await stub.read())?.revision]).toEqual([200, { taken: 0 }, before]);
});
