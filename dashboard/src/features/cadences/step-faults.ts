import type { Problem } from "../../../../core/contract/problem.ts";

/** What the engine found wrong, by the key of the step and the name of the field; "" for the step as a whole. */
export type StepFaults = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Sorts a refusal's faults (`/steps/1/delayDays`) to the steps that were sent, by their keys. */
export function stepFaultsOf({ errors = [] }: Partial<Problem>, keys: readonly string[]): StepFaults {
  const faults: Record<string, Record<string, string>> = {};
  for (const fault of errors) {
    if (!("pointer" in fault)) continue;
    const [, list, index, field = ""] = fault.pointer.split("/");
    const key = list === "steps" ? keys[Number(index)] : undefined;
    if (key === undefined) continue;
    faults[key] = { ...faults[key], [field]: fault.detail };
  }
  return faults;
}
