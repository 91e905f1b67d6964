import { afterEach, describe, expect, test, vi } from "vitest";
import { mailgunProvider } from "../../../../adapters/mail/providers/mailgun.ts";
import { readMailgunPayload } from "../../../../adapters/mail/providers/mailgun-payload.ts";
import type { LookUpResult, OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import type { DoubleAnswer } from "../../../support/api-double.ts";
import { fetchLoopback, mailgunRecordOf, startMailgun } from "../../../support/far-side.ts";
import { mailgunRefusal } from "../../../support/mailgun-answers.ts";
import type { MailgunOrder } from "../../../support/mailgun-double.ts";
import { sampleMail } from "../../../support/sample-mail.ts";

const apiKey = "0123456789abcdef-ada-secret";
const domain = "mg.sender.example";
const COMPOSED = sampleMail().date;
const MINUTE = 60_000;

afterEach(() => {
  vi.useRealTimers();
});

async function arrange(order: Partial<MailgunOrder> = {}, key = apiKey, now = COMPOSED + 30 * MINUTE) {
  const port = await startMailgun({ apiKey, domain, answers: [], ...order });
  const settings = { apiUrl: `http://127.0.0.1:${port}`, apiKey: key, domain };
  const provider = mailgunProvider(settings, { fetch: fetchLoopback }, () => now);
  return { provider, record: () => mailgunRecordOf(port) };
}

async function sendTo(order: Partial<MailgunOrder>, mail: OutgoingMail = sampleMail()): Promise<SendResult> {
  const { provider } = await arrange(order);
  return provider.send(await provider.compose(mail), "dh-enr-0-0");
}

async function lookUpAt(...answers: DoubleAnswer[]): Promise<LookUpResult | undefined> {
  const { provider } = await arrange({ answers });
  return provider.lookUp?.(await provider.compose(sampleMail()));
}

describe("what their errors mean", () => {
  const withCopy = sampleMail({ bcc: [{ name: null, email: "crm@sender.example" }] });
  const badTo = mailgunRefusal(400, "to parameter is not a valid address. please check documentation");

  test.each<[string, DoubleAnswer, object, OutgoingMail?]>([
    ["a bad key", mailgunRefusal(401, "Forbidden"), { kind: "refused", scope: "configuration" }],
    ["a bad key, in plain text", { status: 401, body: "Forbidden" }, { scope: "configuration", code: "http_401" }],
    ["no money", mailgunRefusal(402, "no"), { kind: "refused", scope: "configuration" }],
    ["a domain that may not send", mailgunRefusal(403, "Domain x is not allowed to send"), { scope: "configuration" }],
    [
      "the same, as it was said before",
      mailgunRefusal(400, "Sandbox subdomains are for tests"),
      { scope: "configuration" },
    ],
    ["a closed account", mailgunRefusal(400, "Your account is disabled."), { scope: "configuration" }],
    ["no such domain", mailgunRefusal(404, "Domain not found: x"), { kind: "refused", scope: "configuration" }],
    ["an address of theirs", badTo, { kind: "refused", scope: "recipient", addressDead: false }],
    ["an address in quotes", mailgunRefusal(400, "'to' parameter is not a valid address"), { scope: "recipient" }],
    ["an address, of the lead or a copy", badTo, { kind: "refused", scope: "message" }, withCopy],
    ["an address of ours", mailgunRefusal(400, "from parameter is missing"), { kind: "refused", scope: "sender" }],
    [
      "words that they don't take",
      mailgunRefusal(400, "no"),
      { kind: "refused", scope: "message", code: "mailgun_400" },
    ],
    ["too large", { status: 413, body: "" }, { kind: "refused", scope: "message", code: "http_413" }],
    ["too fast", mailgunRefusal(429, "Too Many Requests"), { kind: "not_sent", retryAfterMs: null }],
    ["too fast, for so long", mailgunRefusal(429, "no", { "retry-after": "7" }), { retryAfterMs: 7_000 }],
    ["a timeout of theirs", mailgunRefusal(408, "no"), { kind: "unknown" }],
    ["a stumble, which may come of a mail that went out", mailgunRefusal(500, "no"), { kind: "unknown" }],
    ["not there right now", { status: 503, body: "<html>" }, { kind: "unknown" }],
    ["a redirect", { status: 302, body: "", headers: { location: "https://x.example" } }, { stage: "redirect" }],
    ["yes from somebody else", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }, { kind: "unknown" }],
    ["yes without an id", { status: 200, body: '{"id":"","message":"Queued. Thank you."}' }, { kind: "unknown" }],
    ["yes with more than an id", { status: 200, body: '{"id":"<a@b> <c@d>"}' }, { kind: "unknown" }],
    ["an answer without end", "flood", { kind: "unknown" }],
    ["an answer that breaks off", "cut_mid_answer", { kind: "unknown" }],
  ])("%s", async (_, answer, expected, mail) => {
    expect(await sendTo({ answers: [answer] }, mail)).toMatchObject(expected);
  });
});

test("where they say that the mail has another id than ours, theirs is on the wire", async () => {
  const answer = { status: 200, body: '{"id":"<20261121.1@mg.sender.example>","message":"Queued. Thank you."}' };
  expect(await sendTo({ answers: [answer] })).toEqual({
    kind: "accepted",
    providerMessageId: "20261121.1@mg.sender.example",
    wireMessageId: "<20261121.1@mg.sender.example>",
    response: "accepted as 20261121.1@mg.sender.example",
  });
});

describe("a doubtful message is looked up", () => {
  const listed = (...items: object[]): DoubleAnswer => ({ status: 200, body: JSON.stringify({ items }) });
  const accepted = (id: string) => ({ event: "accepted", message: { headers: { "message-id": id } } });

  test("what was taken is found", async () => {
    expect(await lookUpAt(listed(accepted("step-1@sender.example")))).toEqual({
      kind: "found",
      providerMessageId: "step-1@sender.example",
      wireMessageId: "<step-1@sender.example>",
    });
  });

  test.each<[string, DoubleAnswer]>([
    ["is somebody else's message", listed(accepted("step-2@sender.example"))],
    ["is a longer id that holds ours", listed(accepted("a.step-1@sender.example"))],
    ["is about another event", listed({ ...accepted("step-1@sender.example"), event: "rejected" })],
    ["is about no message", listed({ event: "accepted" })],
    ["is no list", { status: 200, body: "{}" }],
    ["is nothing", { status: 200, body: "" }],
    ["is another yes", { status: 204, body: "" }],
    ["is a page", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }],
    ["leads elsewhere", { status: 302, body: "", headers: { location: "https://elsewhere.example/" } }],
    ["is a stumble", mailgunRefusal(500, "no")],
    ["says no to the question", mailgunRefusal(400, "no")],
    ["doesn't know the domain", mailgunRefusal(404, "Domain not found: x")],
    ["has no end", "flood"],
    ["breaks off", "cut_mid_answer"],
  ])("an answer that %s proves nothing", async (_, answer) => {
    expect(await lookUpAt(answer)).toMatchObject({ kind: "failed", detail: expect.stringMatching(/./) });
  });

  test("that it isn't there says something after half an hour only, since events may be so late", async () => {
    const early = await arrange({}, apiKey, COMPOSED + 30 * MINUTE - 1);
    const payload = await early.provider.compose(sampleMail());
    expect(await early.provider.lookUp?.(payload)).toMatchObject({ kind: "failed" });
    const late = await arrange();
    expect(await late.provider.lookUp?.(payload)).toEqual({ kind: "not_found" });
    // The control: what is there is there at once.
    await early.provider.send(payload, "dh-enr-0-0");
    expect(await early.provider.lookUp?.(payload)).toMatchObject({ kind: "found" });
  });

  test("a key that may only send finds nothing out, and says so", async () => {
    const { provider } = await arrange({ sendingKey: "sending-only" }, "sending-only");
    const payload = await provider.compose(sampleMail());
    expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
    expect(await provider.lookUp?.(payload)).toEqual({ kind: "failed", detail: "401: Forbidden" });
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

describe("the key", () => {
  test("goes to their API and into no result, whatever they answer and however it is spelled", async () => {
    const encoded = btoa(`api:${apiKey}`);
    for (const spelled of [apiKey, encoded])
      for (const result of [
        await sendTo({ answers: [mailgunRefusal(401, `Basic ${spelled} is not valid, ${spelled}`)] }),
        await sendTo({ answers: [mailgunRefusal(500, spelled)] }),
        await sendTo({ answers: [{ status: 200, body: JSON.stringify({ id: spelled }) }] }),
        await lookUpAt(mailgunRefusal(401, `${spelled} is not valid`)),
      ]) {
        expect(JSON.stringify(result)).toContain("[apiKey]");
        expect(JSON.stringify(result)).not.toContain(spelled);
      }
  });

  test("goes nowhere that isn't allowed", async () => {
    const asked: string[] = [];
    const provider = mailgunProvider(
      { apiUrl: "http://inside.example", apiKey, domain },
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

test.each([
  ["a short id", "<step-1@sender.example>"],
  ["a long id", `<${"long.".repeat(30)}id@sender.example>`],
])("the stored bytes are the request, and %s of ours is on the wire", async (_, messageId) => {
  const { provider, record } = await arrange();
  const text = "Content-Type: message/rfc822\r\n\r\nMessage-ID: <evil@evil.example>\r\n\r\n--drafthook-";
  const payload = await provider.compose(sampleMail({ messageId, text, html: "<p>é</p>" }));
  expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "accepted", wireMessageId: messageId });
  const { mails, requests } = await record();
  expect(requests).toEqual([{ call: `POST /v3/${domain}/messages.mime`, body: payload }]);
  expect(mails[0]).toMatchObject({ messageId, date: COMPOSED });
  expect(await provider.lookUp?.(payload)).toMatchObject({ kind: "found", wireMessageId: messageId });
});

test("each message carries its key as a variable, which events name it by", async () => {
  const { provider, record } = await arrange();
  const messageId = "<dh-aaaaaaaaaaaaaaaa-0-0@sender.example>";
  const payload = await provider.compose(sampleMail({ messageId }));
  await provider.send(payload, "dh-enr-0-0");
  const { contentType } = readMailgunPayload(payload);
  const [sent] = (await record()).requests;
  const form = await new Response(sent?.body, { headers: { "content-type": contentType } }).formData();
  expect([...form.keys()]).toEqual(["to", "message"]);
});

test("a payload of another provider's is a bug, and nothing is sent", async () => {
  const { provider, record } = await arrange();
  const foreign = JSON.stringify({ from: "a@b.example", to: ["c@d.example"] });
  await expect(provider.send(foreign, "dh-enr-0-0")).rejects.toThrow();
  await expect(provider.lookUp?.(foreign)).rejects.toThrow();
  expect((await record()).requests).toEqual([]);
});
