import type { CadenceVersion } from "../../core/cadence.ts";
import { type Ahead, type GateWord, onward, wordsAt } from "../../core/decision.ts";
import type { Enrollment } from "../../core/enrollment.ts";
import type { Facts } from "../../core/facts.ts";
import { askedWords } from "./asked-gates.ts";

/** After so many looks, each at a later time, the search ends: some gate opens only when another is closed. */
const LOOKS_MAX = 60;

/** What the gates say to a step now, and at the first time at which all of them pass. Times in milliseconds. */
export interface Found {
  readonly wordsNow: readonly GateWord[];
  readonly openAt: number | null;
  /** Those of `openAt`; empty where there is none. */
  readonly wordsThen: readonly GateWord[];
  /** The gate that opens last, or that no time opens; null where all pass now. */
  readonly by: GateWord | null;
}

/** Whose step is asked about. */
export interface Whose {
  readonly env: Env;
  readonly enrollment: Enrollment;
  readonly cadence: CadenceVersion;
  readonly facts: Facts;
}

/** Goes from closed gate to closed gate, each time to when the last of them opens, with the facts of `now`. Changes nothing. */
export async function findOpening(whose: Whose, ahead: Ahead, now: number): Promise<Found> {
  const { enrollment, cadence, facts } = whose;
  const look = async (at: number) => [
    ...wordsAt(enrollment, cadence, facts, ahead, at),
    ...(await askedWords({ ...whose, ahead, now, at })),
  ];
  const wordsNow = await look(now);
  let words: readonly GateWord[] = wordsNow;
  let at = now;
  let by: GateWord | null = null;
  for (let looks = 1; looks <= LOOKS_MAX; looks += 1) {
    const next = onward(words);
    if (next.to === "open") return { wordsNow, openAt: at, wordsThen: words, by };
    if (next.to === "nowhere") return { wordsNow, openAt: null, wordsThen: [], by: next.by };
    by = next.by;
    at = Math.max(next.at, at + 1);
    words = await look(at);
  }
  return { wordsNow, openAt: null, wordsThen: [], by };
}
