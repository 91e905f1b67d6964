import type { Write } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";

/**
 * Stored bytes live as long as something in the state names them: a message on its way, or an event to be told.
 * Whatever way a transition took, what nothing names any more is dropped with its commit.
 */
export function dropUnnamed(before: Enrollment, after: Enrollment): readonly Write[] {
  const named = new Set(names(after));
  return names(before).flatMap((key): readonly Write[] => (named.has(key) ? [] : [{ type: "drop_text", key }]));
}

function names(state: Enrollment): readonly string[] {
  const jobs = [state.phase, ...state.answers.map(({ phase }) => phase)].flatMap((phase) =>
    "job" in phase && phase.job !== null ? [phase.job.sendKey] : [],
  );
  return [...jobs, ...state.deliveries.map(({ bodyKey }) => bodyKey)];
}
