import { afterEach, describe, expect, test, vi } from "vitest";
import { postmarkProvider } from "../../../../adapters/mail/providers/postmark.ts";
import type { LookUpResult, OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import type { DoubleAnswer } from "../../../support/api-double.ts";
import { fetchLoopback, postmarkRecordOf, startPostmark } from "../../../support/far-side.ts";
import { postmarkRefusal } from "../../../support/postmark-answers.ts";
import type { PostmarkOrder } from "../../../support/postmark-double.ts";
import { sampleMail } from "../../../support/sample-mail.ts";

const serverToken = "5e7ver0f-ada0-4000-8000-000000000000";
const withCopy = sampleMail({ bcc: [{ name: null, email: "crm@sender.example" }] });

afterEach(() => {
  vi.useRealTimers();
});

async function arrange(order: Partial<PostmarkOrder> = {}, messageStream = "outbound") {
  const port = await startPostmark({ serverToken, answers: [], ...order });
  const apiUrl = `http://127.0.0.1:${port}`;
  const at = (stream: string) =>
    postmarkProvider({ apiUrl, serverToken, messageStream: stream }, { fetch: fetchLoopback });
  return { at, provider: at(messageStream), record: () => postmarkRecordOf(port) };
}

async function sendTo(order: Partial<PostmarkOrder>, mail = sampleMail()): Promise<SendResult> {
  const { provider } = await arrange(order);
  return provider.send(await provider.compose(mail), "dh-enr-0-0");
}

async function lookUpAt(...answers: DoubleAnswer[]): Promise<LookUpResult | undefined> {
  const { provider } = await arrange({ answers });
  return provider.lookUp?.(await provider.compose(sampleMail()));
}

describe("what their errors mean", () => {
  test.each<[string, DoubleAnswer, object]>([
    ["a bad token", postmarkRefusal(401, 10, "No valid token."), { kind: "refused", scope: "configuration" }],
    ["an address of ours", postmarkRefusal(422, 300, "Invalid 'From' address: 'x'."), { scope: "sender" }],
    ["an address of theirs", postmarkRefusal(422, 300, "Invalid 'To' address: 'x'."), { scope: "recipient" }],
    ["the same, as it was said before", postmarkRefusal(422, 300, "Error parsing 'To': x"), { scope: "recipient" }],
    ["a copy's address", postmarkRefusal(422, 300, "Invalid 'Bcc' address: 'x'."), { scope: "configuration" }],
    ["words that name a field", postmarkRefusal(422, 300, "The subject 'To' is odd"), { scope: "message" }],
    ["an unknown field of a name we know", postmarkRefusal(422, 300, "Invalid 'constructor'"), { scope: "message" }],
    ["a signature not found", postmarkRefusal(422, 400, "no"), { kind: "refused", scope: "sender" }],
    ["a signature not confirmed", postmarkRefusal(422, 401, "no"), { kind: "refused", scope: "sender" }],
    ["JSON that is none", postmarkRefusal(422, 402, "no"), { kind: "refused", scope: "message" }],
    ["a field they don't know", postmarkRefusal(422, 403, "no"), { kind: "refused", scope: "message" }],
    ["no credits", postmarkRefusal(422, 405, "no"), { kind: "refused", scope: "configuration" }],
    ["an account that is pending", postmarkRefusal(422, 412, "no"), { kind: "refused", scope: "configuration" }],
    ["an account that may not send", postmarkRefusal(422, 413, "no"), { kind: "refused", scope: "configuration" }],
    ["no such stream", postmarkRefusal(422, 1235, "no"), { kind: "refused", scope: "configuration" }],
    ["a code we don't know", postmarkRefusal(422, 9999, "no"), { kind: "refused", code: "postmark_9999" }],
    ["too large", { status: 413, body: "" }, { kind: "refused", scope: "message", code: "http_413" }],
    ["no such path", { status: 404, body: "<html>" }, { kind: "refused", scope: "configuration" }],
    ["too fast", { status: 429, body: "" }, { kind: "not_sent", retryAfterMs: null }],
    ["too fast, for so long", postmarkRefusal(429, 429, "", { "retry-after": "7" }), { retryAfterMs: 7_000 }],
    ["maintenance, they say", postmarkRefusal(503, 100, "Offline for maintenance."), { kind: "not_sent" }],
    ["maintenance, a proxy says", { status: 503, body: "<html>" }, { kind: "unknown" }],
    ["a stumble", postmarkRefusal(500, 101, "An error that shouldn't have occurred."), { kind: "unknown" }],
    ["a stumble that names a refusal", postmarkRefusal(500, 300, "no"), { kind: "unknown" }],
    ["a timeout of theirs", postmarkRefusal(408, 300, "no"), { kind: "unknown" }],
    ["a redirect", { status: 302, body: "", headers: { location: "https://x.example" } }, { stage: "redirect" }],
    ["yes from somebody else", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }, { kind: "unknown" }],
    ["yes with an error", { status: 200, body: '{"ErrorCode":300,"MessageID":"x"}' }, { kind: "unknown" }],
    ["yes without an id", { status: 200, body: '{"ErrorCode":0,"Message":"OK"}' }, { kind: "unknown" }],
    ["an answer without end", "flood", { kind: "unknown" }],
    ["an answer that breaks off", "cut_mid_answer", { kind: "unknown" }],
  ])("%s", async (_, answer, expected) => {
    expect(await sendTo({ answers: [answer] })).toMatchObject(expected);
  });
});

describe("who is inactive gets nothing, and that isn't taken for anything else", () => {
  const found = (emails: string) =>
    postmarkRefusal(422, 406, `Found inactive addresses: ${emails}.\nInactive recipients are ones that bounced.`);

  test.each<[string, OutgoingMail, Partial<PostmarkOrder>, object]>([
    ["the lead", sampleMail(), { inactive: ["charles@lead.example"] }, { kind: "refused", scope: "recipient" }],
    ["the lead, with a copy", withCopy, { inactive: ["charles@lead.example"] }, { scope: "recipient" }],
    ["a copy", withCopy, { inactive: ["crm@sender.example"] }, { kind: "accepted" }],
    [
      "the lead, refused with the copy",
      withCopy,
      { answers: [found("x@y.example, charles@lead.example")] },
      { scope: "recipient" },
    ],
    ["a copy, and all is refused", withCopy, { answers: [found("crm@sender.example")] }, { kind: "unknown" }],
    [
      "somebody who isn't named",
      withCopy,
      { answers: [postmarkRefusal(422, 406, "All are inactive.")] },
      { kind: "unknown" },
    ],
    ["the only one, not named", sampleMail(), { answers: [postmarkRefusal(422, 406, "no")] }, { scope: "recipient" }],
  ])("%s", async (_, mail, order, expected) => {
    const result = await sendTo(order, mail);
    expect(result).toMatchObject(expected);
    // They don't tell a bounce from a complaint or from somebody's wish.
    if (result.kind === "refused") expect(result.addressDead).toBe(false);
  });

  test("that a copy got nothing is told", async () => {
    expect(await sendTo({ inactive: ["crm@sender.example"] }, withCopy)).toMatchObject({
      response: expect.stringContaining("will not deliver to these inactive addresses: crm@sender.example"),
    });
  });
});

describe("a doubtful message is looked up", () => {
  const listed = (body: object): DoubleAnswer => ({ status: 200, body: JSON.stringify(body) });

  test.each<[string, DoubleAnswer]>([
    [
      "is somebody else's message",
      listed({ TotalCount: 1, Messages: [{ MessageID: "x", Metadata: { drafthook: "dh-2" } }] }),
    ],
    ["is a message without a reference", listed({ TotalCount: 1, Messages: [{ MessageID: "x", Metadata: null }] })],
    ["counts what it doesn't list", listed({ TotalCount: 3, Messages: [] })],
    ["is no list", listed({})],
    ["is nothing", { status: 200, body: "" }],
    ["is another yes", { status: 204, body: "" }],
    ["is a page", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }],
    ["leads elsewhere", { status: 302, body: "", headers: { location: "https://elsewhere.example/" } }],
    ["is a stumble", postmarkRefusal(500, 101, "An error that shouldn't have occurred.")],
    ["says no to the question", postmarkRefusal(422, 700, "Count is required.")],
    ["has no end", "flood"],
    ["breaks off", "cut_mid_answer"],
  ])("an answer that %s proves nothing", async (_, answer) => {
    expect(await lookUpAt(answer)).toMatchObject({ kind: "failed", detail: expect.stringMatching(/./) });
  });

  test("by the stream that it went out by, whatever the mailbox sends by now", async () => {
    const { provider, at } = await arrange({ streams: ["outbound", "outreach"] }, "outreach");
    const payload = await provider.compose(sampleMail());
    await provider.send(payload, "dh-enr-0-0");
    expect(await at("outbound").lookUp?.(payload)).toMatchObject({ kind: "found" });
    // The control: a search of the stream that is the default now would not have found it.
    expect(await at("outbound").lookUp?.(await at("outbound").compose(sampleMail()))).toEqual({ kind: "not_found" });
  });

  test("for no longer than 24 seconds", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { provider, record } = await arrange({ answers: ["drip"] });
    const said = provider.lookUp?.(await provider.compose(sampleMail()));
    while ((await record()).requests.length === 0);
    vi.advanceTimersByTime(24_000);
    expect(await said).toEqual({ kind: "failed", detail: "no complete answer within 24000 ms" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("the server token", () => {
  test("goes to their API and into no result, whatever they answer", async () => {
    const listed = { TotalCount: 1, Messages: [{ MessageID: serverToken, Metadata: { drafthook: "step-1" } }] };
    for (const result of [
      await sendTo({ answers: [postmarkRefusal(401, 10, `${serverToken} is not valid, ${serverToken}`)] }),
      await sendTo({ answers: [postmarkRefusal(500, 101, serverToken)] }),
      await sendTo({ answers: [postmarkRefusal(429, 429, serverToken)] }),
      await sendTo({ answers: [{ status: 200, body: JSON.stringify({ ErrorCode: 0, MessageID: serverToken }) }] }),
      await lookUpAt(postmarkRefusal(401, 10, `${serverToken} is not valid`)),
      await lookUpAt({ status: 200, body: JSON.stringify(listed) }),
    ]) {
      expect(JSON.stringify(result)).toContain("[serverToken]");
      expect(JSON.stringify(result)).not.toContain(serverToken);
    }
  });

  test("goes nowhere that isn't allowed", async () => {
    const asked: string[] = [];
    const provider = postmarkProvider(
      { apiUrl: "http://inside.example", serverToken, messageStream: "outbound" },
      {
        fetch: async (url) => new Response(String(asked.push(url))),
        isAllowed: () => ({ ok: false, detail: "must begin with https://" }),
      },
    );
    const payload = await provider.compose(sampleMail());
    const detail = "apiUrl must begin with https://";
    expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ scope: "configuration", detail });
    expect(await provider.lookUp?.(payload)).toEqual({ kind: "failed", detail });
    expect(asked).toEqual([]);
  });
});

test("the stored bytes are the request, our id goes on the wire, and the reference doesn't", async () => {
  const { provider, record } = await arrange();
  const messageId = `<dh-enr_mzxw6ytboi2gk3tu-12-3@${"long.".repeat(30)}example>`;
  const payload = await provider.compose(sampleMail({ messageId }));
  expect(await provider.send(payload, "dh-enr_mzxw6ytboi2gk3tu-12-3")).toMatchObject({
    kind: "accepted",
    providerMessageId: expect.stringMatching(/^.{36}$/),
    wireMessageId: null,
  });
  const { mails, requests } = await record();
  expect(requests).toEqual([{ call: "POST /email", body: payload }]);
  expect(JSON.parse(payload).Metadata).toEqual({ drafthook: "dh-enr_mzxw6ytboi2gk3tu-12-3" });
  expect(mails[0]?.messageId).toBe(messageId);
  expect(mails[0]?.headerNames).toEqual([]);
});

test("a payload of another provider's is a bug, and nothing is sent", async () => {
  const { provider, record } = await arrange();
  const foreign = JSON.stringify({ from: "a@b.example", to: ["c@d.example"] });
  await expect(provider.send(foreign, "dh-enr-0-0")).rejects.toThrow();
  await expect(provider.lookUp?.(foreign)).rejects.toThrow();
  expect((await record()).requests).toEqual([]);
});
