import { describe, expect, test } from "vitest";
import type { OutgoingLinkedin } from "../../../core/linkedin/provider.ts";
import type { UnipileFault } from "../../support/unipile-double.ts";
import { arrange, INVITE_JANE, JANE, saysNo, sendTo, WRITE_TO_JANE } from "./arrange.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const pauses = (state: string) => ({ kind: "not_sent", trouble: { state }, retryAfterMs: null });
const waits = (retryAfterMs: number) => ({ kind: "not_sent", isTooEarly: true, retryAfterMs });
const refuses = (scope: string) => ({ kind: "refused", scope, addressDead: false });
const IN_CHAT: OutgoingLinkedin = { act: "message", profileId: JANE.profileId, chatId: "chat_1", text: "Hello" };

describe("what their errors mean for a message", () => {
  test.each<[string, UnipileFault, object, OutgoingLinkedin?]>([
    ["the account has lost its login", saysNo(401, "disconnected_account"), pauses("disconnected")],
    ["its password is another", saysNo(401, "invalid_credentials"), pauses("disconnected")],
    ["its login has run out", saysNo(401, "expired_credentials"), pauses("disconnected")],
    ["the key is missing", saysNo(401, "missing_credentials"), pauses("disconnected")],
    ["another 401", saysNo(401, "checkpoint_error"), pauses("disconnected")],
    ["LinkedIn has restricted the account", saysNo(403, "account_restricted"), pauses("restricted")],
    ["a feature isn't paid for", saysNo(403, "feature_not_subscribed"), refuses("configuration")],
    ["too early to invite again", saysNo(422, "cannot_resend_yet"), waits(7 * DAY)],
    ["too early within a day", saysNo(422, "cannot_resend_within_24hrs"), waits(DAY)],
    ["enough invitations", saysNo(422, "limit_exceeded"), { ...waits(DAY), rests: "invitations" }],
    ["enough messages", saysNo(422, "limit_exceeded"), { ...waits(DAY), rests: "messages" }, WRITE_TO_JANE],
    ["enough connections", saysNo(422, "connection_limit_reached"), { ...waits(DAY), rests: "invitations" }],
    ["not connected yet", saysNo(422, "no_connection_with_recipient"), { kind: "not_connected" }, WRITE_TO_JANE],
    ["nobody like that", saysNo(422, "invalid_recipient"), { ...refuses("recipient"), code: "invalid_recipient" }],
    ["blocked", saysNo(422, "blocked_recipient"), { ...refuses("recipient"), code: "blocked_recipient" }],
    ["out of reach", saysNo(422, "user_unreachable"), { ...refuses("recipient"), code: "user_unreachable" }],
    ["the profile is gone", saysNo(404, "resource_not_found"), refuses("recipient")],
    ["the conversation is gone", saysNo(404, "resource_not_found"), refuses("message"), IN_CHAT],
    ["no credits", saysNo(422, "insufficient_credits"), refuses("configuration"), WRITE_TO_JANE],
    ["no InMail", saysNo(422, "not_allowed_inmail"), refuses("configuration"), WRITE_TO_JANE],
    ["a note that is too long", saysNo(400, "too_many_characters"), refuses("message")],
    ["a text that they don't take", saysNo(422, "invalid_message"), refuses("message"), WRITE_TO_JANE],
    ["a kind that no page names", saysNo(422, "brand_new"), { ...refuses("message"), code: "brand_new" }],
    ["too fast, for nobody says how long", saysNo(429, "too_many_requests"), waits(15 * MINUTE)],
    ["too fast, for a minute", saysNo(429, "too_many_requests", "60"), waits(15 * MINUTE)],
    ["too fast, for an hour", saysNo(429, "too_many_requests", "3600"), waits(HOUR)],
    ["too fast, for a year", saysNo(429, "too_many_requests", "31536000"), waits(DAY)],
    ["LinkedIn stumbles", saysNo(500, "provider_error"), { kind: "unknown", stage: "answer" }],
    ["Unipile stumbles", saysNo(503, "service_unavailable"), { kind: "unknown", stage: "answer" }],
    ["LinkedIn was too slow for Unipile", saysNo(504, "request_timeout"), { kind: "unknown", stage: "answer" }],
    ["a 408, which tells no stage", saysNo(408, "request_timeout"), { kind: "unknown", stage: "answer" }],
  ])("%s", async (_, fault, expected, outgoing) => {
    expect(await sendTo([fault], outgoing)).toMatchObject(expected);
  });

  test("a limit rests the account, and what is only too early for one person doesn't", async () => {
    for (const type of ["cannot_resend_yet", "cannot_resend_within_24hrs"])
      expect(await sendTo([saysNo(422, type)])).not.toHaveProperty("rests");
    expect(await sendTo([saysNo(429, "too_many_requests")])).not.toHaveProperty("rests");
  });
});

describe("answers that follow no rule of theirs", () => {
  const answers = (status: number, text: string, headers = {}): UnipileFault => ({
    on: "send",
    when: "before",
    how: { status, text, headers },
  });
  test.each<[string, UnipileFault, object]>([
    [
      "a redirect is not followed",
      answers(302, "", { location: "https://x.example/" }),
      { kind: "unknown", stage: "redirect" },
    ],
    ["yes from somebody else", answers(200, "<h1>Welcome to our Wi-Fi</h1>"), { kind: "unknown", stage: "answer" }],
    ["yes in other words", answers(200, '{"ok":true}'), { kind: "unknown", stage: "answer" }],
    ["yes to something else", answers(200, '{"object":"MessageSent","message_id":"m"}'), { kind: "unknown" }],
    ["yes without a body", answers(204, ""), { kind: "unknown" }],
    [
      "no from somebody else",
      answers(400, "<h1>Bad request</h1>"),
      { kind: "refused", scope: "message", code: "http_400" },
    ],
    ["a kind that would be no kind", answers(422, '{"type":"errors/Limit Exceeded!"}'), { code: "http_422" }],
    ["a kind of a wrong type", answers(422, '{"type":{"a":1}}'), { code: "http_422" }],
    ["an answer that is an array", answers(500, "[]"), { kind: "unknown" }],
  ])("%s", async (_, fault, expected) => {
    expect(await sendTo([fault])).toMatchObject(expected);
  });

  test("yes without an id is still a yes", async () => {
    expect(await sendTo([answers(201, '{"object":"UserInvitationSent"}')])).toEqual({
      kind: "accepted",
      providerMessageId: null,
      wireMessageId: null,
      response: "accepted, without an id",
    });
    const started = answers(201, '{"object":"ChatStarted","chat_id":null,"message_id":null}');
    expect(await sendTo([started], WRITE_TO_JANE)).toMatchObject({ kind: "accepted", chatId: null });
  });
});

describe("what they say was done before is taken for done, once it has been looked for", () => {
  test("an open invitation is found", async () => {
    const { provider, record } = await arrange();
    const payload = provider.compose(INVITE_JANE, Date.now());
    const first = await provider.send(payload);
    expect(first).toMatchObject({ kind: "accepted" });
    const again = await provider.send(payload);
    expect(again).toMatchObject({ kind: "accepted", response: expect.stringContaining("already_invited_recently") });
    const { invitations } = await record();
    expect(invitations).toHaveLength(1);
    expect(again).toHaveProperty("providerMessageId", invitations[0]?.id);
    expect(again).not.toHaveProperty("isConnected");
  });

  test("two who are connected have nothing to invite to", async () => {
    const { provider, order } = await arrange();
    await order("accept", { who: "jane-doe" });
    expect(await provider.send(provider.compose(INVITE_JANE, Date.now()))).toMatchObject({
      kind: "accepted",
      providerMessageId: null,
      isConnected: true,
      response: expect.stringContaining("action_already_performed"),
    });
  });

  test("what can't be found is believed, with their words", async () => {
    for (const faults of [[], [{ on: "read", when: "before", how: { status: 500, type: "provider_error" } } as const]])
      expect(await sendTo([saysNo(422, "already_invited_recently"), ...faults])).toEqual({
        kind: "accepted",
        providerMessageId: null,
        wireMessageId: null,
        response: "422 already_invited_recently: The double says already_invited_recently.",
      });
  });
});
