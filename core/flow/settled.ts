import type { Enrollment } from "../enrollment.ts";

/** Questions are many where somebody writes back often; a repeat of an answer comes soon or never. */
const SETTLED_MAX = 200;

/** The enrollment that knows that a question has its answer. What is forgotten counts as not waiting for one. */
export function withSettled(state: Enrollment, id: string, digest: string): Enrollment {
  return { ...state, settled: [...state.settled, { id, digest }].slice(-SETTLED_MAX) };
}
