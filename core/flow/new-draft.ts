import { DRAFT_LIFETIME_MS } from "../contract/limits.ts";
import type { Step } from "../contract/step.ts";
import { type Draft, type Enrollment, nextDraftId } from "../enrollment.ts";
import { isBelated } from "./pacing.ts";

/** The draft of the step in hand as it begins, before anybody was asked. */
export function newDraft(state: Enrollment, at: number, step: Step, slotDay: string | null): Draft {
  const phase = state.phase.name === "waiting" ? state.phase : null;
  return {
    id: nextDraftId(state),
    previousDraftId: phase?.previousDraftId ?? null,
    source: step.draftStrategy,
    createdAt: at,
    expiresAt: at + DRAFT_LIFETIME_MS,
    attempt: 0,
    refusals: 0,
    slotDay,
    ...(phase !== null && isBelated(at, phase.dueAt, phase.waitingFor) ? { isBelated: true } : {}),
  };
}

/** One more was begun. */
export function counted(state: Enrollment): Enrollment {
  return { ...state, counters: { ...state.counters, asked: state.counters.asked + 1 } };
}
