import { describe, expect, test } from "vitest";
import { readPostmarkEvents } from "../../../../adapters/mail/events/postmark-events.ts";

const SECRET = "correct-horse-battery";
const NOW = Date.parse("2026-11-23T10:00:00Z");
const KEY = "dh-aaaaaaaaaaaaaaaa-0-0";

/** A webhook with the fields of Postmark's documentation. */
function call(record: object, authorization = `Basic ${btoa(`drafthook:${SECRET}`)}`) {
  const body = JSON.stringify({
    MessageID: "883953f4-6105-42a2-a16a-77a8eac79483",
    MessageStream: "outbound",
    ServerID: 23,
    Metadata: { drafthook: KEY },
    ...record,
  });
  return { headers: new Headers({ authorization }), body };
}

const BOUNCE = {
  RecordType: "Bounce",
  ID: 42,
  TypeCode: 1,
  Email: "Jane@lead.example",
  Description: "The server was unable to deliver your message.",
  Details: "smtp;550 5.1.1 The email account that you tried to reach does not exist",
  BouncedAt: "2026-11-23T09:28:10.2735393Z",
  Inactive: true,
  CanActivate: true,
};

async function read(record: object) {
  const said = await readPostmarkEvents(call(record), SECRET, NOW);
  return said.ok ? said.events : said;
}

describe("what Postmark says", () => {
  test("a hard bounce, with its message and its time", async () => {
    expect(await read({ ...BOUNCE, Type: "HardBounce" })).toMatchObject([
      {
        kind: "bounced",
        sendKey: KEY,
        providerMessageId: "883953f4-6105-42a2-a16a-77a8eac79483",
        recipient: "jane@lead.example",
        at: Date.parse("2026-11-23T09:28:10.273Z"),
        bounce: { class: "hard", addressDead: true, reason: "user_unknown", status: "5.1.1" },
      },
    ]);
  });

  test.each([
    ["BadEmailAddress", true, true],
    ["ManuallyDeactivated", false, true],
    ["Blocked", false, true],
    ["SpamNotification", false, true],
    ["DMARCPolicy", false, true],
    ["SoftBounce", false, false],
    ["Transient", false, false],
    ["DnsError", false, false],
  ])("%s: dead %s, for good %s", async (Type, addressDead, messagePermanent) => {
    const quiet = { ...BOUNCE, Type, Details: "", Description: "" };
    expect(await read(quiet)).toMatchObject([{ kind: "bounced", bounce: { addressDead, messagePermanent } }]);
  });

  test.each(["AutoResponder", "ChallengeVerification", "Unsubscribe", "Subscribe"])(
    "%s is no bounce, whatever list it is on",
    async (Type) => {
      expect(await read({ ...BOUNCE, Type })).toEqual([]);
    },
  );

  test("complaints and deliveries", async () => {
    expect(
      await read({ RecordType: "SpamComplaint", Type: "SpamComplaint", Email: "jane@lead.example" }),
    ).toMatchObject([{ kind: "complained", bounce: null }]);
    expect(
      await read({ RecordType: "Delivery", Recipient: "jane@lead.example", DeliveredAt: "2026-11-23T09:00:00Z" }),
    ).toMatchObject([{ kind: "delivered", at: Date.parse("2026-11-23T09:00:00Z") }]);
  });

  test("mail that isn't ours, and opens and clicks, change nothing", async () => {
    expect(await read({ ...BOUNCE, Type: "HardBounce", Metadata: {} })).toEqual([]);
    expect(await read({ RecordType: "Open", Recipient: "jane@lead.example" })).toEqual([]);
  });
});

test.each([
  ["no password", ""],
  ["another password", `Basic ${btoa("drafthook:guessed-guessed-guessed")}`],
  ["the password as a token", `Bearer ${SECRET}`],
  ["what isn't base64", "Basic %%%"],
])("%s: it is not taken", async (_name, authorization) => {
  const forged = call({ ...BOUNCE, Type: "HardBounce" }, authorization);
  expect(await readPostmarkEvents(forged, SECRET, NOW)).toMatchObject({ ok: false, reason: "unproven" });
});

test("what shows the password and isn't an event is told apart", async () => {
  const { headers } = call({});
  expect(await readPostmarkEvents({ headers, body: "<html>" }, SECRET, NOW)).toMatchObject({
    reason: "not_understood",
  });
});
