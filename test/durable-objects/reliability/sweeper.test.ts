import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { sweep } from "../../../worker/cron.ts";
import { alarmOf, drafts, enroll, makeWorld, ring, START, sandboxMail, setClock } from "../../support/enrollment.ts";

const SWEEP_MS = 5 * 60_000;
const ENROLLMENTS = 100;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

test("R4: a hundred alarms deleted behind the engine's back: all go on within two sweeps, and nothing is sent twice", {
  timeout: 60_000,
}, async () => {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 1_000 } });
  const enrolled: Awaited<ReturnType<typeof enroll>>[] = [];
  for (let n = 0; n < ENROLLMENTS; n += 1) enrolled.push(await enroll(world));
  for (const { stub } of enrolled) await runInDurableObject(stub, (_object, { storage }) => storage.deleteAlarm());
  // Nobody comes by itself: that is what the sweeper is for.
  expect(await Promise.all(enrolled.map(({ stub }) => alarmOf(stub)))).toEqual(Array(ENROLLMENTS).fill(null));
  for (let period = 1; period <= 2; period += 1) {
    vi.setSystemTime(START + period * SWEEP_MS);
    await sweep(env, Date.now());
    for (const { stub } of enrolled) await ring(stub);
  }
  for (const { id, stub } of enrolled) {
    expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
    expect(await sandboxMail(id)).toHaveLength(1);
  }
  expect(drafts(world)).toHaveLength(ENROLLMENTS);
});
