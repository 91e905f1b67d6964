import { describe, expect, test } from "vitest";
import type { UnipileFault } from "../../support/unipile-double.ts";
import { ACCOUNT_ID, arrange, INVITE_JANE, JANE, WRITE_TO_JANE } from "./arrange.ts";

const MINUTE = 60_000;
const reads = (how: UnipileFault["how"]): UnipileFault => ({ on: "read", when: "before", how });
const says = (body: unknown, status = 200): UnipileFault => reads({ status, text: JSON.stringify(body) });

describe("a person is found", () => {
  test.each([
    ["by the last part of their URL", JANE.publicId],
    ["by their profile id", JANE.profileId],
  ])("%s", async (_, identifier) => {
    const { provider } = await arrange();
    expect(await provider.findProfile(identifier)).toEqual({
      kind: "found",
      profile: {
        profileId: JANE.profileId,
        publicId: "jane-doe",
        name: "Jane Doe",
        isConnected: false,
        isInvited: null,
      },
    });
  });

  test("with an invitation that is open, and later as connected", async () => {
    const { provider, order } = await arrange();
    await provider.send(provider.compose(INVITE_JANE, 0));
    expect(await provider.findProfile("jane-doe")).toMatchObject({ profile: { isInvited: true, isConnected: false } });
    await order("accept", { who: "jane-doe" });
    expect(await provider.findProfile("jane-doe")).toMatchObject({ profile: { isInvited: null, isConnected: true } });
  });

  test.each([
    ["is theirs to the account", { type: "RECEIVED", status: "PENDING" }],
    ["was withdrawn", { type: "SENT", status: "WITHDRAWN" }],
  ])("whose invitation %s as not invited", async (_, invitation) => {
    const profile = {
      object: "UserProfile",
      provider_id: JANE.profileId,
      network_distance: "SECOND_DEGREE",
      invitation,
    };
    const { provider } = await arrange({ faults: [says(profile)] });
    expect(await provider.findProfile("jane-doe")).toMatchObject({ kind: "found", profile: { isInvited: false } });
  });

  test("with whatever letters, in one segment of the path", async () => {
    const { provider, record } = await arrange();
    for (const identifier of ["jürgen-müller", "..", "a/b?c#d", "\ud800x"]) await provider.findProfile(identifier);
    expect((await record()).requests.map(({ url }) => url.split("?")[0])).toEqual([
      "/api/v1/users/j%C3%BCrgen-m%C3%BCller",
      "/api/v1/users/%20",
      "/api/v1/users/a%2Fb%3Fc%23d",
      "/api/v1/users/%EF%BF%BDx",
    ]);
  });
});

describe("a person is out of reach", () => {
  test.each<[string, UnipileFault]>([
    ["whom they don't know", reads({ status: 422, type: "invalid_recipient" })],
    ["who isn't there any more", reads({ status: 404, type: "resource_not_found" })],
    ["who can't be called so", reads({ status: 404, type: "invalid_resource_identifier" })],
    ["with a name that can't be", reads({ status: 400, type: "invalid_parameters" })],
    ["who is hidden", reads({ status: 422, type: "user_unreachable" })],
    ["who has blocked the account", reads({ status: 422, type: "blocked_recipient" })],
    ["who is hidden from this account", reads({ status: 403, type: "resource_access_restricted" })],
    ["who is the account's owner", says({ object: "UserProfile", provider_id: "ACoAA1", is_self: true })],
  ])("%s", async (_, fault) => {
    const { provider } = await arrange({ faults: [fault] });
    expect(await provider.findProfile("jane-doe")).toMatchObject({
      kind: "unreachable",
      detail: expect.stringMatching(/./),
    });
  });

  test("who is called as one of the API's own paths, unasked", async () => {
    const { provider, record } = await arrange();
    for (const taken of ["me", "relations", "invite"])
      expect(await provider.findProfile(taken)).toMatchObject({ kind: "unreachable" });
    expect((await record()).requests).toEqual([]);
  });
});

test.each<[string, UnipileFault, object]>([
  [
    "lost its login",
    reads({ status: 401, type: "disconnected_account" }),
    { kind: "account", trouble: { state: "disconnected" } },
  ],
  [
    "was restricted",
    reads({ status: 403, type: "account_restricted" }),
    { kind: "account", trouble: { state: "restricted" } },
  ],
  ["asked too much", reads({ status: 429, type: "too_many_requests" }), { kind: "failed", retryAfterMs: 15 * MINUTE }],
  ["met a stumble", reads({ status: 500, type: "provider_error" }), { kind: "failed", retryAfterMs: null }],
  ["met a redirect", reads({ status: 302, text: "", headers: { location: "https://x.example" } }), { kind: "failed" }],
  ["met somebody else", reads({ status: 200, text: "<h1>Welcome to our Wi-Fi</h1>" }), { kind: "failed" }],
  ["got a company for a person", says({ object: "CompanyProfile", provider_id: "1" }), { kind: "failed" }],
  ["got a profile without an id", says({ object: "UserProfile" }), { kind: "failed" }],
  ["got an answer without end", reads("flood"), { kind: "failed" }],
  ["was cut off", reads("reset"), { kind: "failed" }],
])("an account that %s has found nobody, and given up nobody", async (_, fault, expected) => {
  const { provider } = await arrange({ faults: [fault] });
  expect(await provider.findProfile("jane-doe")).toMatchObject(expected);
});

describe("a message is looked up", () => {
  test("in a conversation that isn't known yet, by the person", async () => {
    const { provider, record, order } = await arrange();
    await order("accept", { who: "jane-doe" });
    await order("accept", { who: "john-roe" });
    await order("write-by-hand", { who: "john-roe", text: WRITE_TO_JANE.text });
    const at = Date.now();
    const payload = provider.compose(WRITE_TO_JANE, at);
    expect(await provider.lookUp(payload)).toEqual({ kind: "not_found" });
    await order("meet", { on: "send", when: "after", how: "reset" });
    expect(await provider.send(payload)).toMatchObject({ kind: "unknown" });
    const [taken] = (await record()).messages;
    expect(await provider.lookUp(payload)).toEqual({
      kind: "found",
      providerMessageId: taken?.id,
      wireMessageId: null,
    });
  });

  test("in its conversation, and only the account's own words, word for word, of that time", async () => {
    const { provider, record, order } = await arrange();
    await order("accept", { who: "jane-doe" });
    const first = await provider.send(provider.compose(WRITE_TO_JANE, Date.now()));
    const chatId = first.kind === "accepted" ? (first.chatId ?? null) : null;
    const at = Date.now();
    const lookUp = (text: string, when = at) =>
      provider.lookUp(provider.compose({ act: "message", profileId: JANE.profileId, chatId, text }, when));
    await order("reply", { who: "jane-doe", text: "Yes, please" });
    expect(await lookUp("Yes, please")).toEqual({ kind: "not_found" });
    expect(await lookUp("Hello Jane,")).toEqual({ kind: "not_found" });
    expect(await lookUp(WRITE_TO_JANE.text, at + 6 * MINUTE)).toEqual({ kind: "not_found" });
    expect(await lookUp(WRITE_TO_JANE.text, at + 4 * MINUTE)).toMatchObject({
      kind: "found",
      providerMessageId: (await record()).messages[0]?.id,
    });
  });

  test("and not in a conversation with somebody else, though it is listed", async () => {
    const { provider, order } = await arrange();
    await order("write-by-hand", { who: "john-roe", text: WRITE_TO_JANE.text });
    const page = await provider.messagesSince(0, null);
    const chatId = page.kind === "page" ? page.items[0]?.chatId : undefined;
    const listed = (profileId: string) => ({ items: [{ id: chatId, attendee_provider_id: profileId }], cursor: null });
    const payload = provider.compose(WRITE_TO_JANE, Date.now());
    await order("meet", { on: "read", how: { status: 200, text: JSON.stringify(listed("ACoAAJohn")) } });
    expect(await provider.lookUp(payload)).toEqual({ kind: "not_found" });
    await order("meet", { on: "read", how: { status: 200, text: JSON.stringify(listed(JANE.profileId)) } });
    expect(await provider.lookUp(payload)).toMatchObject({ kind: "found" });
  });

  test("and what can't be read proves nothing", async () => {
    for (const fault of [
      reads({ status: 500, type: "provider_error" }),
      reads({ status: 401, type: "disconnected_account" }),
      reads("cut_mid_answer"),
      reads("flood"),
      says({ object: "ChatList", items: [{ odd: true }], cursor: null }),
      says({ object: "ChatList" }),
      says([], 204),
    ]) {
      const { provider } = await arrange({ faults: [fault] });
      expect(await provider.lookUp(provider.compose(WRITE_TO_JANE, 0))).toMatchObject({ kind: "failed" });
    }
  });

  test("an invitation on a later page is found, and the search ends", async () => {
    const { provider, record } = await arrange({ allowsRepeats: true });
    await provider.send(provider.compose(INVITE_JANE, 0));
    for (let index = 0; index < 120; index += 1) {
      const person = await provider.findProfile(`person-${index}`);
      if (person.kind !== "found") throw new Error("nobody");
      await provider.send(provider.compose({ act: "connect", profileId: person.profile.profileId, text: null }, 0));
    }
    expect(await provider.lookUp(provider.compose(INVITE_JANE, 0))).toMatchObject({ kind: "found" });
    const stranger = provider.compose({ ...INVITE_JANE, profileId: "ACoAANobody0123456789" }, 0);
    const before = (await record()).requests.length;
    expect(await provider.lookUp(stranger)).toEqual({ kind: "not_found" });
    expect((await record()).requests.length - before).toBe(2);
  });

  test("a list that never ends is left", async () => {
    const endless = says({ items: [{ id: "1", invited_user_id: "ACoAAOther" }], cursor: "again" });
    const { provider, record } = await arrange({ faults: Array.from({ length: 50 }, () => endless) });
    expect(await provider.lookUp(provider.compose(INVITE_JANE, 0))).toEqual({ kind: "not_found" });
    expect((await record()).requests).toHaveLength(5);
  });
});

describe("lists", () => {
  test("of relations, a page at a time", async () => {
    const { provider, order } = await arrange();
    await order("accept", { who: "jane-doe" });
    for (let index = 0; index < 100; index += 1) await order("accept", { who: `person-${index}`, tells: "never" });
    const first = await provider.relations(null);
    if (first.kind !== "page") throw new Error(JSON.stringify(first));
    expect(first.items).toHaveLength(100);
    expect(first.items[0]).toEqual({
      profileId: expect.stringMatching(/^ACoAA/),
      publicId: "person-99",
      connectedAt: expect.any(Number),
    });
    expect(await provider.relations(first.cursor)).toMatchObject({
      kind: "page",
      items: [{ profileId: JANE.profileId }],
      cursor: null,
    });
  });

  test("of invitations that are open, with their notes", async () => {
    const { provider, record } = await arrange();
    await provider.send(provider.compose(INVITE_JANE, 0));
    const [taken] = (await record()).invitations;
    expect(await provider.sentInvitations(null)).toEqual({
      kind: "page",
      items: [
        { id: taken?.id, profileId: JANE.profileId, publicId: "jane-doe", text: "Hello Jane", sentAt: taken?.at },
      ],
      cursor: null,
    });
  });

  test("of invitations whose date is words only", async () => {
    const items = [{ id: "1", date: "Sent 3 weeks ago", parsed_datetime: null, invited_user_id: null }];
    const { provider } = await arrange({ faults: [says({ items, cursor: null })] });
    expect(await provider.sentInvitations(null)).toMatchObject({ items: [{ id: "1", sentAt: null, profileId: null }] });
  });

  test("of messages after an instant, by whomever, without what nobody wrote", async () => {
    const { provider, order } = await arrange();
    await order("accept", { who: "jane-doe" });
    await order("reply", { who: "jane-doe", text: "before" });
    const first = await provider.messagesSince(0, null);
    const after = first.kind === "page" ? (first.items[0]?.at ?? 0) : 0;
    await order("reply", { who: "jane-doe", text: "Yes" });
    await order("write-by-hand", { who: "jane-doe", text: "Fine" });
    const page = await provider.messagesSince(after + 1, null);
    expect(await provider.messagesSince(after, null)).toMatchObject({ items: [{}, {}, { text: "before", at: after }] });
    expect(page).toMatchObject({
      kind: "page",
      items: [
        { text: "Fine", isOwn: true, senderName: null },
        { text: "Yes", isOwn: false, senderId: JANE.profileId, chatId: expect.stringMatching(/^chat_/) },
      ],
      cursor: null,
    });
    const event = {
      id: "e",
      chat_id: "c",
      is_sender: 0,
      is_event: 1,
      text: "Jane has joined",
      timestamp: "2026-11-21T10:00:00.000Z",
    };
    const { provider: other } = await arrange({ faults: [says({ items: [event], cursor: null })] });
    expect(await other.messagesSince(0, null)).toEqual({ kind: "page", items: [], cursor: null });
  });

  test("of all that was ever written are cut to what was asked for", async () => {
    const message = { id: "m", chat_id: "c", is_sender: true, text: null, timestamp: "2026-11-21T10:00:00.000Z" };
    const { provider } = await arrange({ faults: [says({ items: [message], cursor: null })] });
    const at = Date.parse(message.timestamp);
    expect(await provider.messagesSince(at + 1, null)).toMatchObject({ kind: "page", items: [] });
    await (await arrange({ faults: [says({ items: [message], cursor: null })] })).provider
      .messagesSince(at, null)
      .then((page) => expect(page).toMatchObject({ items: [{ id: "m", isOwn: true, text: "" }] }));
  });

  test("hide nothing for one odd item, and pass off nothing for a list", async () => {
    const good = { member_id: "ACoAA1", public_identifier: 7, created_at: "yesterday" };
    const { provider } = await arrange({
      faults: [says({ items: [null, 3, good, { member_id: "" }], cursor: 5 }), says({ items: [null] }), says({})],
    });
    expect(await provider.relations(null)).toEqual({
      kind: "page",
      items: [{ profileId: "ACoAA1", publicId: null, connectedAt: null }],
      cursor: null,
    });
    expect(await provider.relations(null)).toMatchObject({ kind: "failed" });
    expect(await provider.relations(null)).toMatchObject({ kind: "failed" });
  });

  test("of an account that has trouble say so", async () => {
    const { provider, order } = await arrange();
    await order("account", { state: "disconnected" });
    const trouble = { kind: "account", trouble: { state: "disconnected" } };
    expect(await provider.relations(null)).toMatchObject(trouble);
    expect(await provider.sentInvitations(null)).toMatchObject(trouble);
    expect(await provider.withdraw("1")).toMatchObject(trouble);
  });
});

describe("an invitation is withdrawn", () => {
  test("once, and is gone then", async () => {
    const { provider, record } = await arrange();
    const sent = await provider.send(provider.compose(INVITE_JANE, 0));
    const id = sent.kind === "accepted" ? (sent.providerMessageId ?? "") : "";
    expect(await provider.withdraw(id)).toEqual({ kind: "withdrawn" });
    expect(await provider.withdraw(id)).toEqual({ kind: "gone" });
    const [, , asked] = (await record()).requests;
    expect(asked).toMatchObject({
      route: "DELETE users/invite/sent/*",
      url: `/api/v1/users/invite/sent/${id}?account_id=${ACCOUNT_ID}`,
    });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ code: "cannot_resend_yet" });
  });

  test("and where nobody knows, it may be tried again", async () => {
    for (const how of ["reset", { status: 500, type: "provider_error" }, { status: 200, text: "{}" }] as const) {
      const { provider } = await arrange({ faults: [{ on: "withdraw", when: "after", how }] });
      expect(await provider.withdraw("1")).toMatchObject({ kind: "failed" });
      expect(await provider.withdraw("1")).toEqual({ kind: "gone" });
    }
  });
});

describe("the account", () => {
  test("is well, and whose it is", async () => {
    const { provider } = await arrange();
    expect(await provider.account()).toEqual({ kind: "ok", name: "Ada Owner", userId: "ACoAAOWNERowner0123456789" });
  });

  test("is well, though whose it is can't be read", async () => {
    const { provider } = await arrange({ faults: [reads({ status: 500, type: "provider_error" })] });
    expect(await provider.account()).toEqual({ kind: "ok", name: "Ada Owner", userId: null });
  });

  test("is restricted, which only LinkedIn knows", async () => {
    const { provider, order } = await arrange();
    await order("account", { state: "restricted" });
    expect(await provider.account()).toMatchObject({ kind: "account", trouble: { state: "restricted" } });
  });

  test("has lost its login", async () => {
    const { provider, order } = await arrange();
    await order("account", { state: "disconnected" });
    expect(await provider.account()).toMatchObject({ kind: "account", trouble: { state: "disconnected" } });
  });

  test("is being connected, or can't be asked for", async () => {
    const { provider, order } = await arrange();
    await order("account", { state: "ok", status: "CONNECTING" });
    expect(await provider.account()).toMatchObject({ kind: "failed" });
    await order("meet", { on: "account", how: "reset" });
    expect(await provider.account()).toMatchObject({ kind: "failed" });
  });
});
