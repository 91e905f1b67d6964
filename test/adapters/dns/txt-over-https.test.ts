import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { txtRecords } from "../../../adapters/dns/txt-over-https.ts";

const RESOLVER = "https://resolver.example/dns-query";
const NOW = 1_000_000_000_000;

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** Names of their own: the isolate keeps answers. */
let count = 0;
function freshName(): string {
  count += 1;
  return `s${count}._domainkey.${crypto.randomUUID()}.example`;
}

function resolverSays(answer: () => Response | Promise<Response>) {
  return vi.spyOn(globalThis, "fetch").mockImplementation(async () => answer());
}

function txt(...records: readonly { readonly data: string; readonly TTL?: number; readonly type?: number }[]) {
  return () =>
    Response.json({
      Status: 0,
      Answer: records.map(({ data, TTL = 60, type = 16 }) => ({ name: "x.", type, TTL, data })),
    });
}

test("a name is asked for as the JSON form of DNS over HTTPS wants it", async () => {
  const asked = resolverSays(txt({ data: '"v=DKIM1; p=AAAA"' }));
  const name = freshName();
  expect(await txtRecords(RESOLVER, name, NOW)).toEqual({ kind: "found", texts: ["v=DKIM1; p=AAAA"] });
  const [url, init] = asked.mock.calls[0] ?? [];
  expect(String(url)).toBe(`${RESOLVER}?name=${name}&type=TXT`);
  expect(init).toMatchObject({ headers: { accept: "application/dns-json" }, redirect: "manual" });
});

test.each([
  ["strings in pieces", '"v=DKIM1; p=AA" "AA"', "v=DKIM1; p=AAAA"],
  ["escaped signs", '"a\\"b\\\\c\\059d"', 'a"b\\c;d'],
  ["a resolver that has joined them itself", "v=DKIM1; p=AAAA", "v=DKIM1; p=AAAA"],
])("%s are read as one text", async (_name, data, text) => {
  resolverSays(txt({ data: "lead.example.", type: 5 }, { data }));
  expect(await txtRecords(RESOLVER, freshName(), NOW)).toEqual({ kind: "found", texts: [text] });
});

test.each([
  ["there is no such name", () => Response.json({ Status: 3 }), "absent"],
  ["it has no TXT record", () => Response.json({ Status: 0 }), "absent"],
  ["it has other records only", txt({ data: "x.", type: 5 }), "absent"],
  ["the resolver can't tell", () => Response.json({ Status: 2 }), "unavailable"],
  ["the resolver is broken", () => new Response("oops", { status: 500 }), "unavailable"],
  ["the resolver sends us elsewhere", () => Response.redirect("https://evil.example/", 302), "unavailable"],
  ["the answer is no JSON", () => new Response("<html>"), "unavailable"],
  ["the answer is another JSON", () => Response.json({ Status: "0" }), "unavailable"],
  ["the answer is too large", txt({ data: "a".repeat(70_000) }), "unavailable"],
  ["the network is down", () => Promise.reject(new Error("no route")), "unavailable"],
])("when %s the answer is %s", async (_name, answer, kind) => {
  resolverSays(answer);
  expect(await txtRecords(RESOLVER, freshName(), NOW)).toEqual({ kind });
});

test("a resolver that says nothing for 3 seconds is given up", async () => {
  vi.spyOn(globalThis, "fetch").mockImplementation(
    (_url, init) =>
      new Promise((_resolve, reject) => init?.signal?.addEventListener("abort", () => reject(init.signal?.reason))),
  );
  const answer = txtRecords(RESOLVER, freshName(), NOW);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await answer).toEqual({ kind: "unavailable" });
  expect(vi.getTimerCount()).toBe(0);
});

test("a resolver's URL that is none is no reason to refuse mail", async () => {
  expect(await txtRecords("none", freshName(), NOW)).toEqual({ kind: "unavailable" });
});

describe("an answer is kept", () => {
  test.each([
    ["for its time to live", txt({ data: '"a"', TTL: 60 }), 60],
    ["for 300 s at most", txt({ data: '"a"', TTL: 86_400 }), 300],
    ["for the shortest of several", txt({ data: '"a"', TTL: 60 }, { data: '"b"', TTL: 10 }), 10],
    ["for 30 s when there is no such name", () => Response.json({ Status: 3 }), 30],
  ])("%s", async (_name, answer, seconds) => {
    const asked = resolverSays(answer);
    const name = freshName();
    const first = await txtRecords(RESOLVER, name, NOW);
    expect(await txtRecords(RESOLVER, name, NOW + seconds * 1000 - 1)).toEqual(first);
    expect(asked).toHaveBeenCalledTimes(1);
    await txtRecords(RESOLVER, name, NOW + seconds * 1000);
    expect(asked).toHaveBeenCalledTimes(2);
  });

  test("but not that there was none", async () => {
    const name = freshName();
    resolverSays(() => Response.json({ Status: 2 }));
    expect(await txtRecords(RESOLVER, name, NOW)).toEqual({ kind: "unavailable" });
    resolverSays(txt({ data: '"a"' }));
    expect(await txtRecords(RESOLVER, name, NOW)).toMatchObject({ kind: "found" });
  });

  test("and a flood of strangers' names fills no memory: the oldest are asked for again", async () => {
    const asked = resolverSays(txt({ data: '"a"' }));
    const names = Array.from({ length: 501 }, freshName);
    for (const name of names) await txtRecords(RESOLVER, name, NOW);
    await txtRecords(RESOLVER, names[0] ?? "", NOW);
    expect(asked).toHaveBeenCalledTimes(502);
    await txtRecords(RESOLVER, names[500] ?? "", NOW);
    expect(asked).toHaveBeenCalledTimes(502);
  });
});
