import { afterEach, describe, expect, test, vi } from "vitest";
import { resendProvider } from "../../../../adapters/mail/providers/resend.ts";
import type { OutgoingMail, SendResult } from "../../../../core/mail/outgoing.ts";
import type { DoubleAnswer } from "../../../support/api-double.ts";
import { fetchLoopback, resendRecordOf, startResend } from "../../../support/far-side.ts";
import { resendRefusal } from "../../../support/resend-answers.ts";
import type { ResendRecord } from "../../../support/resend-double.ts";
import { sampleMail } from "../../../support/sample-mail.ts";

const apiKey = "re_secret_key_of_ada";

afterEach(() => {
  vi.useRealTimers();
});

async function arrange(...answers: DoubleAnswer[]) {
  const port = await startResend({ apiKey, answers });
  return {
    provider: resendProvider({ apiUrl: `http://127.0.0.1:${port}`, apiKey }, { fetch: fetchLoopback }),
    record: () => resendRecordOf(port),
  };
}

async function sendOnce(...answers: DoubleAnswer[]): Promise<SendResult> {
  const { provider } = await arrange(...answers);
  return provider.send(await provider.compose(sampleMail()), "dh-enr-0-0");
}

describe("a doubtful send is repeated without a second mail", () => {
  test.each<[string, DoubleAnswer]>([
    ["the connection breaks after it was taken", "take_and_cut"],
    ["the request never arrives whole", "cut_at_first_bytes"],
    ["the answer breaks off", "cut_mid_answer"],
    ["their server stumbles", resendRefusal(500, "application_error", "An unexpected error occurred.")],
    ["the first request still runs", resendRefusal(409, "concurrent_idempotent_requests", "in progress")],
    ["something on the way redirects", { status: 302, body: "", headers: { location: "https://elsewhere.example/" } }],
    ["something on the way says yes to everything", { status: 200, body: "<h1>Welcome to our Wi-Fi</h1>" }],
    ["the answer is somebody else's, and without end", "flood"],
  ])("%s", async (_, answer) => {
    const { provider, record } = await arrange(answer);
    const payload = await provider.compose(sampleMail());
    expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "unknown" });
    expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
    expect(await provider.send(payload, "dh-enr-0-0")).toMatchObject({ kind: "accepted" });
    const { mails, requests } = await record();
    expect(mails).toHaveLength(1);
    expect(new Set(requests.map(({ key, body }) => `${key} ${body}`))).toEqual(new Set([`dh-enr-0-0 ${payload}`]));
  });

  test("other words under a key that was used are refused, and nothing more is sent", async () => {
    const { provider, record } = await arrange();
    await provider.send(await provider.compose(sampleMail()), "dh-enr-0-0");
    const second = await provider.send(await provider.compose(sampleMail({ text: "Other words\n" })), "dh-enr-0-0");
    expect(second).toMatchObject({ kind: "refused", scope: "message", code: "invalid_idempotent_request" });
    expect((await record()).mails).toHaveLength(1);
  });
});

describe("nothing holds a send beyond its 24 seconds", () => {
  test.each<DoubleAnswer>(["silence", "drip"])("an answer that is %s", async (answer) => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    const { provider, record } = await arrange(answer);
    let result: SendResult | null = null;
    const sent = provider.send(await provider.compose(sampleMail()), "dh-enr-0-0").then((got) => {
      result = got;
    });
    await until(record, ({ requests }) => requests.length === 1);
    vi.advanceTimersByTime(23_999);
    await until(record, ({ requests }) => requests.length === 1);
    expect(result).toBeNull();
    vi.advanceTimersByTime(1);
    await sent;
    expect(result).toMatchObject({ kind: "unknown", detail: "no complete answer within 24000 ms" });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("an answer in time leaves no timer behind", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    expect(await sendOnce()).toMatchObject({ kind: "accepted" });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe("what their errors mean", () => {
  test.each<[string, DoubleAnswer, Partial<Record<string, unknown>>]>([
    ["invalid_idempotency_key", no(400), { kind: "refused", scope: "message" }],
    ["validation_error", no(400), { kind: "refused", scope: "message", addressDead: false }],
    ["validation_error", no(422, "Invalid `to` field."), { kind: "refused", scope: "recipient", addressDead: false }],
    ["validation_error", no(422, "Invalid `from` field."), { kind: "refused", scope: "sender" }],
    ["validation_error", no(403, "The domain is not verified."), { kind: "refused", scope: "sender" }],
    ["invalid_from_address", no(422), { kind: "refused", scope: "sender" }],
    ["missing_api_key", no(401), { kind: "refused", scope: "configuration" }],
    ["restricted_api_key", no(401), { kind: "refused", scope: "configuration" }],
    ["invalid_api_key", no(403), { kind: "refused", scope: "configuration" }],
    ["suspended_api_key", no(403), { kind: "refused", scope: "configuration" }],
    ["not_found", no(404), { kind: "refused", scope: "configuration" }],
    ["method_not_allowed", no(405), { kind: "refused", scope: "configuration" }],
    ["invalid_idempotent_request", no(409), { kind: "refused", scope: "message" }],
    ["concurrent_idempotent_requests", no(409), { kind: "unknown" }],
    ["a_conflict_we_dont_know", no(409), { kind: "unknown" }],
    ["missing_required_field", no(422), { kind: "refused", scope: "message" }],
    ["invalid_attachment", no(422), { kind: "refused", scope: "message" }],
    ["invalid_parameter", no(422), { kind: "refused", scope: "message" }],
    ["security_error", no(451), { kind: "refused", scope: "configuration" }],
    ["a_refusal_we_dont_know", no(418), { kind: "refused", scope: "configuration" }],
    ["constructor", no(422), { kind: "refused", scope: "configuration" }],
    ["rate_limit_exceeded", no(429), { kind: "not_sent", retryAfterMs: null }],
    ["daily_quota_exceeded", no(429), { kind: "not_sent", retryAfterMs: 6 * 3_600_000 }],
    ["monthly_quota_exceeded", no(429), { kind: "not_sent", retryAfterMs: 24 * 3_600_000 }],
    ["request_timeout", no(408), { kind: "unknown" }],
    ["application_error", no(500), { kind: "unknown" }],
    ["internal_server_error", no(500), { kind: "unknown" }],
    // A name doesn't make a stumble a refusal.
    ["validation_error", no(502), { kind: "unknown" }],
    ["service_unavailable", no(503), { kind: "unknown" }],
  ])("%s %j", async (name, answer, expected) => {
    expect(await sendOnce(named(answer, name))).toMatchObject(expected);
  });

  test.each<[string, Record<string, string>, number | null]>([
    ["seconds", { "retry-after": "7" }, 7_000],
    ["a date, which they don't send", { "retry-after": "Sat, 21 Nov 2026 07:28:00 GMT" }, null],
    ["an absurd number", { "retry-after": "99999999999999999999" }, null],
    ["nothing", {}, null],
  ])("Retry-After as %s", async (_, headers, retryAfterMs) => {
    const answer = resendRefusal(429, "rate_limit_exceeded", "Too many requests.", headers);
    expect(await sendOnce(answer)).toMatchObject({ kind: "not_sent", code: "rate_limit_exceeded", retryAfterMs });
  });

  test.each<[string, DoubleAnswer, Partial<Record<string, unknown>>]>([
    ["a proxy's 403", { status: 403, body: "error code: 1010" }, { kind: "refused", scope: "configuration" }],
    ["a proxy's 502", { status: 502, body: "<html>" }, { kind: "unknown" }],
    ["an empty 200", { status: 200, body: "" }, { kind: "unknown" }],
    ["a 200 with another JSON", { status: 200, body: '{"id":""}' }, { kind: "unknown" }],
    ["a 204", { status: 204, body: "" }, { kind: "unknown" }],
  ])("%s is not taken for theirs", async (_, answer, expected) => {
    expect(await sendOnce(answer)).toMatchObject(expected);
  });
});

describe("the API key", () => {
  test("goes to their API and into no result, whatever they answer", async () => {
    for (const answer of [
      resendRefusal(403, "invalid_api_key", `Bearer ${apiKey} is not valid, ${apiKey}`),
      resendRefusal(500, "application_error", `authorization: ${apiKey}`),
      resendRefusal(429, "rate_limit_exceeded", apiKey),
    ]) {
      const result = JSON.stringify(await sendOnce(answer));
      expect(result).toContain("[apiKey]");
      expect(result).not.toContain(apiKey);
    }
  });

  test("goes nowhere that isn't allowed", async () => {
    const port = await startResend({ apiKey, answers: [] });
    const provider = resendProvider(
      { apiUrl: `http://127.0.0.1:${port}`, apiKey },
      { fetch: fetchLoopback, isAllowed: () => ({ ok: false, detail: "must begin with https://" }) },
    );
    expect(await provider.send(await provider.compose(sampleMail()), "dh-enr-0-0")).toEqual({
      kind: "refused",
      scope: "configuration",
      addressDead: false,
      code: "bad_api_url",
      detail: "apiUrl must begin with https://",
    });
    expect((await resendRecordOf(port)).requests).toEqual([]);
  });
});

test("Resend's own headers are not asked for, and the id it gives is not taken for the one on the wire", async () => {
  const { provider, record } = await arrange();
  const mail: OutgoingMail = sampleMail({ references: ["<thread@sender.example>"] });
  const result = await provider.send(await provider.compose(mail), "dh-enr-0-0");
  expect(result).toMatchObject({
    kind: "accepted",
    providerMessageId: expect.stringMatching(/^.{36}$/),
    wireMessageId: null,
  });
  expect((await record()).mails[0]?.headerNames).toEqual(["references"]);
});

function no(status: number, message = "no") {
  return { status, body: message };
}

function named(answer: DoubleAnswer, name: string): DoubleAnswer {
  return typeof answer === "string" ? answer : resendRefusal(answer.status, name, answer.body);
}

/** Waits for the far side to have seen something, by asking it. */
async function until(record: () => Promise<ResendRecord>, done: (record: ResendRecord) => boolean): Promise<void> {
  for (let asked = 0; asked < 1_000; asked += 1) if (done(await record())) return;
  throw new Error("it never came");
}
