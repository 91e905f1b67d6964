import type { DoubleAnswer } from "../../../support/api-double.ts";
import type { Arranged, ProviderUnderTest, Situation } from "./provider-under-test.ts";

/** What is the same at every API; `null` is a port with nobody behind it. */
const SAME = {
  takes_everything: "take",
  cannot_be_reached: null,
  breaks_off_before_acceptance: "cut_at_first_bytes",
  breaks_off_during_acceptance: "take_and_cut",
  never_answers: "silence",
} as const satisfies Partial<Record<Situation, DoubleAnswer | null>>;

/** What an API says in the other situations; who is dead, none of them tells. */
export type ApiAnswers = Readonly<
  Record<Exclude<Situation, keyof typeof SAME | "says_the_address_is_dead">, DoubleAnswer | NotApplicable>
> & {
  /** Where it can't tell where a request ended. */
  readonly breaks_off_before_acceptance?: NotApplicable;
};

/** Why a situation can't be with this provider. */
interface NotApplicable {
  readonly notApplicable: string;
}

/**
 * An API's client in front of a double of it, over real sockets. `start` gives the port of a double whose first answer is
 * this one.
 */
export function apiSubject(
  name: string,
  answers: ApiAnswers & { readonly whyNobodyIsDead: string },
  start: (answer: DoubleAnswer) => Promise<number>,
  arrange: (port: number, timeoutMs: number) => Arranged,
): ProviderUnderTest {
  return {
    name,
    async arrange(situation) {
      if (situation === "says_the_address_is_dead") return { notApplicable: answers.whyNobodyIsDead };
      const answer = { ...SAME, ...answers }[situation];
      if (typeof answer === "object" && answer !== null && "notApplicable" in answer) return answer;
      // A port that was just closed is free for anyone; port 1 has no server on any machine.
      const port = answer === null ? 1 : await start(answer);
      return arrange(port, situation === "never_answers" ? 300 : 10_000);
    },
  };
}
