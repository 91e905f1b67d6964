import { toTimestamp } from "../../../core/contract/common.ts";
import type { DraftBody } from "../../../core/contract/draft.ts";
import type { Delivery, Draft, Enrollment, HeldPhase, Phase, Words } from "../../../core/enrollment.ts";

/** A draft as its enrollment knows it, or null when it knows no such one. */
export function showDraft(state: Enrollment, cadenceId: string, id: string): DraftBody | null {
  const nothing: DraftBody = { ...NOTHING_KNOWN, id, enrollmentId: state.id, cadenceId };
  if ("draft" in state.phase && state.phase.draft?.id === id)
    return { ...nothing, ...inHand(state.phase), about: "step", stepIndex: state.step };
  const lane = state.answers.find(({ phase }) => phase.draft?.id === id);
  if (lane !== undefined) return { ...nothing, ...inHand(lane.phase), about: "reply" };
  const question = state.deliveries.find((delivery) => delivery.id === id && delivery.question !== null);
  if (question !== undefined) return { ...nothing, ...asked(question), about: "reply" };
  const outcome = state.outcomes.find((passed) => passed.draftId === id);
  if (outcome !== undefined) return { ...nothing, about: "step", stepIndex: outcome.step, outcome: outcome.outcome };
  const isSettled =
    state.settled.some((settled) => settled.id === id) ||
    (state.phase.name === "waiting" && state.phase.previousDraftId === id);
  return isSettled ? { ...nothing, about: id.startsWith("evt_") ? "reply" : "step" } : null;
}

const NOTHING_KNOWN = {
  about: "step",
  stepIndex: null,
  status: "settled",
  source: null,
  attempt: null,
  previousDraftId: null,
  createdAt: null,
  expiresAt: null,
  subject: null,
  body: null,
  html: null,
  meta: null,
  heldReason: null,
  heldDetail: null,
  heldSince: null,
  outcome: null,
} as const;

type InHand = Exclude<Phase, { name: "waiting" | "finished" }>;

function inHand(phase: InHand): Partial<DraftBody> {
  return {
    status: phase.name,
    ...(phase.draft === null ? {} : question(phase.draft)),
    ...("words" in phase && phase.words !== null ? text(phase.words) : {}),
    ...(phase.name === "held" ? held(phase) : {}),
  };
}

function question(draft: Draft): Partial<DraftBody> {
  return {
    source: draft.source,
    attempt: draft.attempt,
    previousDraftId: draft.previousDraftId,
    createdAt: toTimestamp(draft.createdAt),
    expiresAt: toTimestamp(draft.expiresAt),
  };
}

function text(words: Words): Partial<DraftBody> {
  return {
    subject: words.subject,
    body: words.text,
    html: words.html,
    meta: words.meta === null ? null : { ...words.meta },
  };
}

function held(phase: HeldPhase): Partial<DraftBody> {
  return { heldReason: phase.reason, heldDetail: phase.detail, heldSince: toTimestamp(phase.since) };
}

/** A reply that was told and may still be answered. */
function asked(delivery: Delivery): Partial<DraftBody> {
  const status = { due: "resting", in_flight: "drafting", expecting: "expecting" } as const;
  return {
    status: status[delivery.phase],
    source: "webhook",
    attempt: delivery.attempt,
    createdAt: toTimestamp(delivery.firstAt),
    expiresAt: delivery.question === null ? null : toTimestamp(delivery.question.expiresAt),
  };
}
