import { afterEach, describe, expect, test, vi } from "vitest";
import { sesProvider } from "../../../../adapters/mail/providers/ses.ts";
import type { OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import type { DoubleAnswer } from "../../../support/api-double.ts";
import { fetchLoopback, sesRecordOf, startSes } from "../../../support/far-side.ts";
import { sampleMail } from "../../../support/sample-mail.ts";
import { sesRefusal } from "../../../support/ses-answers.ts";
import type { SesOrder } from "../../../support/ses-double.ts";

const secretAccessKey = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const key = { region: "eu-west-1", accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey };
const HOUR = 3_600_000;

afterEach(() => {
  vi.useRealTimers();
});

async function arrange(order: Partial<SesOrder> = {}, settings: { configurationSet?: string | null } = {}) {
  const port = await startSes({ ...key, answers: [], ...order });
  const apiUrl = `http://127.0.0.1:${port}`;
  const provider = sesProvider({ ...key, configurationSet: null, apiUrl, ...settings }, { fetch: fetchLoopback });
  return { provider, record: () => sesRecordOf(port) };
}

async function sendTo(order: Partial<SesOrder>, mail: OutgoingMail = sampleMail()): Promise<SendResult> {
  const { provider } = await arrange(order);
  return provider.send(await provider.compose(mail), "dh-enr-0-0");
}

describe("what their errors mean", () => {
  test.each<[string, DoubleAnswer, object]>([
    ["a wrong secret", sesRefusal(403, "InvalidSignatureException", "no"), { kind: "refused", scope: "configuration" }],
    ["a key that doesn't exist", sesRefusal(403, "UnrecognizedClientException", "no"), { scope: "configuration" }],
    ["a key that may not send", sesRefusal(403, "AccessDeniedException", "no"), { scope: "configuration" }],
    ["a clock that is off", sesRefusal(400, "RequestExpired", "no"), { scope: "configuration" }],
    ["a suspended account", sesRefusal(400, "AccountSuspendedException", "no"), { scope: "configuration" }],
    ["a paused account", sesRefusal(400, "SendingPausedException", "no"), { scope: "configuration" }],
    ["no such configuration set", sesRefusal(404, "NotFoundException", "no"), { scope: "configuration" }],
    [
      "a MAIL FROM that isn't verified",
      sesRefusal(400, "MailFromDomainNotVerifiedException", "no"),
      { scope: "sender" },
    ],
    [
      "a sender that isn't verified",
      sesRefusal(400, "MessageRejected", "Email address is not verified. The following identities failed the check"),
      { kind: "refused", scope: "sender", code: "MessageRejected" },
    ],
    ["words that they don't take", sesRefusal(400, "MessageRejected", "no"), { kind: "refused", scope: "message" }],
    ["bad input", sesRefusal(400, "BadRequestException", "no"), { kind: "refused", scope: "message" }],
    ["too large", { status: 413, body: "" }, { kind: "refused", scope: "message", code: "http_413" }],
    ["a name that we don't know", sesRefusal(400, "constructor", "no"), { kind: "refused", scope: "configuration" }],
    [
      "a name with a namespace",
      { status: 400, body: '{"Message":"no"}', headers: { "x-amzn-errortype": "com.amazonaws.ses#MessageRejected" } },
      { kind: "refused", scope: "message", code: "MessageRejected", detail: "MessageRejected: no" },
    ],
    ["too fast", sesRefusal(429, "TooManyRequestsException", "Maximum sending rate exceeded."), { kind: "not_sent" }],
    [
      "too fast, in an older word",
      sesRefusal(400, "ThrottlingException", "no"),
      { kind: "not_sent", retryAfterMs: null },
    ],
    [
      "the day's quota",
      sesRefusal(429, "TooManyRequestsException", "Daily message quota exceeded."),
      { kind: "not_sent", retryAfterMs: 6 * HOUR },
    ],
    ["another limit", sesRefusal(400, "LimitExceededException", "no"), { kind: "not_sent", retryAfterMs: 6 * HOUR }],
    ["too fast, for so long", sesRefusal(429, "Throttling", "", { "retry-after": "7" }), { retryAfterMs: 7_000 }],
    ["a stumble", sesRefusal(500, "InternalServiceErrorException", "no"), { kind: "unknown" }],
    ["a stumble that names a refusal", sesRefusal(500, "MessageRejected", "no"), { kind: "unknown" }],
    ["not there right now", sesRefusal(503, "ServiceUnavailable", "no"), { kind: "unknown" }],
    ["a timeout of theirs", sesRefusal(408, "RequestTimeoutException", "no"), { kind: "unknown" }],
    ["a redirect", { status: 307, body: "", headers: { location: "https://x.example" } }, { stage: "redirect" }],
    ["yes from somebody else", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }, { kind: "unknown" }],
    ["yes without an id", { status: 200, body: '{"MessageId":""}' }, { kind: "unknown" }],
    ["an answer without end", "flood", { kind: "unknown" }],
    ["an answer that breaks off", "cut_mid_answer", { kind: "unknown" }],
    ["a request that breaks off", "cut_at_first_bytes", { kind: "unknown" }],
    ["a break after it was taken", "take_and_cut", { kind: "unknown" }],
  ])("%s", async (_, answer, expected) => {
    expect(await sendTo({ answers: [answer] })).toMatchObject(expected);
  });
});

test("a key that isn't theirs is refused by the far side's own reckoning", async () => {
  expect(await sendTo({ secretAccessKey: `${secretAccessKey}x` })).toMatchObject({
    kind: "refused",
    scope: "configuration",
    code: "InvalidSignatureException",
  });
  expect(await sendTo({ region: "us-east-1" })).toMatchObject({ code: "InvalidSignatureException" });
  expect(await sendTo({ accessKeyId: "AKIAOTHER" })).toMatchObject({ code: "UnrecognizedClientException" });
});

test("the configuration set goes along; one that doesn't exist is our set-up's fault", async () => {
  const { provider, record } = await arrange({ configurationSets: ["outreach"] }, { configurationSet: "outreach" });
  expect(await provider.send(await provider.compose(sampleMail()), "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
  expect((await record()).mails).toHaveLength(1);
  const other = await arrange({}, { configurationSet: "outreach" });
  const payload = await other.provider.compose(sampleMail());
  expect(await other.provider.send(payload, "dh-enr-0-0")).toMatchObject({ scope: "configuration" });
});

test("each message carries its key as a tag, where a configuration set has events that show tags", async () => {
  const { provider, record } = await arrange({ configurationSets: ["outreach"] }, { configurationSet: "outreach" });
  const mail = sampleMail({ messageId: "<dh-aaaaaaaaaaaaaaaa-0-0@sender.example>" });
  expect(await provider.send(await provider.compose(mail), "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
  const tags = [{ Name: "drafthook", Value: "dh-aaaaaaaaaaaaaaaa-0-0" }];
  expect(JSON.parse((await record()).requests[1]?.body ?? "")).toMatchObject({ EmailTags: tags });
  const without = await arrange();
  expect(await without.provider.compose(mail)).not.toContain("EmailTags");
});

describe("an address that SES can't carry is refused before anything leaves", () => {
  test.each<[string, OutgoingMail, string]>([
    ["the lead's", sampleMail({ to: { name: null, email: "zoë@lead.example" } }), "recipient"],
    ["a copy's", sampleMail({ bcc: [{ name: null, email: "crm-ü@sender.example" }] }), "configuration"],
  ])("%s", async (_, mail, scope) => {
    const { provider, record } = await arrange();
    expect(await provider.send(await provider.compose(mail), "dh-enr-0-0")).toMatchObject({
      kind: "refused",
      scope,
      addressDead: false,
      code: "address_not_ascii",
    });
    expect((await record()).requests).toEqual([]);
  });
});

test("no send is held beyond 24 seconds: 5 for the knock, 19 for the mail", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const never = (_: string, init: RequestInit) =>
    new Promise<Response>((_resolve, reject) => init.signal?.addEventListener("abort", () => reject(new Error("cut"))));
  const settings = { ...key, configurationSet: null, apiUrl: "https://ses.example" };
  const deaf = sesProvider(settings, { fetch: never });
  const payload = await deaf.compose(sampleMail());
  const knocking = deaf.send(payload, "dh-enr-0-0");
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await knocking).toEqual({
    kind: "not_sent",
    code: "unreachable",
    detail: "no complete answer within 5000 ms",
    retryAfterMs: null,
  });
  const mute = sesProvider(settings, {
    fetch: async (url, init) => (init.method === "GET" ? new Response("") : never(url, init)),
  });
  const sending = mute.send(payload, "dh-enr-0-0");
  // Signing is WebCrypto's, which doesn't wait for timers.
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
  await vi.advanceTimersByTimeAsync(19_000);
  expect(await sending).toMatchObject({ kind: "unknown", detail: "no complete answer within 19000 ms" });
  expect(vi.getTimerCount()).toBe(0);
});

test("the region's own address is asked where no other is given", async () => {
  const asked: string[] = [];
  const provider = sesProvider(
    { ...key, configurationSet: null, apiUrl: null },
    {
      fetch: async (url) => {
        asked.push(url);
        return Response.json({ MessageId: "0107" });
      },
    },
  );
  await provider.send(await provider.compose(sampleMail()), "dh-enr-0-0");
  const own = "https://email.eu-west-1.amazonaws.com";
  expect(asked).toEqual([`${own}/`, `${own}/v2/email/outbound-emails`]);
});

describe("the secret", () => {
  test("goes over no wire, and into no result, whatever they answer", async () => {
    const { provider, record } = await arrange({
      answers: [sesRefusal(403, "InvalidSignatureException", `not ${secretAccessKey}`)],
    });
    const said: unknown[] = [];
    const listening = sesProvider(
      { ...key, configurationSet: null, apiUrl: "https://ses.example" },
      {
        fetch: async (url, init) => {
          said.push(url, init.body, Object.entries(init.headers ?? {}));
          return new Response(secretAccessKey, { status: 500 });
        },
      },
    );
    const payload = await provider.compose(sampleMail());
    const result = JSON.stringify(await provider.send(payload, "dh-enr-0-0"));
    expect(result).toContain("[secretAccessKey]");
    await listening.send(payload, "dh-enr-0-0");
    expect(JSON.stringify([result, said, await record()])).not.toContain(secretAccessKey);
  });

  test("signs nothing for an address that isn't allowed", async () => {
    const asked: string[] = [];
    const provider = sesProvider(
      { ...key, configurationSet: null, apiUrl: "http://inside.example" },
      {
        fetch: async (url) => new Response(String(asked.push(url))),
        isAllowed: () => ({ ok: false, detail: "must begin with https://" }),
      },
    );
    expect(await provider.send(await provider.compose(sampleMail()), "dh-enr-0-0")).toMatchObject({
      scope: "configuration",
      code: "bad_api_url",
      detail: "apiUrl must begin with https://",
    });
    expect(asked).toEqual([]);
  });
});

test("the stored bytes are the request, and its id is not taken for the one on the wire", async () => {
  const { provider, record } = await arrange();
  const payload = await provider.compose(sampleMail({ headers: { "List-Unsubscribe": "<https://u.example/1>" } }));
  expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({
    kind: "accepted",
    providerMessageId: expect.stringMatching(/^0107.*-000000$/),
    wireMessageId: null,
  });
  const { mails, requests } = await record();
  expect(requests).toEqual([
    { call: "GET /", body: "" },
    { call: "POST /v2/email/outbound-emails", body: payload },
  ]);
  expect(mails[0]?.headers["list-unsubscribe"]).toBe("<https://u.example/1>");
});

test("a payload of another provider's is a bug, and nothing is sent", async () => {
  const { provider, record } = await arrange();
  await expect(provider.send(JSON.stringify({ to: ["c@d.example"] }), "dh-enr-0-0")).rejects.toThrow();
  expect((await record()).requests).toEqual([]);
});
