import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readMailgunEvents } from "../../../../adapters/mail/events/mailgun-events.ts";

const SECRET = "0123456789abcdef0123456789abcdef";
const NOW = Date.parse("2026-11-23T10:00:00Z");
const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";
const HOUR = 3_600_000;

/** A webhook with the fields of Mailgun's documentation, signed as that says. */
function call(data: object, signedAt = NOW, secret = SECRET) {
  const timestamp = `${Math.floor(signedAt / 1_000)}`;
  const token = "e0b5477167110d68991efc6b9f89f0a11066af27834600e123";
  const signature = createHmac("sha256", secret).update(timestamp.concat(token)).digest("hex");
  const body = JSON.stringify({
    signature: { timestamp, token, signature },
    "event-data": {
      id: "G9Bn5sl1TC6nu79C8C0bwg",
      timestamp: 1_795_427_990.375_624,
      "log-level": "info",
      event: "delivered",
      account: { id: "1234567890303a4bd1f33898" },
      domain: { name: "mg.acme.example" },
      envelope: { sender: "ana@acme.example", targets: "jane@lead.example", transport: "smtp" },
      flags: { "is-authenticated": true, "is-test-mode": false },
      message: { headers: { "message-id": `${KEY}@acme.example`, subject: "A question" }, attachments: [], size: 341 },
      recipient: "Jane@lead.example",
      "recipient-domain": "lead.example",
      tags: [],
      "user-variables": { team: 7 },
      ...data,
    },
  });
  return { headers: new Headers({ "content-type": "application/json" }), body };
}

function failed(severity: string, reason: string, status: object = {}) {
  return {
    event: "failed",
    severity,
    reason,
    "delivery-status": { "attempt-no": 1, code: 550, message: "", description: "", ...status },
  };
}

async function read(data: object) {
  const said = await readMailgunEvents(call(data), SECRET, NOW);
  return said.ok ? said.events : said;
}

describe("what Mailgun says", () => {
  test("delivered, with the ids by which the message is known", async () => {
    expect(await read({})).toEqual([
      {
        kind: "delivered",
        sendKey: KEY,
        providerMessageId: `${KEY}@acme.example`,
        wireMessageId: `<${KEY}@acme.example>`,
        recipient: "jane@lead.example",
        at: 1_795_427_990_376,
        bounce: null,
      },
    ]);
  });

  test.each([
    [{ event: "complained" }, { kind: "complained", bounce: null }],
    [failed("temporary", "generic", { code: 451 }), { kind: "delayed", bounce: null }],
    [
      failed("temporary", "old", { code: 602 }),
      { kind: "bounced", bounce: { class: "soft", messagePermanent: false } },
    ],
    [
      failed("permanent", "old", { code: 602 }),
      { kind: "bounced", bounce: { class: "soft", messagePermanent: false } },
    ],
    [
      failed("permanent", "bounce", { message: "550 5.1.1 No such user", "enhanced-code": "5.1.1" }),
      { kind: "bounced", bounce: { class: "hard", addressDead: true, reason: "user_unknown", status: "5.1.1" } },
    ],
    [failed("permanent", "bounce"), { kind: "bounced", bounce: { addressDead: true } }],
    [
      failed("permanent", "bounce", { message: "552 5.2.2 The mailbox is full" }),
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true, reason: "mailbox_full" } },
    ],
    [failed("permanent", "bounce", { "bounce-type": "soft" }), { kind: "bounced", bounce: { addressDead: false } }],
    [
      failed("permanent", "generic", { description: "No MX" }),
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true } },
    ],
    [
      failed("permanent", "suppress-bounce", {
        code: 605,
        description: "Not delivering to previously bounced address",
      }),
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true, reason: "suppressed" } },
    ],
    [
      failed("permanent", "suppress-complaint", { code: 607 }),
      { bounce: { reason: "suppressed", addressDead: false } },
    ],
    [
      { event: "rejected", reject: { reason: "Sandbox subdomains are for tests only.", description: "" } },
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true, diagnostic: expect.any(String) } },
    ],
  ])("%o", async (data, expected) => {
    expect(await read(data)).toMatchObject([expected]);
  });

  test.each([
    ["a message of another program", { message: { headers: { "message-id": "1@b.example" } } }, 0],
    ["a message without an id", { message: undefined }, 0],
    ["nobody who received it", { recipient: undefined }, 0],
  ])("%s", async (_name, data, count) => {
    expect(await read(data)).toHaveLength(count);
  });

  test.each(["accepted", "opened", "clicked", "stored"])("%s changes nothing", async (event) => {
    expect(await read({ event })).toEqual([]);
  });
});

describe("what doesn't prove itself as Mailgun's is not taken", () => {
  test("another key", async () => {
    const forged = call({ event: "complained" }, NOW, `${SECRET.slice(1)}0`);
    expect(await readMailgunEvents(forged, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
  });

  test.each(["timestamp", "token", "signature"])("one character of the %s changed", async (name) => {
    const { headers, body } = call({});
    const webhook = JSON.parse(body);
    const was: string = webhook.signature[name];
    const digit = was.endsWith("0") ? "1" : "0";
    const signature = { ...webhook.signature, [name]: `${was.slice(0, -1)}${digit}` };
    const changed = { headers, body: JSON.stringify({ ...webhook, signature }) };
    expect(await readMailgunEvents(changed, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
  });

  test.each([
    ["their last try, 485 minutes after the first", -485 * 60_000, true],
    ["nine hours and a minute ago", -9 * HOUR - 60_000, false],
    ["in six minutes", 6 * 60_000, false],
  ])("signed %s: taken %s", async (_name, ageMs, ok) => {
    expect(await readMailgunEvents(call({}, NOW + ageMs), SECRET, NOW)).toMatchObject({ ok });
  });

  test.each(["", "<html>", "{}", '{"signature":"x"}', "null"])("%j is not signed", async (body) => {
    expect(await readMailgunEvents({ headers: new Headers(), body }, SECRET, NOW)).toMatchObject({
      reason: "unproven",
    });
  });

  test("what is signed and isn't an event is told apart", async () => {
    const signed = call({ event: 7 });
    expect(await readMailgunEvents(signed, SECRET, NOW)).toMatchObject({ ok: false, reason: "not_understood" });
  });
});
