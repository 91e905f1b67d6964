import { describe, expect, test } from "vitest";
import { type CaseOutcome, CONFORMANCE_CASES } from "./cases.ts";
import { LOOK_UP_CASES } from "./look-up-cases.ts";
import type { ProviderUnderTest } from "./provider-under-test.ts";

const CASES = [...CONFORMANCE_CASES, ...LOOK_UP_CASES];

/** Every case as a test of this provider; what can't be with it is skipped by name, with the reason. */
export function testConformance(subject: ProviderUnderTest): void {
  describe(`${subject.name} keeps the promises of every mail provider`, () => {
    test.for(CASES)("$name", async ({ run }, context) => {
      const outcome = await run(subject);
      if ("notApplicable" in outcome) return context.skip(outcome.notApplicable);
      expect(outcome.problems).toEqual([]);
    });
  });
}

/** The names of the cases that this provider fails: for planted bad ones. */
export async function findFailures(subject: ProviderUnderTest): Promise<string[]> {
  const failed: string[] = [];
  for (const { name, run } of CASES) {
    const outcome: CaseOutcome = await run(subject).catch((error) => ({ problems: [String(error)] }));
    if ("problems" in outcome && outcome.problems.length > 0) failed.push(name);
  }
  return failed;
}
