import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import type { LimitWord } from "../../core/rate-limit.ts";
import { askLimiter, type LimitedCaller } from "../../durable-objects/ask-limiter.ts";

const CALLER: LimitedCaller = { tenantId: "ten_limited", keyId: "key_one", perTenSeconds: 8 };

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** However busy the machine is: the limiter is waited for. */
function waitForWord(): void {
  vi.spyOn(scheduler, "wait").mockReturnValue(new Promise(() => undefined));
}

async function waits(caller: LimitedCaller, times: number): Promise<(number | undefined)[]> {
  const words = await Promise.all(Array.from({ length: times }, () => askLimiter(env, caller, () => undefined).word));
  return words.map((word) => word?.waitMs);
}

test("of requests at once exactly the key's quota gets through, and then the tenant's", async () => {
  waitForWord();
  vi.useFakeTimers({ toFake: ["Date"], now: Date.UTC(2026, 10, 23) });
  expect((await waits(CALLER, 6)).filter((wait) => wait === 0)).toHaveLength(4);
  expect((await waits({ ...CALLER, keyId: "key_two" }, 6)).filter((wait) => wait === 0)).toHaveLength(4);
  expect(await waits({ ...CALLER, keyId: "key_three" }, 1)).toEqual([1_250]);
  // The control: another tenant's object knows nothing of it.
  expect(await waits({ ...CALLER, tenantId: "ten_other" }, 1)).toEqual([0]);
});

test("an object that was put out of memory after ten idle seconds has forgotten nothing that still counted", async () => {
  waitForWord();
  const start = Date.UTC(2026, 10, 23);
  vi.useFakeTimers({ toFake: ["Date"], now: start });
  const caller = { ...CALLER, tenantId: "ten_evicted" };
  await waits(caller, 8);
  vi.setSystemTime(start + 10_000);
  const kept = await askLimiter(env, caller, () => undefined).word;
  await evictDurableObject(env.TENANT_LIMITERS.getByName("ten_evicted"));
  const anew = await askLimiter(env, caller, () => undefined).word;
  expect(anew).toEqual(kept);
});

test("it keeps nothing on disk, and has no alarm", async () => {
  await waits({ ...CALLER, tenantId: "ten_disk" }, 2);
  const stub = env.TENANT_LIMITERS.getByName("ten_disk") as DurableObjectStub;
  const kept = await runInDurableObject(stub, async (_object, { storage }) => [...(await storage.list()).keys()]);
  expect([kept, await runDurableObjectAlarm(stub)]).toEqual([[], false]);
});

test("where it can't be reached, the request goes on", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  vi.spyOn(env.TENANT_LIMITERS, "get").mockImplementation(() => {
    throw new Error("no limiter today");
  });
  const { word, whole } = askLimiter(env, CALLER, () => expect.unreachable());
  expect(await word).toBeNull();
  await whole;
});

test("where it is slow, the request goes on after 50 ms, and the late word is heard", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const { get } = env.TENANT_LIMITERS;
  vi.spyOn(env.TENANT_LIMITERS, "get").mockImplementation((id) => {
    const stub = get.call(env.TENANT_LIMITERS, id);
    return new Proxy(stub, {
      get: (_stub, name) =>
        name === "fetch"
          ? async (...given: Parameters<typeof stub.fetch>) => {
              await scheduler.wait(150);
              return stub.fetch(...given);
            }
          : Reflect.get(stub, name),
    });
  });
  const late: LimitWord[] = [];
  const from = performance.now();
  const { word, whole } = askLimiter(env, { ...CALLER, tenantId: "ten_slow" }, (said) => late.push(said));
  expect(await word).toBeNull();
  expect(performance.now() - from).toBeLessThan(140);
  await whole;
  expect(late).toMatchObject([{ waitMs: 0, tenant: { requests: 7 } }]);
});
