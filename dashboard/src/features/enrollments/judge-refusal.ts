import { Refusal } from "../../api/call.ts";
import type { Verdict } from "./run-through.ts";

const TRIES_MAX = 4;
/** What would be said of every other one too. */
const FOR_ALL = ["not_published", "quota_reached", "missing_scope", "forbidden", "no_organization", "unauthorized"];

/** Waits as long as the engine asks; repeats what was not its word (no connection, 5xx) a few times; takes the rest for an answer. */
export function judgeRefusal(error: unknown, tries: number): Verdict {
  if (!(error instanceof Refusal)) return { kind: "no" };
  const { status, problem, retryAfterMs } = error;
  if (status === 429) return { kind: "again", ms: retryAfterMs ?? 2_000, all: true };
  if (status === 0 || status >= 500)
    return tries < TRIES_MAX
      ? { kind: "again", ms: retryAfterMs ?? 1_000 * 2 ** (tries - 1), all: true }
      : { kind: "no" };
  if (problem.code === "idempotency_in_progress" && tries < TRIES_MAX)
    return { kind: "again", ms: retryAfterMs ?? 1_000, all: false };
  return FOR_ALL.includes(problem.code ?? "") ? { kind: "stop" } : { kind: "no" };
}
