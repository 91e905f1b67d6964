import { afterEach, expect, test, vi } from "vitest";
import { sha256Hex } from "../../../adapters/crypto/bytes.ts";
import { type Endpoint, post } from "../../../adapters/webhook/exchange.ts";

const ENDPOINT: Endpoint = {
  id: "end_x",
  url: "https://drafter.example/hook",
  secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
  compatibility: "none",
};
const REQUEST = { id: "drf_x", attempt: 1, body: '{"hello":"wörld"}' };
const SETTINGS = { publicUrl: "https://drafthook.test", localMode: false, resolverUrl: "", now: () => Date.now() };

afterEach(() => vi.restoreAllMocks());

function answer(make: (signal: AbortSignal | null | undefined) => Response | Promise<Response>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (_input, init) => make(init?.signal));
}

test.each([
  ["200", () => Response.json({ body: "x" }), { ok: true, status: 200 }],
  ["202", () => new Response("", { status: 202 }), { ok: true, status: 202 }],
  [
    "301 is not followed",
    () => new Response(null, { status: 301, headers: { location: "https://elsewhere.example" } }),
    { ok: false, failure: { kind: "http", status: 301 } },
  ],
  [
    "404",
    () => new Response("no", { status: 404 }),
    { ok: false, failure: { kind: "http", status: 404, retryAfterMs: null } },
  ],
  [
    "429 with seconds",
    () => new Response("", { status: 429, headers: { "retry-after": "120" } }),
    { ok: false, failure: { kind: "http", status: 429, retryAfterMs: 120_000 } },
  ],
  [
    "503 for longer than a number can say: as long as it goes, of which an hour counts",
    () => new Response("", { status: 503, headers: { "retry-after": "9".repeat(400) } }),
    { ok: false, failure: { kind: "http", status: 503, retryAfterMs: 1e13 } },
  ],
  [
    "503 with nonsense",
    () => new Response("", { status: 503, headers: { "retry-after": "soon" } }),
    { ok: false, failure: { kind: "http", status: 503, retryAfterMs: null } },
  ],
  [
    "a refused connection",
    () => Promise.reject(new Error("Network connection lost.")),
    { ok: false, failure: { kind: "network" } },
  ],
  ["more than 256 KiB", () => new Response("x".repeat(256 * 1024 + 1)), { ok: false, failure: { kind: "too_large" } }],
] as const)("%s", async (_name, make, expected) => {
  answer(make);
  expect(await post(ENDPOINT, REQUEST, SETTINGS)).toMatchObject(expected);
});

test("the exchange is what crossed the wire", async () => {
  const fetching = answer(() => new Response('{"body":"Grüße"}', { headers: { "x-customer": "1" } }));
  const posted = await post(ENDPOINT, REQUEST, SETTINGS);
  const init = fetching.mock.calls[0]?.[1];
  expect(posted.exchange).toMatchObject({
    url: ENDPOINT.url,
    requestBody: init?.body,
    requestHeaders: init?.headers,
    status: 200,
    responseBody: '{"body":"Grüße"}',
    responseBytes: 18,
    responseCut: false,
  });
  expect(posted.exchange?.responseHeaders["x-customer"]).toBe("1");
  expect(init?.redirect).toBe("manual");
});

test("the log keeps 64 KiB of a response and says that it was cut", async () => {
  answer(() => new Response("y".repeat(100_000)));
  const { exchange } = await post(ENDPOINT, REQUEST, SETTINGS);
  expect(exchange).toMatchObject({ responseCut: true, responseBytes: 100_000 });
  expect(exchange?.responseBody).toHaveLength(64 * 1024);
});

test("the hash of a response that was cut for the log is over all of it, as its size is", async () => {
  const whole = "y".repeat(100_000);
  answer(() => new Response(whole));
  const { exchange } = await post(ENDPOINT, REQUEST, SETTINGS);
  expect(exchange?.responseSha256).toBe(await sha256Hex(whole));
  expect(exchange?.responseSha256).not.toBe(await sha256Hex(exchange?.responseBody ?? ""));
});

test("the hash of nothing is that of no bytes", async () => {
  answer(() => Promise.reject(new Error("Network connection lost.")));
  expect((await post(ENDPOINT, REQUEST, SETTINGS)).exchange?.responseSha256).toBe(await sha256Hex(""));
});

test("bytes that are no UTF-8 are kept as base64", async () => {
  answer(() => new Response(new Uint8Array([0xff, 0xfe, 0x00])));
  const posted = await post(ENDPOINT, REQUEST, SETTINGS);
  expect(posted).toMatchObject({
    ok: true,
    text: null,
    exchange: { responseEncoding: "base64", responseBody: "//4A" },
  });
});

test("an endpoint that drips is cut off at the deadline, body included", async () => {
  answer((signal) => {
    const body = new ReadableStream({
      start: (controller) => signal?.addEventListener("abort", () => controller.error(signal.reason)),
    });
    return new Response(body);
  });
  expect(await post(ENDPOINT, REQUEST, { ...SETTINGS, timeoutMs: 30 })).toMatchObject({
    ok: false,
    failure: { kind: "timeout" },
    exchange: { status: 200 },
  });
});

test("an endpoint that never answers has no status", async () => {
  answer((signal) => new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason))));
  expect(await post(ENDPOINT, REQUEST, { ...SETTINGS, timeoutMs: 30 })).toMatchObject({
    ok: false,
    failure: { kind: "timeout" },
    exchange: { status: null, firstByteMs: null, responseBytes: 0 },
  });
});

test.each([
  ["that drips past the deadline", "timeout", "no complete answer in time"],
  ["that breaks off", "network", "the line broke"],
] as const)(
  "of an endpoint %s the log keeps what came: status, headers and the part of the body",
  async (_, kind, reason) => {
    answer((signal) => {
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(new TextEncoder().encode('{"body":"Gr'));
          signal?.addEventListener("abort", () => controller.error(signal.reason));
        },
        pull: (controller) => {
          if (kind === "network") controller.error(new Error("the line broke"));
        },
      });
      return new Response(body, { status: 201, headers: { "x-customer": "1" } });
    });
    const posted = await post(ENDPOINT, REQUEST, { ...SETTINGS, timeoutMs: kind === "timeout" ? 30 : 5_000 });
    expect(posted).toMatchObject({
      ok: false,
      failure: { kind },
      exchange: {
        status: 201,
        responseHeaders: { "x-customer": "1" },
        responseBody: '{"body":"Gr',
        responseBytes: 11,
        responseSha256: await sha256Hex('{"body":"Gr'),
        outcome: kind,
        reason,
      },
    });
  },
);

test("a URL that may not be called is not called", async () => {
  const fetching = answer(() => new Response("{}"));
  const posted = await post({ ...ENDPOINT, url: "http://127.0.0.1:9000/" }, REQUEST, SETTINGS);
  expect(posted).toMatchObject({ ok: false, failure: { kind: "refused_url" }, exchange: null });
  expect(fetching).not.toHaveBeenCalled();
});
