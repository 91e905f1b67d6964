import { expect, test } from "vitest";
import { readCloudflareEvent } from "../../../../adapters/mail/events/cloudflare-events.ts";

const AT = "2026-11-23T10:00:00.000Z";

/** A message of the queue with the fields of the documentation. */
function event(kind: string, payload: object = {}) {
  return {
    type: `cf.email.sending.message.${kind}`,
    source: { type: "email.sending", zoneId: "z", domain: "acme.example" },
    payload: {
      eventId: `event-${kind}`,
      messageId: "0101018f",
      sender: "Ana@acme.example",
      recipient: "Jane@lead.example",
      subject: "A question",
      terminal: true,
      ...payload,
    },
    metadata: { accountId: "a", eventSchemaVersion: 1, eventTimestamp: AT },
  };
}

test.each([
  ["delivered", {}, { kind: "delivered", bounce: null }],
  ["deferred", {}, { kind: "delayed", bounce: null }],
  ["complained", {}, { kind: "complained", bounce: null }],
  [
    "bounced",
    {
      delivery: { smtpStatusCode: "550", smtpEnhancedStatusCode: "5.1.1", smtpResponse: "550 5.1.1 User unknown" },
      bounce: { type: "hard", classification: "permanent_failure", reason: "550 5.1.1 User unknown" },
    },
    { kind: "bounced", bounce: { class: "hard", addressDead: true, status: "5.1.1" } },
  ],
  [
    "bounced",
    { bounce: { type: "soft", reason: "452 4.2.2 Mailbox full" } },
    { kind: "bounced", bounce: { class: "soft", addressDead: false, messagePermanent: false } },
  ],
  ["failed", {}, { kind: "bounced", bounce: { addressDead: false, messagePermanent: true } }],
  [
    "rejected",
    { rejection: { reason: "suppressed" } },
    { kind: "bounced", bounce: { addressDead: false, messagePermanent: true, reason: "suppressed" } },
  ],
])("%s %o", (kind, payload, expected) => {
  expect(readCloudflareEvent(event(kind, payload))).toMatchObject({
    id: `event-${kind}`,
    status: kind,
    sender: "ana@acme.example",
    recipient: "jane@lead.example",
    at: Date.parse(AT),
    event: { sendKey: null, providerMessageId: "0101018f", recipient: "jane@lead.example", ...expected },
  });
});

test("a status that comes with a later version is kept, and says nothing to the enrollment", () => {
  expect(readCloudflareEvent(event("scheduled"))).toMatchObject({ status: "scheduled", event: null });
});

test.each([
  [null],
  ["text"],
  [{}],
  [event("delivered", { recipient: null })],
  [{ ...event("delivered"), metadata: {} }],
])("%j isn't an event", (body) => {
  expect(readCloudflareEvent(body)).toBeNull();
});
