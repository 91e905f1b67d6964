import { afterEach, describe, expect, test, vi } from "vitest";
import { unipileProvider } from "../../../adapters/linkedin/unipile.ts";
import { fetchLoopback } from "../../support/far-side.ts";
import type { UnipileFault } from "../../support/unipile-double.ts";
import { ACCOUNT_ID, API_KEY, arrange, INVITE_JANE, JANE, saysNo, WRITE_TO_JANE } from "./arrange.ts";

afterEach(() => {
  vi.useRealTimers();
});

const met = (
  on: UnipileFault["on"],
  how: UnipileFault["how"],
  when: UnipileFault["when"] = "before",
): UnipileFault => ({
  on,
  when,
  how,
});

describe("an invitation", () => {
  test("goes out once, with its note, and its id comes back", async () => {
    const { provider, record } = await arrange();
    const payload = provider.compose(INVITE_JANE, 1_790_000_000_000);
    const result = await provider.send(payload);
    const { invitations, requests } = await record();
    expect(invitations).toMatchObject([{ profileId: JANE.profileId, text: "Hello Jane" }]);
    expect(result).toEqual({
      kind: "accepted",
      providerMessageId: invitations[0]?.id,
      wireMessageId: null,
      response: `accepted as ${invitations[0]?.id}`,
    });
    expect(requests.map(({ route }) => route)).toEqual(["GET accounts/*", "POST users/invite"]);
    expect(JSON.parse(requests[1]?.body ?? "")).toEqual({
      provider_id: JANE.profileId,
      account_id: ACCOUNT_ID,
      message: "Hello Jane",
    });
  });

  test("without a note carries none", async () => {
    const { provider, record } = await arrange();
    await provider.send(provider.compose({ ...INVITE_JANE, text: null }, 0));
    expect((await record()).invitations).toMatchObject([{ text: null }]);
    expect((await record()).requests[1]?.body).not.toContain("message");
  });
});

describe("a message", () => {
  test("opens a conversation where there is none, and goes on in it after that", async () => {
    const { provider, record, order } = await arrange();
    await order("accept", { who: JANE.publicId });
    const first = await provider.send(provider.compose(WRITE_TO_JANE, Date.now()));
    expect(first).toMatchObject({ kind: "accepted", chatId: expect.stringMatching(/^chat_/) });
    const chatId = first.kind === "accepted" ? (first.chatId ?? null) : null;
    const second = await provider.send(
      provider.compose({ act: "message", profileId: JANE.profileId, chatId, text: "Grüße 👋 & <b>\"'" }, Date.now()),
    );
    expect(second).toMatchObject({ kind: "accepted", chatId });
    const { messages, requests } = await record();
    expect(messages.map(({ text }) => text.replaceAll("\r\n", "\n"))).toEqual([
      "Hello Jane,\nshall we?",
      "Grüße 👋 & <b>\"'",
    ]);
    expect(messages.map(({ chatId: chat }) => chat)).toEqual([chatId, chatId]);
    expect(messages.map(({ profileId }) => profileId)).toEqual([JANE.profileId, JANE.profileId]);
    expect(requests.map(({ route }) => route)).toContain("POST chats/*/messages");
  });

  test("to somebody who hasn't accepted isn't sent", async () => {
    const { provider, record } = await arrange();
    expect(await provider.send(provider.compose(WRITE_TO_JANE, 0))).toMatchObject({ kind: "not_connected" });
    expect((await record()).messages).toEqual([]);
  });

  test("can't forge a field of the form", async () => {
    const { provider, record, order } = await arrange();
    await order("accept", { who: JANE.publicId });
    const text = 'x\r\n--boundary\r\nContent-Disposition: form-data; name="attendees_ids"\r\n\r\nACoAAOther0123456789';
    await provider.send(provider.compose({ ...WRITE_TO_JANE, text }, 0));
    expect((await record()).messages).toMatchObject([{ profileId: JANE.profileId, text }]);
  });
});

describe("the stored payload", () => {
  test("is the same for the same act, to the byte", async () => {
    const { provider } = await arrange();
    const payload = provider.compose(WRITE_TO_JANE, 1_790_000_000_000);
    expect(payload).toBe(
      `{"act":"message","profileId":"${JANE.profileId}","chatId":null,"text":"Hello Jane,\\nshall we?","accountId":"acc_double","at":1790000000000}`,
    );
    expect(provider.compose(WRITE_TO_JANE, 1_790_000_000_000)).toBe(payload);
  });

  test("goes out by the account that it was composed for", async () => {
    const { provider } = await arrange();
    const payload = provider.compose(INVITE_JANE, 0);
    const other = await arrange({}, {}, { accountId: "acc_other" });
    expect(await other.provider.send(payload)).toMatchObject({ kind: "accepted" });
  });

  test.each([
    ["another provider's", JSON.stringify({ from: "a@b.example", to: ["c@d.example"] })],
    ["no JSON", "hello"],
    ["one with more in it", JSON.stringify({ ...INVITE_JANE, chatId: null, accountId: "a", at: 0, more: 1 })],
  ])("that is %s is a bug, and nothing is sent", async (_, foreign) => {
    const { provider, record } = await arrange();
    await expect(provider.send(foreign)).rejects.toThrow();
    await expect(provider.lookUp(foreign)).rejects.toThrow();
    expect((await record()).requests).toEqual([]);
  });
});

describe("where it ended", () => {
  test("nobody at the port: surely not sent", async () => {
    // Port 1 has no server on any machine.
    const settings = { apiUrl: "http://127.0.0.1:1/api/v1", apiKey: API_KEY, accountId: ACCOUNT_ID };
    const provider = unipileProvider(settings, { fetch: fetchLoopback });
    const payload = provider.compose(INVITE_JANE, 0);
    expect(await provider.send(payload)).toMatchObject({ kind: "not_sent", code: "unreachable", retryAfterMs: null });
    expect(await provider.lookUp(payload)).toMatchObject({ kind: "failed" });
  });

  test.each<[string, UnipileFault]>([
    ["broken before the message", met("account", "reset")],
    ["broken at the first bytes", met("account", "reset_at_first_bytes")],
    ["an answer without end", met("account", "flood")],
    ["a stumble of theirs", met("account", { status: 503, type: "service_unavailable" })],
    ["a redirect", met("account", { status: 302, text: "", headers: { location: "https://x.example/" } })],
    ["somebody else", met("account", { status: 200, text: "<h1>Welcome to our Wi-Fi</h1>" })],
  ])("where asking for the account ends with %s, surely not sent", async (_, fault) => {
    const { provider, record } = await arrange({ faults: [fault] });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({
      kind: "not_sent",
      code: "unreachable",
    });
    expect((await record()).invitations).toEqual([]);
    // The control: the same again, and it is sent.
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ kind: "accepted" });
  });

  test.each<[string, UnipileFault, number, string]>([
    ["broken before it was taken", met("send", "reset"), 0, "request"],
    ["broken after it was taken", met("send", "reset", "after"), 1, "request"],
    ["broken in the answer", met("send", "cut_mid_answer", "after"), 1, "answer"],
    ["a 500 before it was taken", met("send", { status: 500, type: "unexpected_error" }), 0, "answer"],
    ["a 500 after it was taken", met("send", { status: 500, type: "unexpected_error" }, "after"), 1, "answer"],
    ["an answer without end", met("send", "flood", "after"), 1, "answer"],
  ])("%s: nobody knows, and looking it up finds what was taken", async (_, fault, taken, stage) => {
    const { provider, record } = await arrange({ faults: [fault] });
    const payload = provider.compose(INVITE_JANE, Date.now());
    expect(await provider.send(payload)).toMatchObject({ kind: "unknown", stage });
    const { invitations } = await record();
    expect(invitations).toHaveLength(taken);
    expect(await provider.lookUp(payload)).toEqual(
      taken === 0
        ? { kind: "not_found" }
        : { kind: "found", providerMessageId: invitations[0]?.id, wireMessageId: null },
    );
  });

  test("no answer to the account within 4 seconds: not sent", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { provider, record } = await arrange({ faults: [met("account", "hang")] });
    const sent = provider.send(provider.compose(INVITE_JANE, 0));
    while ((await record()).requests.length === 0);
    vi.advanceTimersByTime(4_000);
    expect(await sent).toMatchObject({ kind: "not_sent", detail: "no complete answer within 4000 ms" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(["hang", "drip"] as const)("no answer to the message within 19 seconds (%s): nobody knows", async (how) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { provider, record } = await arrange({ faults: [met("send", how, "after")] });
    const sent = provider.send(provider.compose(INVITE_JANE, 0));
    while ((await record()).requests.length < 2);
    vi.advanceTimersByTime(18_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(1);
    expect(await sent).toMatchObject({ kind: "unknown", detail: "no complete answer within 19000 ms" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("an account that isn't well", () => {
  test("sends nothing, and says why", async () => {
    const { provider, record, order } = await arrange();
    for (const [status, state] of [
      ["CREDENTIALS", "disconnected"],
      ["ERROR", "disconnected"],
      ["STOPPED", "disconnected"],
      ["PERMISSIONS", "disconnected"],
    ]) {
      await order("account", { state: "ok", status });
      expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({
        kind: "not_sent",
        trouble: { state, detail: expect.stringContaining(status ?? "") },
      });
    }
    await order("account", { state: "ok", status: "CONNECTING" });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({
      kind: "not_sent",
      code: "connecting",
      isTooEarly: true,
    });
    await order("account", { state: "restricted" });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ trouble: { state: "restricted" } });
    expect((await record()).invitations).toEqual([]);
    await order("account", { state: "ok" });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ kind: "accepted" });
  });

  test("that they don't have is trouble of the account, not of the lead", async () => {
    const { provider } = await arrange({}, {}, { accountId: "acc_gone" });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({
      kind: "not_sent",
      trouble: { state: "disconnected" },
    });
    expect(await provider.findProfile(JANE.publicId)).toMatchObject({ kind: "account" });
    expect(await provider.withdraw("1")).toMatchObject({ kind: "account" });
  });
});

describe("the key", () => {
  test("goes to their API and into no result, whatever they answer", async () => {
    const listed = {
      object: "InvitationList",
      items: [{ id: API_KEY, invited_user_id: JANE.profileId }],
      cursor: API_KEY,
    };
    const message = {
      id: API_KEY,
      chat_id: API_KEY,
      is_sender: 1,
      text: `a ${API_KEY}`,
      timestamp: "2026-11-21T10:00:00Z",
    };
    const profile = { object: "UserProfile", provider_id: API_KEY, first_name: API_KEY };
    const reading = async (body: object, ask: (provider: Awaited<ReturnType<typeof arrange>>["provider"]) => unknown) =>
      ask((await arrange({ faults: [met("read", { status: 200, text: JSON.stringify(body) })] })).provider);
    const sending = async (how: UnipileFault["how"]) => {
      const { provider } = await arrange({ faults: [met("send", how)] });
      return provider.send(provider.compose(INVITE_JANE, 0));
    };
    for (const result of [
      await sending({ status: 401, type: "invalid_credentials", detail: `${API_KEY} is wrong, ${API_KEY}` }),
      await sending({ status: 500, type: "unexpected_error", detail: API_KEY }),
      await sending({ status: 422, type: "limit_exceeded", detail: API_KEY }),
      await sending({ status: 422, type: "no_connection_with_recipient", detail: API_KEY }),
      await sending({ status: 201, text: JSON.stringify({ object: "UserInvitationSent", invitation_id: API_KEY }) }),
      await reading(listed, (provider) => provider.sentInvitations(null)),
      await reading(listed, (provider) => provider.lookUp(provider.compose(INVITE_JANE, 0))),
      await reading({ items: [message], cursor: null }, (provider) => provider.messagesSince(0, null)),
      await reading(profile, (provider) => provider.findProfile("jane-doe")),
    ]) {
      expect(JSON.stringify(result)).toContain("[apiKey]");
      expect(JSON.stringify(result)).not.toContain(API_KEY);
    }
  });

  test("stays at home where its API may not be asked", async () => {
    const asked: string[] = [];
    const provider = unipileProvider(
      { apiUrl: "http://inside.example/api/v1", apiKey: API_KEY, accountId: ACCOUNT_ID },
      {
        fetch: async (url) => new Response(String(asked.push(url))),
        isAllowed: () => ({ ok: false, detail: "must begin with https://" }),
      },
    );
    const payload = provider.compose(INVITE_JANE, 0);
    const detail = "apiUrl must begin with https://";
    expect(await provider.send(payload)).toMatchObject({ scope: "configuration", code: "bad_api_url", detail });
    expect(await provider.lookUp(payload)).toEqual({ kind: "failed", detail });
    expect(await provider.findProfile("jane-doe")).toEqual({ kind: "failed", detail, retryAfterMs: null });
    expect(await provider.account()).toEqual({ kind: "failed", detail });
    expect(await provider.withdraw("1")).toEqual({ kind: "failed", detail });
    expect(await provider.relations(null)).toEqual({ kind: "failed", detail });
    expect(asked).toEqual([]);
  });

  test("that is wrong is trouble of the account", async () => {
    const { provider } = await arrange({}, {}, { apiKey: "another" });
    expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({
      kind: "not_sent",
      code: "invalid_credentials",
      trouble: { state: "disconnected" },
    });
  });
});

test("a sender that repeats what may have been taken doubles it, and the double counts that", async () => {
  const { provider, record } = await arrange({ faults: [met("send", "reset", "after")], allowsRepeats: true });
  const payload = provider.compose(INVITE_JANE, Date.now());
  expect(await provider.send(payload)).toMatchObject({ kind: "unknown" });
  await provider.send(payload);
  expect((await record()).invitations).toHaveLength(2);
});

test("a fault meets the next message, and not the one after", async () => {
  const { provider, order } = await arrange();
  await order("meet", saysNo(422, "user_unreachable"));
  expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ kind: "refused" });
  expect(await provider.send(provider.compose(INVITE_JANE, 0))).toMatchObject({ kind: "accepted" });
});
