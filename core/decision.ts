import type { CadenceVersion } from "./cadence.ts";
import { channelOfStep } from "./channel.ts";
import { type Enrollment, type Phase, stateOf } from "./enrollment.ts";
import type { Purpose } from "./events.ts";
import type { Facts } from "./facts.ts";
import { gatesBefore } from "./flow/gated.ts";
import { askGates, type GateVerdict } from "./gates/gate.ts";

/** What one gate says to a step at a time, for whoever asks why. Times in milliseconds. */
export interface GateWord {
  /** A gate's name; `delay` and `person` stand for the step's own time and for what only a person ends. */
  readonly gate: string;
  readonly verdict: GateVerdict["verdict"];
  readonly reason: string | null;
  readonly detail: string | null;
  /** When it would pass, of what it knows; null where it passes, or where that has no time. */
  readonly until: number | null;
  readonly read: Readonly<Record<string, unknown>>;
}

/** A step as it stands before its gates: what they let through, and since when it is due (ms). */
export interface Ahead {
  readonly purpose: Purpose["to"];
  readonly dueAt: number;
}

/** What stands before the gates; null where none is asked next: something is under way, or nothing is left to do. */
export function aheadOf({ phase }: Enrollment): Ahead | null {
  if (phase.name === "waiting") return { purpose: "draft", dueAt: phase.dueAt };
  if (phase.name === "resting") return { purpose: "retry", dueAt: phase.wakeAt };
  return phase.name === "ready" ? { purpose: "send", dueAt: phase.draft.createdAt } : null;
}

/** The words of all gates that need nothing but the facts, at `at` (ms), behind those of the pause and of the step's own time. */
export function wordsAt(
  enrollment: Enrollment,
  cadence: CadenceVersion,
  facts: Facts,
  { purpose, dueAt }: Ahead,
  at: number,
): readonly GateWord[] {
  const step = cadence.steps[enrollment.step] ?? null;
  const own = [pauseWord(enrollment), delayWord(dueAt, enrollment.anchorAt, at)];
  // A wait passes when its time has come: no gate is asked about it.
  const channel = channelOfStep(step);
  const gates = step?.kind === "wait" ? [] : gatesBefore(purpose, channel);
  return [...own, ...askGates(gates, { now: at, enrollment, cadence, step, channel, facts }).map(wordOf)];
}

/** A verdict as a word. */
export function wordOf(said: GateVerdict): GateWord {
  const { gate, read, verdict } = said;
  return {
    ...{ gate, verdict, read },
    reason: said.verdict === "pass" ? null : said.reason,
    detail: said.verdict === "hold" || said.verdict === "stop" ? said.detail : null,
    until: said.verdict === "wait" && said.noTime !== true ? said.until : null,
  };
}

/** Where a search for the first open time goes on from some words. */
export type Onward =
  | { readonly to: "open" }
  /** This gate opens last, then: look again there. */
  | { readonly to: "later"; readonly at: number; readonly by: GateWord }
  /** No time opens it: a person does, or the step isn't sent at all. */
  | { readonly to: "nowhere"; readonly by: GateWord };

/** What these words mean for the search: what no time opens comes first, in the order of the gates, then the latest time. */
export function onward(words: readonly GateWord[]): Onward {
  const closed = words.filter(({ verdict }) => verdict !== "pass");
  const timeless = closed.find(({ until }) => until === null);
  if (timeless !== undefined) return { to: "nowhere", by: timeless };
  const [latest] = closed.toSorted((a, b) => (b.until ?? 0) - (a.until ?? 0));
  return latest?.until == null ? { to: "open" } : { to: "later", at: latest.until, by: latest };
}

/** What an enrollment is doing where no gate is asked next, or who stopped it; null where a gate is. */
export function underWay(enrollment: Enrollment): string | null {
  const { phase } = enrollment;
  switch (phase.name) {
    case "drafting":
      return `the endpoint is being asked, attempt ${phase.draft.attempt}`;
    case "expecting":
      return "the endpoint has promised the text for later (202)";
    case "sending":
      return "the message is with the provider";
    case "tasked":
      return "it is a task for a person, who says when it is done";
    case "held":
      return `it is held for a person: ${phase.detail}`;
    case "finished":
      return `it has ended: ${stateOf(enrollment)}${reasonOf(phase)}`;
    default:
      return null;
  }
}

function reasonOf({ exit }: Extract<Phase, { name: "finished" }>): string {
  return exit.reason === null || exit.reason === exit.state ? "" : `, ${exit.reason}`;
}

function pauseWord({ paused }: Enrollment): GateWord {
  if (paused === null)
    return { gate: "person", verdict: "pass", reason: null, detail: null, until: null, read: { paused: false } };
  return {
    gate: "person",
    verdict: "wait",
    reason: "paused",
    detail: `paused by ${paused.by}`,
    until: null,
    read: { paused: true, pausedBy: paused.by },
  };
}

function delayWord(dueAt: number, anchorAt: number, at: number): GateWord {
  const isDue = dueAt <= at;
  return {
    gate: "delay",
    verdict: isDue ? "pass" : "wait",
    reason: isDue ? null : "not_due",
    detail: null,
    until: isDue ? null : dueAt,
    read: { countsFrom: new Date(anchorAt).toISOString(), dueAt: new Date(dueAt).toISOString() },
  };
}
