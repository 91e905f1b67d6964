import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { api, seedTenant } from "../../support/worker.ts";

afterEach(() => vi.restoreAllMocks());

/** The platform's limit, with room for so many requests of one address. */
function limitOf(most: number): RateLimit & { readonly counts: Map<string, number> } {
  const counts = new Map<string, number>();
  return {
    counts,
    limit: async ({ key }) => {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return { success: (counts.get(key) ?? 0) <= most };
    },
  };
}

const from = (address: string) => ({ "cf-connecting-ip": address });
const UNKNOWN_KEY = "dh_test_0000000000000000000000000000003jS7vA";

test("whoever guesses keys is stopped by address, before D1 is asked, and others are not", async () => {
  const strangers = limitOf(3);
  const prepare = vi.spyOn(env.DB, "prepare");
  const guesser = api(UNKNOWN_KEY, { STRANGERS_LIMIT: strangers });
  const statuses = [];
  for (let n = 0; n < 5; n += 1) statuses.push((await guesser.get("/v1/tenant", from("192.0.2.7"))).status);
  expect(statuses).toEqual([401, 401, 401, 429, 429]);
  const asked = prepare.mock.calls.length;
  const refused = await guesser.get("/v1/tenant", from("192.0.2.7"));
  expect(refused.body.code).toBe("rate_limited");
  expect(refused.headers.get("retry-after")).toBe("60");
  expect(prepare.mock.calls.length).toBe(asked);
  expect((await guesser.get("/v1/tenant", from("192.0.2.8"))).status).toBe(401);
});

test("an IPv6 network is one stranger, however many addresses it has", async () => {
  const strangers = limitOf(2);
  const guesser = api(UNKNOWN_KEY, { STRANGERS_LIMIT: strangers });
  for (const host of ["1", "2", "3"]) await guesser.get("/v1/tenant", from(`2001:db8:1:2::${host}`));
  expect([...strangers.counts]).toEqual([["2001:db8:1:2::/64", 3]]);
});

test("a known key is no stranger from its second request on", async () => {
  const strangers = limitOf(1);
  const { key } = await seedTenant();
  const client = api(key, { STRANGERS_LIMIT: strangers });
  for (let n = 0; n < 4; n += 1) expect((await client.get("/v1/tenant", from("192.0.2.9"))).status).toBe(200);
  expect(strangers.counts.get("192.0.2.9")).toBe(1);
});

test("a burst with a key that an isolate doesn't know yet is one stranger, and one with a wrong key is as many", async () => {
  const strangers = limitOf(3);
  const { key } = await seedTenant();
  const burst = (client: ReturnType<typeof api>, address: string) =>
    Promise.all(Array.from({ length: 20 }, () => client.get("/v1/tenant", from(address))));
  const good = await burst(api(key, { STRANGERS_LIMIT: strangers }), "192.0.2.10");
  expect(good.map(({ status }) => status)).toEqual(good.map(() => 200));
  expect(strangers.counts.get("192.0.2.10")).toBe(1);
  const guesser = api(UNKNOWN_KEY, { STRANGERS_LIMIT: strangers });
  await burst(guesser, "192.0.2.11");
  expect(strangers.counts.get("192.0.2.11")).toBe(20);
  expect((await guesser.get("/v1/tenant", from("192.0.2.11"))).status).toBe(429);
  const prepare = vi.spyOn(env.DB, "prepare");
  const later = await burst(guesser, "192.0.2.11");
  expect(later.map(({ status }) => status)).toEqual(later.map(() => 429));
  expect(prepare).not.toHaveBeenCalled();
});

test("unsubscribe pages count as a stranger's; completions and providers' events have a limit of their own", async () => {
  const [strangers, callbacks] = [limitOf(1), limitOf(1)];
  const client = api(null, { STRANGERS_LIMIT: strangers, CALLBACKS_LIMIT: callbacks });
  const statuses = async (ask: () => Promise<{ readonly status: number }>) => [
    (await ask()).status,
    (await ask()).status,
  ];
  expect(await statuses(() => client.get("/u/unknown", from("192.0.2.1")))).toEqual([200, 429]);
  const complete = () => client.post("/v1/drafts/drf_unknown/completion?token=x", { body: "x" }, from("192.0.2.2"));
  expect(await statuses(complete)).toEqual([404, 429]);
  expect(await statuses(() => client.post("/delivery-events/mbx_unknown", {}, from("192.0.2.3")))).toEqual([404, 429]);
  expect([...strangers.counts.keys()]).toEqual(["192.0.2.1"]);
});

test("without a binding, an address or an answer everybody is let in", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const broken: RateLimit = { limit: () => Promise.reject(new Error("no limit today")) };
  const silent: RateLimit = { limit: () => new Promise(() => undefined) };
  for (const [limit, address] of [
    [undefined, "192.0.2.4"],
    [limitOf(0), null],
    [broken, "192.0.2.4"],
    [silent, "192.0.2.4"],
  ] as const) {
    const client = api(null, { STRANGERS_LIMIT: limit } as Partial<Env>);
    expect((await client.get("/u/unknown", address === null ? {} : from(address))).status).toBe(200);
  }
});

test("the limits of wrangler.toml are there", async () => {
  expect(await env.STRANGERS_LIMIT.limit({ key: "a test" })).toEqual({ success: true });
  expect(await env.CALLBACKS_LIMIT.limit({ key: "a test" })).toEqual({ success: true });
});
