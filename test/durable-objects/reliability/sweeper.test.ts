import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, test, vi } from "vitest";
import { sweep } from "../../../worker/cron.ts";
import {
  alarmOf,
  drafts,
  enroll,
  makeWorld,
  ring,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";

const SWEEP_MS = 5 * 60_000;
const ENROLLMENTS = 100;

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Enrolled = Awaited<ReturnType<typeof enroll>>;

/** So many leads who are due, none of whom has an alarm any more. */
async function withoutAlarms(
  count: number,
): Promise<{ readonly world: World; readonly enrolled: readonly Enrolled[] }> {
  setClock(START);
  const world = await makeWorld({ steps: [{ kind: "email" }], settings: { dailySendCap: 1_000 } });
  const enrolled: Enrolled[] = [];
  for (let n = 0; n < count; n += 1) enrolled.push(await enroll(world));
  for (const { stub } of enrolled) await runInDurableObject(stub, (_object, { storage }) => storage.deleteAlarm());
  // Nobody comes by itself: that is what the sweeper is for.
  expect(await Promise.all(enrolled.map(({ stub }) => alarmOf(stub)))).toEqual(Array(count).fill(null));
  return { world, enrolled };
}

/** Two periods go by, with the sweeper's run at the end of each, and each alarm that is set by then rings. */
async function twoPeriods(enrolled: readonly Enrolled[], sweeps: () => Promise<unknown>): Promise<void> {
  for (let period = 1; period <= 2; period += 1) {
    vi.setSystemTime(START + period * SWEEP_MS);
    await sweeps();
    for (const { stub } of enrolled) await ring(stub);
  }
}

test("R4: a hundred alarms deleted behind the engine's back: all go on within two sweeps, and nothing is sent twice", {
  timeout: 60_000,
}, async () => {
  const { world, enrolled } = await withoutAlarms(ENROLLMENTS);
  await twoPeriods(enrolled, () => sweep(env, Date.now()));
  for (const { id, stub } of enrolled) {
    expect((await stub.read())?.outcomes).toMatchObject([{ outcome: "sent" }]);
    expect(await sandboxMail(id)).toHaveLength(1);
  }
  expect(drafts(world)).toHaveLength(ENROLLMENTS);
});

test("the control: without the sweeper they stay where they are", async () => {
  const { world, enrolled } = await withoutAlarms(10);
  await twoPeriods(enrolled, async () => undefined);
  for (const { id, stub } of enrolled) {
    expect(await stub.read()).toMatchObject({ phase: { name: "waiting" }, outcomes: [] });
    expect(await sandboxMail(id)).toEqual([]);
  }
  expect(drafts(world)).toEqual([]);
});
