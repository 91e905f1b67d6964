import fc from "fast-check";
import { expect, test } from "vitest";
import { play, story } from "./commands.ts";
import { Violation } from "./invariants.ts";
import { MUTANTS } from "./mutants.ts";
import type { Engine } from "./shell.ts";

/** A mutant that lives through so many runs has survived. */
const RUNS_MAX = 20_000;
const SEED = 20_261_123;

test.each(Object.entries(MUTANTS))(
  "the simulation notices an engine that %s",
  { timeout: 300_000 },
  (_name, mutant) => {
    expect(firstViolation(mutant)).toBeInstanceOf(Violation);
  },
);

/** What the checker says of the first run that breaks a promise; null when none does. */
function firstViolation(engine: Engine): unknown {
  let violation: unknown = null;
  fc.check(
    fc.property(story, (told) => {
      try {
        play(told, engine);
      } catch (error) {
        violation = error;
      }
      return violation === null;
    }),
    { numRuns: RUNS_MAX, seed: SEED, endOnFailure: true },
  );
  return violation;
}
