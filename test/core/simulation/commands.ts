import fc from "fast-check";
import { STARTS, STEPS, type WorldShape } from "./cadences.ts";
import { HOUR, ROLLS, type Switches } from "./far-sides.ts";
import { Violation } from "./invariants.ts";
import type { Engine } from "./shell.ts";
import { type ReportKind, type TaskVerb, World } from "./world.ts";

const roll = fc.nat(ROLLS - 1);
const few = fc.nat(3);
const DAY = 24 * HOUR;

/** What may happen, as plain data, so that a failed run prints as a story. */
export type Command =
  | { readonly do: "tick" | "settle" | "ring" | "kill"; readonly roll: number }
  | { readonly do: "end"; readonly which: number; readonly roll: number }
  | { readonly do: "advance"; readonly ms: number; readonly roll: number }
  | { readonly do: "jump"; readonly ms: number }
  | {
      readonly do: "receive";
      readonly kind: "human" | "auto_reply" | "bounce" | "other";
      readonly sure: boolean;
      readonly again: boolean;
    }
  | { readonly do: "accept"; readonly isTold: boolean }
  | { readonly do: "task"; readonly verb: TaskVerb; readonly which: number }
  | { readonly do: "report"; readonly which: number; readonly kind: ReportKind }
  | {
      readonly do:
        | "pause"
        | "resume"
        | "unenroll"
        | "refuse_contact"
        | "edit_lead"
        | "flood"
        | "disconnect"
        | "change_account"
        | "foreign_message"
        | "foreign_send";
    }
  | { readonly do: "wake"; readonly cause: "run_now" | "switch_on" | "endpoint_restored" | "swept" }
  | { readonly do: "complete"; readonly which: number; readonly kind: string; readonly repeat: boolean }
  | {
      readonly do: "act";
      readonly verb: "release" | "edit" | "skip" | "retry" | "arrived" | "again";
      readonly which: number;
    }
  | { readonly do: "switch"; readonly which: keyof Switches | "foreign_slots" };

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 30, arbitrary: fc.record({ do: fc.constant("tick"), roll }) },
  { weight: 14, arbitrary: fc.record({ do: fc.constant("settle"), roll }) },
  { weight: 12, arbitrary: fc.record({ do: fc.constant("end"), which: few, roll }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("ring"), roll }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("kill"), roll }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant("advance"), ms: fc.constantFrom(1_000, 40_000, HOUR, DAY, 3 * DAY), roll }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("receive"),
      kind: fc.constantFrom("human", "human", "human", "auto_reply", "bounce", "other"),
      sure: fc.boolean(),
      again: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("report"),
      which: few,
      kind: fc.constantFrom("delivered", "delivered", "delayed", "bounced_soft", "bounced_dead", "complained"),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("disconnect") }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("accept"), isTold: fc.constantFrom(true, true, false) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("task"),
      verb: fc.constantFrom("done", "skip", "not_connected"),
      which: few,
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("jump"), ms: fc.constantFrom(-HOUR, HOUR) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "pause",
        "resume",
        "resume",
        "unenroll",
        "refuse_contact",
        "edit_lead",
        "change_account",
        "foreign_message",
        "foreign_send",
      ),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("flood") }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("wake"),
      cause: fc.constantFrom("run_now", "switch_on", "endpoint_restored", "swept"),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("complete"),
      which: few,
      kind: fc.constantFrom("body", "body", "skip", "defer", "stop", "continue", "review"),
      repeat: fc.boolean(),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant("act"),
      verb: fc.constantFrom("release", "edit", "skip", "retry", "arrived", "again"),
      which: few,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant("switch"),
      which: fc.constantFrom(
        "database",
        "tenant",
        "cadence",
        "endpoint",
        "endpoint",
        "breaker",
        "breaker",
        "mailbox",
        "account",
        "hasMailbox",
        "suppressed",
        "repliedElsewhere",
        "foreign_slots",
      ),
    }),
  },
);

/** A world and what happens in it. */
export const story: fc.Arbitrary<readonly [WorldShape, readonly Command[]]> = fc.tuple(
  fc.record({
    steps: fc.nat(STEPS.length - 1),
    onAmbiguous: fc.constantFrom("hold", "hold", "assume_sent", "resend_after"),
    exitOnReply: fc.constantFrom(true, true, false),
    businessHoursOnly: fc.boolean(),
    dailySendCap: fc.constantFrom(50, 1),
    provider: fc.constantFrom("forgets", "knows_keys", "keeps_records"),
    linkedin: fc.constantFrom("unipile", "unipile", "manual"),
    onUnreachable: fc.constantFrom("stop", "skip"),
    hangs: fc.constantFrom(false, false, true),
    startAt: fc.constantFrom(...STARTS),
    leadZone: fc.constantFrom(null, null, "Asia/Kathmandu", "America/New_York"),
    jitterMinutes: fc.constantFrom(0, 0, 45),
    personLimit: fc.constantFrom(null, { messages: 1, days: 2 }, { messages: 2, days: 3 }),
    pace: fc.constantFrom("none", "none", "one a day", "two a day, an hour apart", "a growing number"),
  }),
  fc.array(command, { maxLength: 40, size: "max" }),
);

/** Plays the story, checks after every command, then heals the world and lets it come to its end; answers the world as it is then. */
export function play([shape, commands]: readonly [WorldShape, readonly Command[]], engine: Engine): World {
  const world = new World(shape, engine);
  for (const command of commands) {
    if (world.shell.disk.forgotten) break;
    run(command, world);
    world.witness.check(world.shell);
  }
  if (!world.shell.disk.forgotten) heal(world);
  drain(world);
  return world;
}

function run(command: Command, world: World): void {
  switch (command.do) {
    case "tick":
      return world.tick(command.roll);
    case "settle":
      return world.settleAll(command.roll);
    case "end":
      return world.endOne(command.which, command.roll);
    case "ring":
      return world.ring(command.roll);
    case "kill":
      return world.kill(command.roll);
    case "jump":
      return world.jump(command.ms);
    case "advance":
      return world.advanceTo(world.now + command.ms, command.roll);
    case "receive":
      return world.receive(command.kind, command.sure, command.again);
    case "accept":
      return world.accept(command.isTold);
    case "task":
      return world.task(command.verb, command.which);
    case "report":
      return world.report(command.which, command.kind);
    case "refuse_contact":
      return world.refuseContact();
    case "pause":
    case "resume":
    case "unenroll":
    case "flood":
      return world[command.do]();
    case "disconnect":
      world.far.isConnected = false;
      return;
    case "change_account":
      world.far.account = `account of ${world.now}`;
      return;
    case "foreign_message":
      return world.far.foreignMessage(world.shell.state.lead.email ?? "", world.now);
    case "foreign_send":
      return world.far.sendForeign(world.now);
    case "edit_lead":
      return void world.request({
        type: "lead_edited",
        by: "person",
        lead: { email: `jane${world.now}@lead.example` },
      });
    case "wake":
      return void world.request({ type: "woken", cause: command.cause });
    case "complete":
      return world.complete(command.which, command.kind, command.repeat);
    case "act":
      return world.act(command.verb, command.which);
    case "switch": {
      if (command.which === "foreign_slots") world.far.foreignSlots = 50 - world.far.foreignSlots;
      else world.far.switches[command.which] = !world.far.switches[command.which];
    }
  }
}

function heal(world: World): void {
  Object.assign(world.far.switches, {
    database: true,
    tenant: true,
    cadence: true,
    endpoint: true,
    breaker: true,
    mailbox: true,
    account: true,
    hasMailbox: true,
    suppressed: false,
    repliedElsewhere: false,
  });
  world.far.foreignSlots = 0;
  world.isHealed = true;
  world.settleAll(0);
  world.request({ type: "woken", cause: "endpoint_restored" });
}

/** Every enrollment ends, or waits for a person; and when the person acts, it ends. */
function drain(world: World): void {
  untilQuiet(world);
  for (let acts = 0; acts < 200 && !isOver(world); acts += 1) {
    if (world.shell.state.paused !== null) world.resume();
    world.act(acts % 2 === 0 ? "arrived" : "retry", acts >> 1);
    world.act("skip", acts);
    world.task(acts % 2 === 0 ? "done" : "skip", acts);
    untilQuiet(world);
  }
  if (!isOver(world))
    throw new Violation(
      `nobody can bring it to an end: ${world.shell.state.phase.name} of step ${world.shell.state.step}`,
    );
  world.witness.drained(world.shell);
}

function untilQuiet(world: World): void {
  for (let ticks = 0; ticks < 400; ticks += 1) {
    const { alarm, state } = world.shell.disk;
    const forgetting = isOver(world) && state.phase.name === "finished" && alarm === state.phase.wakeAt;
    if (alarm === null || forgetting || world.shell.disk.forgotten) return;
    world.tick(0);
    world.settleAll(0);
    world.witness.check(world.shell);
  }
  throw new Violation("the alarm rings without an end");
}

function isOver(world: World): boolean {
  const { state, forgotten } = world.shell.disk;
  return (
    forgotten ||
    (state.phase.name === "finished" &&
      state.answers.length === 0 &&
      state.deliveries.length === 0 &&
      state.unusedSlots.length === 0 &&
      (state.contacts ?? []).length === 0 &&
      state.replyNews == null)
  );
}
