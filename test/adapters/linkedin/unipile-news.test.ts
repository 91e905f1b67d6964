import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readUnipileNews } from "../../../adapters/linkedin/unipile-news.ts";
import { ACCOUNT_ID, JANE } from "./arrange.ts";

const OWN = "ACoAAOWNERowner0123456789";

/** As the published page has it. */
const MESSAGE = {
  account_id: ACCOUNT_ID,
  account_type: "LINKEDIN",
  account_info: { type: "LINKEDIN", feature: "classic", user_id: OWN },
  event: "message_received",
  chat_id: "chat_1",
  timestamp: "2026-11-21T10:00:00.000Z",
  webhook_name: "drafthook",
  message_id: "msg_1",
  message: "Yes, please",
  sender: {
    attendee_id: "att_1",
    attendee_name: "Jane Doe",
    attendee_provider_id: JANE.profileId,
    attendee_profile_url: "https://www.linkedin.com/in/jane-doe/",
  },
  attendees: [],
};

const RELATION = {
  event: "new_relation",
  account_id: ACCOUNT_ID,
  account_type: "LINKEDIN",
  webhook_name: "",
  user_full_name: "Jane Doe",
  user_provider_id: JANE.profileId,
  user_public_identifier: "jane-doe",
  user_profile_url: "https://www.linkedin.com/in/jane-doe/",
  user_picture_url: null,
};

const status = (message: string, account_id = ACCOUNT_ID) => ({
  AccountStatus: { account_id, account_type: "LINKEDIN", message },
});

const news = (body: unknown) => readUnipileNews(body, ACCOUNT_ID);

describe("a message", () => {
  test("of somebody else is theirs", () => {
    expect(news(MESSAGE)).toEqual({
      kind: "message",
      message: {
        id: "msg_1",
        chatId: "chat_1",
        senderId: JANE.profileId,
        senderName: "Jane Doe",
        isOwn: false,
        text: "Yes, please",
        at: Date.parse("2026-11-21T10:00:00.000Z"),
      },
    });
  });

  test("of the account's own is an echo, whatever else is said of it", () => {
    const sender = { ...MESSAGE.sender, attendee_provider_id: OWN };
    expect(news({ ...MESSAGE, sender })).toMatchObject({ message: { isOwn: true } });
    expect(news({ ...MESSAGE, sender, is_sender: false })).toMatchObject({ message: { isOwn: true } });
  });

  test("that doesn't say whose the account is passes for no reply", () => {
    expect(news({ ...MESSAGE, account_info: null })).toMatchObject({ kind: "ignored" });
    expect(news({ ...MESSAGE, account_info: {} })).toMatchObject({ kind: "ignored" });
    expect(news({ ...MESSAGE, account_info: null, is_sender: false })).toMatchObject({ message: { isOwn: false } });
    expect(news({ ...MESSAGE, account_info: null, is_sender: true })).toMatchObject({ message: { isOwn: true } });
  });

  test("with nothing but a picture is a message still", () => {
    expect(news({ ...MESSAGE, message: null })).toMatchObject({ message: { text: "" } });
  });

  test.each([
    ["no sender", { ...MESSAGE, sender: null }],
    ["no id", { ...MESSAGE, message_id: "" }],
    ["no conversation", { ...MESSAGE, chat_id: 7 }],
    ["no time", { ...MESSAGE, timestamp: "yesterday" }],
  ])("with %s is ignored", (_, body) => {
    expect(news(body)).toEqual({ kind: "ignored", why: "a message that can't be read" });
  });
});

test("a new relation says who it is", () => {
  expect(news(RELATION)).toEqual({ kind: "connected", profileId: JANE.profileId, publicId: "jane-doe" });
  expect(news({ ...RELATION, user_public_identifier: undefined })).toMatchObject({ publicId: null });
  expect(news({ ...RELATION, user_provider_id: null })).toMatchObject({ kind: "ignored" });
});

describe("the account's status", () => {
  test.each(["OK", "SYNC_SUCCESS", "CREATION_SUCCESS", "RECONNECTED"])("%s is well", (message) => {
    expect(news(status(message))).toEqual({ kind: "account_ok" });
  });

  test.each(["CREDENTIALS", "ERROR", "STOPPED", "PERMISSIONS", "DELETED"])("%s is trouble", (message) => {
    expect(news(status(message))).toMatchObject({
      kind: "account",
      trouble: { state: "disconnected", detail: expect.stringContaining(message) },
    });
  });

  test.each(["CONNECTING", "BRAND_NEW", ""])("%j says nothing", (message) => {
    expect(news(status(message))).toMatchObject({ kind: "ignored" });
  });
});

test.each([
  ["a message", { ...MESSAGE, account_id: "acc_other" }],
  ["a relation", { ...RELATION, account_id: "acc_other" }],
  ["a status", status("CREDENTIALS", "acc_other")],
])("%s of another account is none of this one's", (_, body) => {
  expect(news(body)).toEqual({ kind: "ignored", why: "it is about another account" });
});

test.each([
  ["another event", { ...MESSAGE, event: "message_read" }],
  ["a mail", { event: "mail_received", account_id: ACCOUNT_ID }],
  ["null", null],
  ["a word", "message_received"],
  ["a list", [MESSAGE]],
  ["nothing", {}],
])("%s is ignored, and it is said why", (_, body) => {
  expect(news(body)).toMatchObject({ kind: "ignored", why: expect.stringMatching(/./) });
});

test("what is said to several people answers nothing of ours; to the two alone it does", () => {
  const attendee = (id: string) => ({ attendee_provider_id: id });
  const [jane, joan, owner] = [JANE.profileId, "ACoAAJOANJoanJoan0123456789", MESSAGE.account_info.user_id];
  expect(news({ ...MESSAGE, attendees: [jane, joan].map(attendee) })).toMatchObject({ kind: "ignored" });
  expect(news({ ...MESSAGE, attendees: [owner, jane, jane].map(attendee) })).toMatchObject({ kind: "message" });
});

test("whatever comes, nothing throws", () => {
  const junk = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(undefined, Number.NaN, OWN, ACCOUNT_ID, "message_received", new Map(), "__proto__"),
  );
  const mutated = fc
    .tuple(
      fc.constantFrom<object>(MESSAGE, RELATION, status("OK")),
      fc.dictionary(fc.constantFrom(...Object.keys({ ...MESSAGE, ...RELATION, AccountStatus: 1, is_sender: 1 })), junk),
    )
    .map(([base, changes]) => ({ ...base, ...changes }));
  fc.assert(
    fc.property(fc.oneof(junk, mutated), (body) => {
      const read = news(body);
      expect(["message", "connected", "account_ok", "account", "ignored"]).toContain(read.kind);
    }),
    { numRuns: 2_000 },
  );
});
