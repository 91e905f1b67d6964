import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { type Endpoint, post } from "../../../adapters/webhook/exchange.ts";
import { fetchLoopback, resendRecordOf, startResend } from "../../support/far-side.ts";
import { INSIDE_URLS } from "./inside-urls.ts";

const SETTINGS = {
  publicUrl: "https://drafthook.example.com",
  localMode: false,
  resolverUrl: "",
  now: () => Date.now(),
  timeoutMs: 2_000,
};

let port = 0;
beforeAll(async () => {
  port = await startResend({ apiKey: "", answers: [] });
});
afterEach(() => vi.restoreAllMocks());

/**
 * The network that the Worker's own rules must hold without: every private address can be reached, and whatever would go to
 * a private host on any port comes out at the listener on loopback.
 */
function openNetwork(): void {
  vi.spyOn(globalThis, "fetch").mockImplementation((input, init) => reach(String(input), init ?? {}));
}

function reach(text: string, init: RequestInit): Promise<Response> {
  const url = new URL(text);
  return fetchLoopback(`http://${url.hostname}:${port}/hook`, init);
}

function endpointAt(url: string): Endpoint {
  return { id: "end_x", url, secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"], compatibility: "none" };
}

async function heard(): Promise<number> {
  return (await resendRecordOf(port)).requests.length;
}

test("of over three hundred ways to name an inside none is asked, however open the network is", async () => {
  openNetwork();
  expect(new Set(INSIDE_URLS).size).toBeGreaterThan(300);
  const posted = await Promise.all(
    INSIDE_URLS.map((url) => post(endpointAt(url), { id: "drf_x", attempt: 1, body: "{}" }, SETTINGS)),
  );
  const letThrough = INSIDE_URLS.filter((_, at) => {
    const one = posted[at];
    return one === undefined || one.ok || one.failure.kind !== "refused_url";
  });
  expect(letThrough).toEqual([]);
  expect(vi.mocked(globalThis.fetch)).not.toHaveBeenCalled();
  expect(await heard()).toBe(0);
  console.info(`${new Set(INSIDE_URLS).size} URLs of insides, 0 asked`);
});

test("the control: without the rules the same network takes many of them to the listener", async () => {
  const before = await heard();
  const readable = INSIDE_URLS.filter((url) => URL.canParse(url));
  const loopback = readable.filter((url) =>
    ["127.0.0.1", "localhost", "[::ffff:7f00:1]"].includes(new URL(url).hostname),
  );
  await Promise.all(loopback.map((url) => reach(url, { method: "POST", body: "{}" }).catch(() => null)));
  expect((await heard()) - before).toBeGreaterThan(15);
});

const REDIRECTS = [301, 302, 303, 307, 308];
const TARGETS = ["http://127.0.0.1:PORT/inside", "https://elsewhere.example/", "/v1/tenant"];

test.each(REDIRECTS.flatMap((status) => TARGETS.map((target) => [status, target] as const)))(
  "a %i to %s is a failure and is not followed",
  async (status, target) => {
    const asked = vi
      .spyOn(globalThis, "fetch")
      .mockImplementation(
        async () => new Response(null, { status, headers: { location: target.replace("PORT", `${port}`) } }),
      );
    const before = await heard();
    const posted = await post(
      endpointAt("https://drafter.example/hook"),
      { id: "drf_x", attempt: 1, body: "{}" },
      SETTINGS,
    );
    expect(posted).toMatchObject({ ok: false, failure: { kind: "http", status } });
    expect(asked.mock.calls.map(([, init]) => init?.redirect)).toEqual(["manual"]);
    expect(await heard()).toBe(before);
  },
);
