import { afterEach, expect, test, vi } from "vitest";
import { post } from "../../../adapters/webhook/exchange.ts";
import { readBody } from "../../../adapters/webhook/read-response.ts";

const KIB = 1024;
const CAP = 256 * KIB;

afterEach(() => vi.restoreAllMocks());

/** A body without an end that hands out one chunk for each that is asked for, and counts. */
function endless(chunkBytes: number) {
  const counted = { pulledBytes: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        counted.pulledBytes += chunkBytes;
        controller.enqueue(new Uint8Array(chunkBytes).fill(120));
      },
      cancel() {
        counted.isCancelled = true;
      },
    },
    { highWaterMark: 0 },
  );
  return { counted, response: new Response(body) };
}

test.each([1 * KIB, 64 * KIB, 100_000])(
  "of an answer without an end no more is read than 256 KiB and one chunk (of %i bytes)",
  async (chunkBytes) => {
    const { counted, response } = endless(chunkBytes);
    const { bytes, ended } = await readBody(response, CAP);
    expect([bytes.byteLength, ended.kind]).toEqual([CAP, "too_large"]);
    expect(counted.pulledBytes).toBeGreaterThan(CAP);
    expect(counted.pulledBytes).toBeLessThanOrEqual(CAP + chunkBytes);
    expect(counted.isCancelled).toBe(true);
  },
);

test("the whole way of a request to an endpoint keeps to it", async () => {
  const { counted, response } = endless(64 * KIB);
  vi.spyOn(globalThis, "fetch").mockResolvedValue(response);
  const posted = await post(
    {
      id: "end_x",
      url: "https://drafter.example/hook",
      secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
      compatibility: "none",
    },
    { id: "drf_x", attempt: 1, body: "{}" },
    { publicUrl: "https://drafthook.test", localMode: false, resolverUrl: "", now: () => Date.now() },
  );
  expect(posted).toMatchObject({ ok: false, failure: { kind: "too_large" } });
  expect(counted.pulledBytes).toBeLessThanOrEqual(CAP + 64 * KIB);
  expect(counted.isCancelled).toBe(true);
});

test("an answer of exactly as much is whole", async () => {
  const { bytes, ended } = await readBody(new Response(new Uint8Array(CAP)), CAP);
  expect([bytes.byteLength, ended.kind]).toEqual([CAP, "whole"]);
});

test("the control: a reader that goes on to 4 MiB is counted as that", async () => {
  const { counted, response } = endless(64 * KIB);
  await readBody(response, 4 * KIB * KIB);
  expect(counted.pulledBytes).toBeGreaterThan(4 * KIB * KIB);
});
