import type { Problem } from "../../../core/contract/problem.ts";

/** What the engine tells a program of its key is told a person in words of theirs. Everything else it says well itself. */
export function forPeople(status: number, problem: Partial<Problem>): Partial<Problem> {
  if (status === 401)
    return { ...problem, detail: "You aren't signed in any more, so nothing was done. Sign in, then try again." };
  if (status === 404 && problem.detail?.includes("this key may see"))
    return {
      ...problem,
      detail: "There is nothing here by this id. It may be gone, or belong to another workspace or to the other mode.",
    };
  return problem;
}
