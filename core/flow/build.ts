import type { Effect, Transition, Write } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { JournalEntry } from "../journal.ts";
import type { ProblemCode } from "../problems.ts";

/** The transition that changes nothing. */
export function nothing(state: Enrollment): Transition {
  return { state, writes: [], effects: [], refusal: null };
}

/** A transition into `state`, with what is written and done besides. */
export function become(state: Enrollment, writes: readonly Write[] = [], effects: readonly Effect[] = []): Transition {
  return { state, writes, effects, refusal: null };
}

/** No, and why; nothing changes. */
export function refuse(state: Enrollment, code: ProblemCode, detail: string): Transition {
  return { state, writes: [], effects: [], refusal: { code, detail } };
}

/** Puts `writes` and `effects` before those of a transition. */
export function first(writes: readonly Write[], transition: Transition, effects: readonly Effect[] = []): Transition {
  return { ...transition, writes: [...writes, ...transition.writes], effects: [...effects, ...transition.effects] };
}

/** Goes on from where `transition` ended. (An export named `then` would make the module a promise to whoever imports it.) */
export function andThen(transition: Transition, next: (state: Enrollment) => Transition): Transition {
  const after = next(transition.state);
  return {
    state: after.state,
    writes: [...transition.writes, ...after.writes],
    effects: [...transition.effects, ...after.effects],
    refusal: after.refusal ?? transition.refusal,
  };
}

/** A line of the journal as a write. */
export function journal(entry: JournalEntry): Write {
  return { type: "journal", entry };
}

/** A note in the journal about the step in hand. */
export function note(
  state: Enrollment,
  at: number,
  code: string,
  more: { by?: string; subjectId?: string | null; detail?: Record<string, unknown> } = {},
): Write {
  return journal({
    kind: "note",
    at,
    step: state.step,
    code,
    subjectId: more.subjectId ?? null,
    by: more.by ?? "engine",
    detail: more.detail ?? {},
  });
}
