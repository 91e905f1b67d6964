import { Webhook as SvixWebhook } from "svix";
import { describe, expect, test } from "vitest";
import { readResendEvents } from "../../../../adapters/mail/events/resend-events.ts";

const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const NOW = Date.parse("2026-11-23T10:00:00Z");
const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";

/** A webhook as Resend's documentation shows it, signed by the library that Resend signs with. */
function call(type: string, data: object, signedAt = NOW, secret = SECRET) {
  const whole = {
    created_at: "2026-11-22T23:41:12.126Z",
    email_id: "56761188-7520-42d8-8898-ff6fc54ce618",
    message_id: "<111-222-333@eu-west-1.amazonses.com>",
    from: "Ana <ana@acme.example>",
    to: ["Jane@lead.example"],
    subject: "A question",
    tags: [
      { name: "team", value: "sales" },
      { name: "drafthook", value: KEY },
    ],
    ...data,
  };
  const body = JSON.stringify({ type, created_at: "2026-11-23T09:59:50.000Z", data: whole });
  const headers = new Headers({
    "svix-id": "msg_1",
    "svix-timestamp": `${Math.floor(signedAt / 1_000)}`,
    "svix-signature": `v1,${btoa("somebody else's")} ${new SvixWebhook(secret).sign("msg_1", new Date(signedAt), body)}`,
  });
  return { headers, body };
}

async function read(type: string, data: object = {}) {
  const said = await readResendEvents(call(type, data), SECRET, NOW);
  return said.ok ? said.events : said;
}

describe("what Resend says", () => {
  test("delivered, with the ids by which the message is known", async () => {
    expect(await read("email.delivered")).toEqual([
      {
        kind: "delivered",
        sendKey: KEY,
        providerMessageId: "56761188-7520-42d8-8898-ff6fc54ce618",
        wireMessageId: "<111-222-333@eu-west-1.amazonses.com>",
        recipient: "jane@lead.example",
        at: Date.parse("2026-11-23T09:59:50Z"),
        bounce: null,
      },
    ]);
  });

  test.each([
    ["email.delivery_delayed", {}, { kind: "delayed", bounce: null }],
    ["email.complained", {}, { kind: "complained", bounce: null }],
    [
      "email.bounced",
      { bounce: { type: "Permanent", subType: "General", message: "The address doesn't exist." } },
      { kind: "bounced", bounce: { addressDead: true, messagePermanent: true } },
    ],
    [
      "email.bounced",
      { bounce: { type: "Permanent", subType: "OnAccountSuppressionList", message: "It is on the suppression list." } },
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true, reason: "suppressed" } },
    ],
    [
      "email.bounced",
      { bounce: { type: "Transient", subType: "MailboxFull", diagnosticCode: ["smtp; 452 4.2.2 Mailbox full"] } },
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: false, status: "4.2.2" } },
    ],
    [
      "email.suppressed",
      { suppressed: { type: "OnAccountSuppressionList", message: "suppressed" } },
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true } },
    ],
    [
      "email.failed",
      { failed: { reason: "reached_daily_quota" } },
      { kind: "bounced", bounce: { addressDead: false } },
    ],
  ])("%s %o", async (type, data, expected) => {
    expect(await read(type, data)).toMatchObject([expected]);
  });

  test.each([
    ["an older form of tags", { tags: { drafthook: KEY } }, 1],
    ["two recipients", { to: ["jane@lead.example", "crm@acme.example"] }, 2],
    ["mail that isn't ours", { tags: [{ name: "team", value: "sales" }] }, 0],
    ["mail without tags", { tags: undefined }, 0],
  ])("%s", async (_name, data, count) => {
    expect(await read("email.delivered", data)).toHaveLength(count);
  });

  test.each(["email.sent", "email.opened", "domain.created", "email.scheduled"])("%s changes nothing", async (type) => {
    expect(await read(type)).toEqual([]);
  });
});

describe("what doesn't prove itself as Resend's is not taken", () => {
  test("another secret", async () => {
    const forged = call("email.bounced", {}, NOW, "whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
    expect(await readResendEvents(forged, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
  });

  test("one byte changed", async () => {
    const { headers, body } = call("email.delivered", {});
    const changed = { headers, body: body.replace("delivered", "complained") };
    expect(await readResendEvents(changed, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
  });

  test.each([-6, 6])("signed %i minutes from now", async (minutes) => {
    const old = call("email.bounced", {}, NOW + minutes * 60_000);
    expect(await readResendEvents(old, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
  });

  test("no signature, and a secret that is none", async () => {
    const { headers, body } = call("email.bounced", {});
    expect(await readResendEvents({ headers: new Headers(), body }, SECRET, NOW)).toMatchObject({ reason: "unproven" });
    expect(await readResendEvents({ headers, body }, "whsec_not base64!", NOW)).toMatchObject({ reason: "unproven" });
  });

  test("what is signed and isn't an event is told apart", async () => {
    const signed = call("email.bounced", { to: "not a list" });
    expect(await readResendEvents(signed, SECRET, NOW)).toMatchObject({ ok: false, reason: "not_understood" });
  });
});
