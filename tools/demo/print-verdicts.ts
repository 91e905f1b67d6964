import type { Verdict } from "./checks/checks.ts";

const FAILURES_SHOWN_MAX = 20;

/** Prints what was checked and, as the last line, the sum; gives how many failed. */
export function printVerdicts(verdicts: readonly Verdict[]): number {
  for (const { topic, passed, failures } of verdicts) {
    const mark = failures.length === 0 ? "ok    " : "FAILED";
    console.log(`${mark}  ${topic}: ${passed} passed, ${failures.length} failed`);
    for (const failure of failures.slice(0, FAILURES_SHOWN_MAX)) console.log(`        - ${failure}`);
    if (failures.length > FAILURES_SHOWN_MAX) console.log(`        - and ${failures.length - FAILURES_SHOWN_MAX} more`);
  }
  const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
  const failed = verdicts.reduce((sum, verdict) => sum + verdict.failures.length, 0);
  console.log(`demo: ${passed} checks passed, ${failed} failed`);
  return failed;
}
