import { env } from "cloudflare:workers";
import { afterEach, describe, expect, test, vi } from "vitest";
import { EnrollmentObject } from "../../../durable-objects/enrollment.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import type { EnrollmentStub } from "../../../durable-objects/stub.ts";
import {
  alarmOf,
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";

const HOUR = 3_600_000;
const ENROLLMENTS = 2;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What may fail for a day, and how often an enrollment may look at it meanwhile. */
const OUTAGES: readonly (readonly [string, (world: World) => void, number])[] = [
  [
    "D1",
    () =>
      void vi.spyOn(env.DB, "prepare").mockImplementation(() => {
        throw new Error("D1 is gone");
      }),
    // Half of them for the log lines of the other half, which a single machine looks after.
    400,
  ],
  ["the log queue", () => void vi.spyOn(env.LOG_QUEUE, "sendBatch").mockRejectedValue(new Error("no queue")), 250],
  [
    "the daily count",
    () =>
      void vi.spyOn(env.DAILY_CAPS, "getByName").mockImplementation(() => {
        throw new Error("no counter");
      }),
    250,
  ],
  [
    "the endpoint",
    (world) => {
      world.answer = () => new Response("", { status: 500 });
    },
    60,
  ],
  [
    "the object's own disk",
    () =>
      void vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(() => {
        throw new Error("disk trouble");
      }),
    250,
  ],
];

/** Passes a day of outage by the alarms; answers how often each enrollment ran, and which ones were left without an alarm. */
async function aDay(stubs: readonly EnrollmentStub[]): Promise<{ runs: number; dead: number }> {
  let runs = 0;
  for (;;) {
    const alarms = await Promise.all(stubs.map(alarmOf));
    const next = Math.min(...alarms.map((at) => at ?? Number.POSITIVE_INFINITY));
    if (next > START + 24 * HOUR) break;
    vi.setSystemTime(Math.max(Date.now(), next));
    for (const [n, stub] of stubs.entries()) {
      if ((alarms[n] ?? Number.POSITIVE_INFINITY) > next) continue;
      await ring(stub).catch(() => undefined);
      runs += 1;
    }
  }
  const live = await Promise.all(
    stubs.map(async (stub) => ({ phase: (await stub.read())?.phase.name, at: await alarmOf(stub) })),
  );
  const dead = live.filter(({ phase, at }) => phase !== "held" && phase !== "finished" && (at ?? 0) <= Date.now());
  return { runs: runs / stubs.length, dead: dead.length };
}

describe("R3: what fails for 24 hours leaves no enrollment without an alarm, and is not hammered", {
  timeout: 60_000,
}, () => {
  test.each(OUTAGES)("%s", async (name, fail, runsMax) => {
    setClock(START);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const world = await makeWorld({ steps: [{ kind: "email" }] });
    const enrolled = await Promise.all(Array.from({ length: ENROLLMENTS }, () => enroll(world)));
    const stubs = enrolled.map(({ stub }) => stub);
    const fetched = vi.mocked(globalThis.fetch).getMockImplementation();
    fail(world);
    const { runs, dead } = await aDay(stubs);
    console.info(`${name}: ${Math.round(runs)} runs in 24 h`);
    expect(dead).toBe(0);
    expect(runs).toBeGreaterThan(5);
    expect(runs).toBeLessThan(runsMax);
    // And when it is over, each step is sent, once; or it was held for a person, as the contract says of the endpoint.
    vi.restoreAllMocks();
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    vi.spyOn(globalThis, "fetch").mockImplementation(fetched ?? (async () => new Response()));
    world.answer = () => Response.json({ body: "Hello", subject: "A question" });
    for (const { id, stub } of enrolled) {
      if ((await stub.read())?.phase.name === "held") continue;
      await runUntil(stub, async () => (await stub.read())?.phase.name === "finished");
      expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
      expect(await sandboxMail(id)).toHaveLength(1);
    }
  });

  test("the judge sees an engine that doesn't come back", async () => {
    setClock(START);
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    const world = await makeWorld({ steps: [{ kind: "email" }] });
    const { stub } = await enroll(world);
    vi.spyOn(env.DB, "prepare").mockImplementation(() => {
      throw new Error("D1 is gone");
    });
    // Its handler throws, as one would that is written without care.
    vi.spyOn(EnrollmentObject.prototype, "alarm").mockRejectedValue(new Error("thrown"));
    expect((await aDay([stub])).dead).toBe(1);
  });
});
