import type { ApiContext } from "../../api.ts";
import { type ProblemAnswer, problem } from "../../problem.ts";

/** The answer to who asks about people in test mode; null in live mode. A test key is handed around, and they are no test data. */
export function refuseInTest(c: ApiContext): ProblemAnswer<"forbidden"> | null {
  if (c.get("tenant").mode === "live") return null;
  return problem(
    c,
    "forbidden",
    "People belong to the whole tenant, not to its test data. Ask with a live key; signed in, with the header `Drafthook-Mode: live`.",
  );
}
