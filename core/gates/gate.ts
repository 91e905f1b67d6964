import type { CadenceVersion } from "../cadence.ts";
import type { Channel, Step } from "../contract/step.ts";
import type { Enrollment, HeldReason } from "../enrollment.ts";
import type { Facts } from "../facts.ts";

export type GateName =
  | "switches"
  | "suppression"
  | "endpoint"
  | "mailbox"
  | "account"
  | "condition"
  | "absence"
  | "window"
  | "quota"
  | "endpoint_health"
  | "daily_cap"
  | "contact"
  | "mailbox_pace";

/** One gate's word, with the facts it read: the decision trace is a list of these. */
export type GateVerdict = { readonly gate: GateName; readonly read: Readonly<Record<string, unknown>> } & (
  | { readonly verdict: "pass" }
  | {
      readonly verdict: "wait";
      readonly until: number;
      readonly reason: string;
      /** What it waits for has no time: `until` is only when it is looked at again. */
      readonly noTime?: true;
    }
  | { readonly verdict: "hold"; readonly reason: HeldReason; readonly detail: string }
  | { readonly verdict: "skip"; readonly reason: string }
  | {
      readonly verdict: "stop";
      readonly reason: "suppressed" | "replied_elsewhere" | "not_accepted";
      readonly detail: string;
    }
);

/** Everything a gate may look at. */
export interface GateContext {
  readonly now: number;
  readonly enrollment: Enrollment;
  readonly cadence: CadenceVersion;
  /** Null for an answer to a reply. */
  readonly step: Step | null;
  /** By which way it is to go. */
  readonly channel: Channel;
  readonly facts: Facts;
}

export type Gate = (context: GateContext) => GateVerdict;

/** Runs the gates in order and stops at the first that doesn't pass; the trace ends with it. */
export function runGates(gates: readonly Gate[], context: GateContext): readonly GateVerdict[] {
  const trace: GateVerdict[] = [];
  for (const gate of gates) {
    const verdict = gate(context);
    trace.push(verdict);
    if (verdict.verdict !== "pass") break;
  }
  return trace;
}

/** What every gate says, also behind one that doesn't pass: for whoever asks why. */
export function askGates(gates: readonly Gate[], context: GateContext): readonly GateVerdict[] {
  return gates.map((gate) => gate(context));
}

/** The verdict that closed the way, or null when all passed. */
export function closedBy(trace: readonly GateVerdict[]): Exclude<GateVerdict, { verdict: "pass" }> | null {
  const last = trace.at(-1);
  return last === undefined || last.verdict === "pass" ? null : last;
}
