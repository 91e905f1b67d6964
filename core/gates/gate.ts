import type { CadenceVersion } from "../cadence.ts";
import type { Step } from "../contract/step.ts";
import type { Enrollment, HeldReason } from "../enrollment.ts";
import type { Facts } from "../facts.ts";

export type GateName =
  | "switches"
  | "suppression"
  | "endpoint"
  | "mailbox"
  | "condition"
  | "absence"
  | "window"
  | "endpoint_health"
  | "daily_cap"
  | "mailbox_pace";

/** One gate's word, with the facts it read: the decision trace is a list of these. */
export type GateVerdict = { readonly gate: GateName; readonly read: Readonly<Record<string, unknown>> } & (
  | { readonly verdict: "pass" }
  | { readonly verdict: "wait"; readonly until: number; readonly reason: string }
  | { readonly verdict: "hold"; readonly reason: HeldReason; readonly detail: string }
  | { readonly verdict: "skip"; readonly reason: string }
  | { readonly verdict: "stop"; readonly reason: "suppressed"; readonly detail: string }
);

/** Everything a gate may look at. */
export interface GateContext {
  readonly now: number;
  readonly enrollment: Enrollment;
  readonly cadence: CadenceVersion;
  readonly step: Step | null;
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

/** The verdict that closed the way, or null when all passed. */
export function closedBy(trace: readonly GateVerdict[]): Exclude<GateVerdict, { verdict: "pass" }> | null {
  const last = trace.at(-1);
  return last === undefined || last.verdict === "pass" ? null : last;
}
