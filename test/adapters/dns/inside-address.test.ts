import { afterEach, expect, test, vi } from "vitest";
import { insideAddress, isPublicAddress } from "../../../adapters/dns/inside-address.ts";
import { type Endpoint, post } from "../../../adapters/webhook/exchange.ts";

/** Names and resolvers of their own: the isolate keeps what they said. */
let count = 0;
function fresh(): { readonly host: string; readonly resolver: string } {
  count += 1;
  return { host: `h${count}.${crypto.randomUUID()}.example`, resolver: `https://r${count}.example/dns-query` };
}

afterEach(() => vi.restoreAllMocks());

type Said = Readonly<Record<string, readonly string[]>>;

/** A resolver double: what it says of A and AAAA at each asking, with a time to live of nothing. Everything else is a customer who answers 200. */
function dnsSays(resolver: string, said: () => Said) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async (input) => {
    const url = new URL(String(input));
    if (!url.href.startsWith(resolver)) return Response.json({ body: "Hello" });
    const type = url.searchParams.get("type") ?? "";
    const records = said()[type] ?? [];
    return Response.json({
      Status: 0,
      Answer: records.map((data) => ({ type: type === "A" ? 1 : 28, TTL: 0, data })),
    });
  });
}

test.each([
  ["0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.9.9"],
  [
    "192.0.0.8",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.19.255.255",
    "198.51.100.7",
    "203.0.113.9",
  ],
  ["224.0.0.1", "239.255.255.250", "240.0.0.1", "255.255.255.255"],
  [
    "::",
    "::1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "::7f00:1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "5f00::1",
  ],
  ["2001::1", "2001:0:4136:e378::1", "2001:10::1", "2001:20::1", "2001:db8::1", "2002:7f00:1::", "3fff::1"],
  ["fc00::1", "fd00:1234::1", "fe80::1", "fec0::1", "ff02::1", "4000::1"],
  ["", "localhost", "256.1.1.1", "1.2.3", "1:2:3", "::g"],
])("%s and the like are no public addresses", (...addresses) => {
  expect(addresses.filter(isPublicAddress)).toEqual([]);
});

test.each([
  ["1.1.1.1", "8.8.8.8", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255", "128.0.0.1"],
  ["169.253.255.255", "172.15.255.255", "172.32.0.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0"],
  ["203.0.112.255", "203.0.114.0", "223.255.255.255"],
  ["2001:200::1", "2001:4860:4860::8888", "2606:4700:4700::1111", "2a00:1450:4001::200e", "2003::1", "3ffe::1"],
])("%s and the like are", (...addresses) => {
  expect(addresses.filter((address) => !isPublicAddress(address))).toEqual([]);
});

test("one inside address among public ones is enough", async () => {
  const { host, resolver } = fresh();
  dnsSays(resolver, () => ({ A: ["93.184.216.34", "10.0.0.7"], AAAA: ["2606:4700::1"] }));
  expect(await insideAddress(resolver, host, 0)).toBe("10.0.0.7");
});

test("of both families", async () => {
  const { host, resolver } = fresh();
  dnsSays(resolver, () => ({ A: ["93.184.216.34"], AAAA: ["fd00::7"] }));
  expect(await insideAddress(resolver, `${host}.`, 0)).toBe("fd00::7");
});

test("a name that DNS doesn't know, and a resolver that is down, stop nobody", async () => {
  const { host, resolver } = fresh();
  dnsSays(resolver, () => ({}));
  expect(await insideAddress(resolver, host, 0)).toBeNull();
  const down = fresh();
  const asked = vi.spyOn(globalThis, "fetch").mockImplementation(async () => Promise.reject(new Error("no route")));
  expect(await insideAddress(down.resolver, down.host, 1_000)).toBeNull();
  const often = asked.mock.calls.length;
  // It is left alone for ten seconds, so that nobody waits for it at each attempt; then it is asked again.
  expect(await insideAddress(down.resolver, down.host, 10_999)).toBeNull();
  expect(asked.mock.calls.length).toBe(often);
  expect(await insideAddress(down.resolver, down.host, 11_000)).toBeNull();
  expect(asked.mock.calls.length).toBeGreaterThan(often);
});

test("where no resolver is set nobody is asked", async () => {
  const asked = vi.spyOn(globalThis, "fetch");
  expect(await insideAddress("", "drafter.example", 0)).toBeNull();
  expect(asked).not.toHaveBeenCalled();
});

test("a host that moves inside between two attempts hears of the first one only", async () => {
  const { host, resolver } = fresh();
  const insides = ["127.0.0.1", "169.254.169.254", "64:ff9b::7f00:1"];
  for (const inside of insides) {
    let at = "93.184.216.34";
    const asked = dnsSays(resolver, () => (at.includes(":") ? { AAAA: [at] } : { A: [at] }));
    const sends = () => asked.mock.calls.filter(([input]) => new URL(String(input)).hostname === host).length;
    const endpoint: Endpoint = {
      id: "end_x",
      url: `https://${host}/hook`,
      secrets: ["whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"],
      compatibility: "none",
    };
    const settings = { publicUrl: "https://drafthook.test", localMode: false, resolverUrl: resolver, now: () => 1_000 };
    const request = { id: "drf_x", attempt: 1, body: "{}" };
    // The control: while DNS has it outside, the request goes there.
    expect(await post(endpoint, request, settings)).toMatchObject({ ok: true });
    expect(sends()).toBe(1);
    at = inside;
    expect(await post(endpoint, request, settings)).toMatchObject({
      ok: false,
      failure: { kind: "refused_url", detail: expect.stringContaining(inside) },
      exchange: null,
    });
    expect(sends()).toBe(1);
    vi.restoreAllMocks();
  }
});
