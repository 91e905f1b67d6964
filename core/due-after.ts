import type { CadenceVersion } from "./cadence.ts";
import { stepDelayMs } from "./contract/step.ts";
import { jitterMs } from "./jitter.ts";

/** When (ms) a step is due whose predecessor was completed at `at`: its delay later, and the jitter of this enrollment and step. */
export function dueAfter(at: number, enrollmentId: string, index: number, { steps, settings }: CadenceVersion): number {
  const step = steps[index];
  return step === undefined ? at : at + stepDelayMs(step) + jitterMs(enrollmentId, index, settings.jitterMinutes ?? 0);
}
