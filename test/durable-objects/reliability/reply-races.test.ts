import { env } from "cloudflare:workers";
import { afterEach, expect, inject, test, vi } from "vitest";
import type { Enrollment } from "../../../core/enrollment.ts";
import { EnrollmentStore } from "../../../durable-objects/enrollment-store.ts";
import {
  enroll,
  makeWorld,
  ring,
  runUntil,
  START,
  sandboxMail,
  setClock,
  type World,
} from "../../support/enrollment.ts";
import { humanReply } from "../../support/replies.ts";

declare module "vitest" {
  interface ProvidedContext {
    races: number;
  }
}

/** As many as a check of every change can afford; RACES=2000 for the whole figure. */
const RACES = inject("races");

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** What one race came to: the order of the two commits that matter, and what left. */
interface Race {
  /** Whether the first message's intent was committed before the reply; null when it never was. */
  readonly intentFirst: boolean | null;
  readonly mails: number;
  readonly outcome: string | undefined;
}

/** A cadence of two messages, to an endpoint that takes a moment; `exitOnReply` as an engine that heeds replies has it. */
async function raceTrack(exitOnReply: boolean): Promise<World> {
  setClock(START);
  const steps = [{ kind: "email" }, { kind: "email", delayDays: 2 }];
  const world = await makeWorld({ steps, settings: { dailySendCap: 100_000, exitOnReply } });
  slowProvider();
  world.answer = async () => {
    await scheduler.wait(8);
    return Response.json({ body: "Hello", subject: "A question" });
  };
  return world;
}

/** The mail provider takes a moment too, in which a reply may come. */
function slowProvider(): void {
  if (vi.isMockFunction(env.DB.prepare)) return;
  const { prepare } = env.DB;
  const slow = (statement: D1PreparedStatement): D1PreparedStatement =>
    ({
      bind: (...values: unknown[]) => slow(statement.bind(...values)),
      run: () => scheduler.wait(5).then(() => statement.run()),
    }) as D1PreparedStatement;
  vi.spyOn(env.DB, "prepare").mockImplementation((sql) => {
    const statement = prepare.call(env.DB, sql);
    return sql.includes("INSERT INTO sandbox_mail") ? slow(statement) : statement;
  });
}

/** Why a race breaks the promise, or null: at most the message whose intent came first is out, and its step says so. */
function broken({ intentFirst, mails, outcome }: Race): string | null {
  if (intentFirst !== true && mails > 0) return "a message left whose intent came after the reply";
  if (mails > 1) return "the next message left as well";
  const said = intentFirst === true ? "sent" : "stopped";
  return outcome === said && mails === (said === "sent" ? 1 : 0) ? null : `${mails} mails, and the step is ${outcome}`;
}

let leads = 0;

/** A reply that is accepted `turns` turns of the event loop after the step's alarm rang; `meddle` has each state just before its commit. */
async function race(world: World, turns: number, meddle: (state: Enrollment) => void = () => undefined): Promise<Race> {
  leads += 1;
  // Of their own each: a person's reply would end their other enrollments too.
  const { id, stub } = await enroll(world, { email: `race${leads}@lead.example` });
  const order: ("intent" | "reply")[] = [];
  const { commit } = EnrollmentStore.prototype;
  const watch = vi.spyOn(EnrollmentStore.prototype, "commit").mockImplementation(function (
    this: EnrollmentStore,
    state: Enrollment,
    ...rest
  ) {
    if (state.id === id) meddle(state);
    commit.call(this, state, ...rest);
    if (state.id !== id) return;
    if (state.phase.name === "sending" && !order.includes("intent")) order.push("intent");
    if (state.replies.count > 0 && !order.includes("reply")) order.push("reply");
  });
  const running = ring(stub);
  for (let turn = 0; turn < turns; turn += 1) await scheduler.wait(0);
  await stub.receive(humanReply("Call me"));
  await running;
  await runUntil(stub, async () => (await stub.read())?.phase.name === "finished", 20);
  watch.mockRestore();
  const outcome = (await stub.read())?.outcomes[0]?.outcome;
  const mails = (await sandboxMail(id)).length;
  return { intentFirst: order.includes("intent") ? order[0] === "intent" : null, mails, outcome };
}

test("R7: whenever a reply comes in, no message leaves whose intent was committed after it was accepted", {
  timeout: 600_000,
}, async () => {
  const world = await raceTrack(true);
  const seen = { stopped: 0, crossed: 0 };
  for (let n = 0; n < RACES; n += 1) {
    const run = await race(world, n % 25);
    expect([n, run, broken(run)]).toEqual([n, run, null]);
    if (run.intentFirst === true) seen.crossed += 1;
    else seen.stopped += 1;
  }
  console.info(`${RACES} races: ${seen.stopped} stopped, ${seen.crossed} had left before`);
  expect(Math.min(seen.stopped, seen.crossed)).toBeGreaterThan(RACES / 50);
});

test("the control: an engine that doesn't heed a reply, and one that forgets it while a message is on its way, are found", {
  timeout: 120_000,
}, async () => {
  const deaf = await raceTrack(false);
  const forgetful = await raceTrack(true);
  const forget = ({ phase }: Enrollment) => {
    if (phase.name === "sending") Object.assign(phase, { interruptedBy: null });
  };
  const found = new Map<string, number>();
  const times = (why: string) => found.get(why) ?? 0;
  const isFound = () => times(LATE) > 1 && times(NEXT) > 0;
  // Which moment falls where depends on how busy the machine is.
  for (let n = 0; n < ROUNDS_MAX && !isFound(); n += 1) {
    for (const [engine, run] of [
      ["deaf", await race(deaf, n % 25)],
      ["forgetful", await race(forgetful, n % 25, forget)],
    ] as const) {
      const why = `${engine}: ${broken(run)}`;
      found.set(why, times(why) + 1);
    }
  }
  expect([times(LATE) > 1, times(NEXT) > 0, times("deaf: null")]).toEqual([true, true, 0]);
});

const ROUNDS_MAX = 200;
const LATE = "deaf: a message left whose intent came after the reply";
const NEXT = "forgetful: the next message left as well";
