import { afterEach, describe, expect, test, vi } from "vitest";
import { readSesEvents } from "../../../../adapters/mail/events/ses-events.ts";
import { OPENSSL_CERTIFICATE, SIGNED_BY_OPENSSL } from "../../../support/sns-signed-by-openssl.ts";
import { makeSnsSigner, type SnsFields, type SnsSigner, TOPIC } from "../../../support/sns-signer.ts";

const NOW = Date.parse("2026-11-23T10:00:00Z");
const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";
const MINUTE = 60_000;
const SNS = makeSnsSigner();

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** The network, with these pages and no others. */
function pages(served: Readonly<Record<string, string>>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (url) => {
    const page = served[String(url)];
    return page === undefined ? new Response("<Error/>", { status: 403 }) : new Response(page);
  });
}

function call(fields: SnsFields, headers: Record<string, string> = {}) {
  const type = { "content-type": "text/plain; charset=UTF-8", "x-amz-sns-message-type": fields["Type"] ?? "" };
  return { headers: new Headers({ ...type, ...headers }), body: JSON.stringify(fields) };
}

/** What SES tells of one message, with the fields of its documentation. */
function record(fields: object, mail: object = {}): string {
  return JSON.stringify({
    mail: {
      timestamp: "2026-11-23T09:58:00.000Z",
      source: "Ana <ana@acme.example>",
      sourceArn: "arn:aws:ses:eu-west-1:123456789012:identity/acme.example",
      sendingAccountId: "123456789012",
      messageId: "0102019a7c191be4-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
      destination: ["jane@lead.example"],
      headersTruncated: false,
      headers: [{ name: "Message-ID", value: `<${KEY}@acme.example>` }],
      commonHeaders: { from: ["Ana <ana@acme.example>"], messageId: `<${KEY}@acme.example>`, subject: "A question" },
      tags: { "ses:configuration-set": ["outreach"], drafthook: [KEY] },
      ...mail,
    },
    ...fields,
  });
}

async function read(text: string, signer: SnsSigner = SNS) {
  pages({ [signer.certUrl]: signer.certificate });
  const said = await readSesEvents(call(signer.notification(text, NOW)), TOPIC, NOW);
  return said.ok ? said.events : said;
}

function bounce(bounceType: string, bounceSubType: string, ...recipients: readonly object[]): object {
  const bouncedRecipients = recipients.map((more) => ({ emailAddress: "Jane@lead.example", ...more }));
  return {
    eventType: "Bounce",
    bounce: { bounceType, bounceSubType, bouncedRecipients, timestamp: "2026-11-23T09:59:00.000Z", feedbackId: "1" },
  };
}

function complaint(more: object): object {
  const complainedRecipients = [{ emailAddress: "jane@lead.example" }];
  return {
    eventType: "Complaint",
    complaint: { complainedRecipients, timestamp: "2026-11-23T09:59:00.000Z", ...more },
  };
}

const DELIVERY = { delivery: { timestamp: "2026-11-23T09:59:00.000Z", recipients: ["Jane@lead.example"] } };

describe("what SES says", () => {
  test("delivered, with the id that it answered with, and none for the wire", async () => {
    expect(await read(record({ eventType: "Delivery", ...DELIVERY }))).toEqual([
      {
        kind: "delivered",
        sendKey: KEY,
        providerMessageId: "0102019a7c191be4-e9aedb9a-02f9-4d12-a87d-dd0099a07f8a-000000",
        wireMessageId: null,
        recipient: "jane@lead.example",
        at: Date.parse("2026-11-23T09:59:00Z"),
        bounce: null,
      },
    ]);
  });

  test.each([
    [
      bounce("Permanent", "General", { status: "5.1.1", diagnosticCode: "smtp; 550 5.1.1 user unknown" }),
      { kind: "bounced", bounce: { class: "hard", addressDead: true, reason: "user_unknown", status: "5.1.1" } },
    ],
    [bounce("Permanent", "NoEmail", {}), { kind: "bounced", bounce: { addressDead: true } }],
    [
      bounce("Permanent", "General", { status: "5.7.1", diagnosticCode: "smtp; 550 5.7.1 Message blocked as spam" }),
      { kind: "bounced", bounce: { addressDead: false, messagePermanent: true } },
    ],
    [
      bounce("Permanent", "Suppressed", {}),
      { bounce: { addressDead: false, messagePermanent: true, reason: "suppressed" } },
    ],
    [
      bounce("Permanent", "OnAccountSuppressionList", {}),
      { bounce: { addressDead: false, messagePermanent: true, reason: "suppressed" } },
    ],
    [bounce("Permanent", "OfALaterVersion", {}), { bounce: { addressDead: false, messagePermanent: true } }],
    [
      bounce("Transient", "MailboxFull", { status: "4.2.2" }),
      { bounce: { class: "soft", messagePermanent: false, status: "4.2.2" } },
    ],
    [bounce("Undetermined", "Undetermined", {}), { bounce: { class: "soft", messagePermanent: false } }],
    [
      {
        eventType: "DeliveryDelay",
        deliveryDelay: {
          delayType: "TransientCommunicationFailure",
          delayedRecipients: [{ emailAddress: "jane@lead.example", status: "4.4.1", diagnosticCode: "smtp; 421" }],
          timestamp: "2026-11-23T09:59:00.000Z",
        },
      },
      { kind: "delayed", recipient: "jane@lead.example", bounce: null },
    ],
    [
      { eventType: "Reject", reject: { reason: "Bad content" } },
      { kind: "bounced", bounce: { addressDead: false } },
    ],
    [complaint({ complaintFeedbackType: "abuse" }), { kind: "complained", bounce: null }],
    [complaint({}), { kind: "complained", bounce: null }],
    [
      complaint({ complaintSubType: "OnAccountSuppressionList" }),
      { kind: "bounced", bounce: { addressDead: false, reason: "suppressed" } },
    ],
  ])("%j", async (fields, expected) => {
    expect(await read(record(fields))).toMatchObject([expected]);
  });

  test("each of several addresses is judged by itself", async () => {
    const two = bounce(
      "Permanent",
      "General",
      { status: "5.1.1" },
      { emailAddress: "crm@acme.example", status: "4.0.0" },
    );
    expect(await read(record(two))).toMatchObject([
      { recipient: "jane@lead.example", bounce: { addressDead: true } },
      { recipient: "crm@acme.example", bounce: { addressDead: false, messagePermanent: false } },
    ]);
  });

  test.each([
    ["a notification of an identity, which has our id and no tags", { tags: undefined }, 1],
    ["one without the original headers", { tags: undefined, commonHeaders: undefined }, 0],
    ["mail of another program", { tags: {}, commonHeaders: { messageId: " 0102019a-000000" } }, 0],
  ])("%s", async (_name, mail, count) => {
    expect(await read(record({ notificationType: "Delivery", ...DELIVERY }, mail))).toHaveLength(count);
  });

  test.each([
    ["an event that we don't ask for", record({ eventType: "Open", open: {} })],
    ["a report that it is no spam", record(complaint({ complaintFeedbackType: "not-spam" }))],
    ["the try-out of a topic", "Successfully validated SNS topic for Amazon SES event publishing."],
    ["the try-out for an identity", '{"notificationType":"AmazonSnsSubscriptionSucceeded","message":"hello"}'],
    ["what another program publishes", "[1]"],
  ])("%s changes nothing", async (_name, text) => {
    expect(await read(text)).toEqual([]);
  });

  test("what is signed and isn't an event is told apart", async () => {
    expect(await read(record({ eventType: "Bounce" }))).toMatchObject({ ok: false, reason: "not_understood" });
  });
});

test.each(SIGNED_BY_OPENSSL)("what openssl signed is proven, in version $SignatureVersion", async (message) => {
  pages({ [message.SigningCertURL]: OPENSSL_CERTIFICATE });
  expect(await readSesEvents(call(message), TOPIC, NOW)).toMatchObject({ ok: true, events: [{ kind: "delivered" }] });
  const changed = { ...message, Message: message.Message.replace("Delivery", "delivery") };
  expect(await readSesEvents(call(changed), TOPIC, NOW)).toMatchObject({ reason: "unproven" });
  const other = message.SignatureVersion === "1" ? "2" : "1";
  expect(await readSesEvents(call({ ...message, SignatureVersion: other }), TOPIC, NOW)).toMatchObject({ ok: false });
});

describe("a new subscription", () => {
  const url = `https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=${TOPIC}&Token=2336412f37`;

  async function confirmationOf(changes: SnsFields = {}) {
    pages({ [SNS.certUrl]: SNS.certificate });
    return readSesEvents(call(SNS.confirmation(NOW, changes)), TOPIC, NOW);
  }

  test.each(["1", "2"])("is confirmed at the topic's SNS (signature version %s)", async (SignatureVersion) => {
    expect(await confirmationOf({ SignatureVersion })).toEqual({ ok: true, events: [], confirm: url });
  });

  test.each([
    ["another host", url.replace("sns.eu-west-1.amazonaws.com", "evil.example")],
    ["another region", url.replace("eu-west-1", "us-east-1")],
    ["a bucket of S3", url.replace("eu-west-1", "s3-eu-west-1")],
    ["a host that begins like it", url.replace("amazonaws.com/", "amazonaws.com.evil.example/")],
    ["a host behind an at sign", url.replace("amazonaws.com/", "amazonaws.com@evil.example/")],
    ["another port", url.replace("amazonaws.com/", "amazonaws.com:8443/")],
    ["no TLS", url.replace("https:", "http:")],
    ["an address inside", "http://169.254.169.254/latest/meta-data/"],
    ["no URL", "sns"],
  ])("is confirmed nowhere else: %s", async (_name, SubscribeURL) => {
    expect(await confirmationOf({ SubscribeURL })).toMatchObject({ ok: false, reason: "unproven" });
  });

  test("nothing is asked for where it isn't proven, and its end says nothing", async () => {
    pages({ [SNS.certUrl]: SNS.certificate });
    const forged = { ...SNS.confirmation(NOW), Token: "another" };
    expect(await readSesEvents(call(forged), TOPIC, NOW)).toMatchObject({ reason: "unproven" });
    const ended = SNS.confirmation(NOW, { Type: "UnsubscribeConfirmation" });
    expect(await readSesEvents(call(ended), TOPIC, NOW)).toEqual({ ok: true, events: [] });
  });
});

describe("what doesn't prove itself as the topic's is not taken", () => {
  const text = record(complaint({}));

  test.each<[string, SnsFields]>([
    [
      "another key",
      { ...SNS.notification(text, NOW), Signature: makeSnsSigner().notification(text, NOW)["Signature"] ?? "" },
    ],
    ["no signature", { ...SNS.notification(text, NOW), Signature: "" }],
    ["a signature that is none", { ...SNS.notification(text, NOW), Signature: "%%%" }],
    ["a byte changed", { ...SNS.notification(text, NOW), Message: text.replace("jane@", "joan@") }],
    ["a subject put in", { ...SNS.notification(text, NOW), Subject: "put in" }],
    ["another topic of the same SNS", SNS.notification(text, NOW, { TopicArn: `${TOPIC}2` })],
    ["another signature version", SNS.notification(text, NOW, { SignatureVersion: "3" })],
    ["two hours and a minute old", SNS.notification(text, NOW - 121 * MINUTE)],
    ["six minutes ahead", SNS.notification(text, NOW + 6 * MINUTE)],
    ["no time", SNS.notification(text, NOW, { Timestamp: "yesterday" })],
  ])("%s", async (_name, fields) => {
    pages({ [SNS.certUrl]: SNS.certificate });
    expect(await readSesEvents(call(fields), TOPIC, NOW)).toMatchObject({ ok: false, reason: "unproven" });
    // The control: the same, untouched.
    expect(await readSesEvents(call(SNS.notification(text, NOW - 59 * MINUTE)), TOPIC, NOW)).toMatchObject({
      ok: true,
      events: [{ kind: "complained" }],
    });
  });

  test.each([
    ["on another host", "https://evil.example/SimpleNotificationService-1.pem"],
    ["in a bucket of S3", "https://sns.s3-eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"],
    ["in the bucket of the old address", "https://sns.s3.amazonaws.com/SimpleNotificationService-1.pem"],
    ["in another region", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-1.pem"],
    ["in China", "https://sns.eu-west-1.amazonaws.com.cn/SimpleNotificationService-1.pem"],
    ["without TLS", "http://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem"],
    ["elsewhere at SNS", "https://sns.eu-west-1.amazonaws.com/?Action=Publish"],
    ["behind a query", "https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-1.pem?x"],
    ["up the path", "https://sns.eu-west-1.amazonaws.com/x/../SimpleNotificationService-1/x.pem"],
  ])("whose certificate is %s; it is not even asked for", async (_name, SigningCertURL) => {
    const evil = makeSnsSigner();
    const asked = pages({ [SigningCertURL]: evil.certificate });
    const forged = evil.notification(text, NOW, { SigningCertURL });
    expect(await readSesEvents(call(forged), TOPIC, NOW)).toMatchObject({ ok: false, reason: "unproven" });
    expect(asked).not.toHaveBeenCalled();
  });

  test("a message of China counts for a topic of China", async () => {
    const topic = "arn:aws-cn:sns:cn-north-1:123456789012:drafthook-events";
    const signer = makeSnsSigner();
    const SigningCertURL = "https://sns.cn-north-1.amazonaws.com.cn/SimpleNotificationService-2.pem";
    pages({ [SigningCertURL]: signer.certificate });
    const fields = signer.notification(text, NOW, { TopicArn: topic, SigningCertURL });
    expect(await readSesEvents(call(fields), topic, NOW)).toMatchObject({ ok: true, events: [{}] });
  });

  test("a certificate that has expired, one that isn't there, and what isn't one", async () => {
    const old = makeSnsSigner([Date.UTC(2020, 0, 1), NOW - 1_000]);
    const [missing, page] = [makeSnsSigner(), makeSnsSigner()];
    pages({ [old.certUrl]: old.certificate, [page.certUrl]: "<h1>Welcome to our Wi-Fi</h1>" });
    for (const signer of [old, missing, page])
      expect(await readSesEvents(call(signer.notification(text, NOW)), TOPIC, NOW)).toMatchObject({
        reason: "unproven",
      });
  });

  test.each(["", "<html>", "{}", "null", record(complaint({}))])("%.20s is not signed", async (body) => {
    const asked = pages({});
    expect(await readSesEvents({ headers: new Headers(), body }, TOPIC, NOW)).toMatchObject({ reason: "unproven" });
    expect(asked).not.toHaveBeenCalled();
  });

  test("raw delivery has no signature, and the customer is told how to have one", async () => {
    const raw = { headers: new Headers({ "x-amz-sns-rawdelivery": "true" }), body: text };
    expect(await readSesEvents(raw, TOPIC, NOW)).toMatchObject({ detail: expect.stringContaining("switch it off") });
  });

  test("a secret that was saved and is no topic", async () => {
    const fields = SNS.notification(text, NOW, { TopicArn: "anything" });
    expect(await readSesEvents(call(fields), "anything", NOW)).toMatchObject({ reason: "unproven" });
  });
});

describe("the certificate", () => {
  const text = record(complaint({}));

  test("is fetched once for many messages", async () => {
    const signer = makeSnsSigner();
    const asked = pages({ [signer.certUrl]: signer.certificate });
    for (let n = 0; n < 3; n += 1)
      expect(await readSesEvents(call(signer.notification(text, NOW)), TOPIC, NOW)).toMatchObject({ ok: true });
    expect(asked).toHaveBeenCalledTimes(1);
    expect(asked.mock.calls[0]?.[1]).toMatchObject({ redirect: "manual" });
  });

  test.each<[string, () => Promise<Response>]>([
    ["can't be reached", () => Promise.reject(new Error("Network connection lost."))],
    ["has a server that stumbles", async () => new Response("", { status: 503 })],
    ["has no end", async () => new Response("x".repeat(65 * 1024))],
  ])("%s: the message must come again, and is taken then", async (_name, answer) => {
    const signer = makeSnsSigner();
    const fields = call(signer.notification(text, NOW));
    vi.spyOn(globalThis, "fetch").mockImplementation(answer);
    expect(await readSesEvents(fields, TOPIC, NOW)).toMatchObject({ ok: false, reason: "unreachable" });
    vi.restoreAllMocks();
    pages({ [signer.certUrl]: signer.certificate });
    expect(await readSesEvents(fields, TOPIC, NOW)).toMatchObject({ ok: true });
  });

  test("is waited for no longer than five seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const asked = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(
        (_url, init) =>
          new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(new Error("cut")))),
      );
    const said = readSesEvents(call(makeSnsSigner().notification(text, NOW)), TOPIC, NOW);
    await vi.waitFor(() => expect(asked).toHaveBeenCalled());
    await vi.advanceTimersByTimeAsync(5_000);
    expect(await said).toMatchObject({ reason: "unreachable" });
  });
});
