import { atLeast, draftRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { DRAFT_ATTEMPTS_MAX, DRAFT_LIFETIME_MS, DRAFT_REFUSALS_MAX, LEASE_MS } from "../contract/limits.ts";
import type { Step } from "../contract/step.ts";
import type { Effect, Transition, Write } from "../effects.ts";
import { type Draft, type Enrollment, nextDraftId } from "../enrollment.ts";
import type { Chance, DraftFailure, EventOf, Lane } from "../events.ts";
import { closedBy } from "../gates/gate.ts";
import { renderStatic } from "../merge.ts";
import { andThen, become, first, journal, note, nothing } from "./build.ts";
import { ready } from "./decide.ts";
import { capVerdict, closed, skip, slotNeeded, trace } from "./gated.ts";
import { hold } from "./hold.ts";
import { phaseOf, withPhase } from "./lane.ts";
import { exit, giveSlotBack, next } from "./next.ts";
import { failureName, isGone, tell } from "./tell.ts";

const NOTHING_KEPT = { draft: null, words: null, job: null } as const;
const FACTS_AGAIN_MS = 30_000;
const TIMEOUT_REST_MIN_MS = 60_000;

/** The step's time has come. A wait is over by that; a message first needs the facts. */
export function due(state: Enrollment, at: number, cadence: CadenceVersion): Transition {
  const step = cadence.steps[state.step];
  if (step === undefined) return nothing(state);
  if (step.kind === "wait") return next(state, cadence, at, "waited", null);
  return become(state, [], [{ type: "read_facts", purpose: { to: "draft" } }]);
}

/** The facts before a draft are there: every gate is asked before the customer's model is. */
export function factsForDraft(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting") return nothing(state);
  const phase = state.phase;
  const gates = trace(state, cadence, event.at, event.facts, "draft", step);
  const verdict = closedBy(gates);
  // What is held needs a name, or nobody could skip it or ask again.
  if (verdict?.verdict === "hold")
    return hold(counted(state), cadence, event.at, verdict.reason, verdict.detail, {
      ...NOTHING_KEPT,
      draft: newDraft(state, event.at, step, null),
    });
  if (verdict !== null)
    return closed(state, cadence, event.at, gates, NOTHING_KEPT, (wakeAt, waitingFor) => ({
      ...state,
      phase: { ...phase, wakeAt, waitingFor },
    }));
  const slot = slotNeeded(event.at, event.facts, null);
  if (slot === null) return ask(state, event.at, cadence, step, null);
  const { dailySendCap } = cadence.settings;
  return become(
    state,
    [],
    [
      {
        type: "reserve_slot",
        purpose: event.purpose,
        facts: event.facts,
        slot: { draftId: nextDraftId(state), day: slot.day },
        opensAt: slot.opensAt,
        cap: dailySendCap,
      },
    ],
  );
}

/** The slot for today is there, or there is none left today. */
export function slotForDraft(state: Enrollment, event: EventOf<"slot_answered">, cadence: CadenceVersion): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting")
    return event.granted ? become({ ...state, unusedSlots: [...state.unusedSlots, event.slot] }) : nothing(state);
  if (event.granted) return ask(state, event.at, cadence, step, event.slot.day);
  const phase = state.phase;
  const gates = [
    ...trace(state, cadence, event.at, event.facts, "draft", step),
    capVerdict(event.slot.day, cadence.settings.dailySendCap, false, event.opensAt),
  ];
  return closed(state, cadence, event.at, gates, NOTHING_KEPT, (wakeAt, waitingFor) => ({
    ...state,
    phase: { ...phase, wakeAt, waitingFor },
  }));
}

/** Between two attempts the switches are looked at again; then the same draft is asked once more. */
export function factsForRetry(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  if (state.phase.name !== "resting" || state.paused !== null || state.phase.wakeAt > event.at) return nothing(state);
  const { draft } = state.phase;
  const phase = state.phase;
  const gates = trace(state, cadence, event.at, event.facts, "retry", cadence.steps[state.step] ?? null);
  if (closedBy(gates) !== null)
    return closed(state, cadence, event.at, gates, { ...NOTHING_KEPT, draft }, (wakeAt) => ({
      ...state,
      phase: { ...phase, wakeAt },
    }));
  if (event.at >= draft.expiresAt) return giveUp(state, event.at, cadence, draft, "expired");
  return attempt(state, event.at, draft);
}

/** A fact that can't be read is no fact: look again in a while, and send nothing meanwhile. */
export function factsUnreadable(state: Enrollment, event: EventOf<"facts_unreadable">): Transition {
  const lane: Lane = event.purpose.to === "send" ? event.purpose.lane : { of: "step" };
  const phase = phaseOf(state, lane);
  if (phase?.name !== "waiting" && phase?.name !== "resting" && phase?.name !== "ready") return nothing(state);
  if (phase.wakeAt > event.at) return nothing(state);
  const later = { ...phase, wakeAt: event.at + Math.round(FACTS_AGAIN_MS * (0.8 + 0.4 * event.dice)) };
  const waits = later.name === "ready" ? withPhase(state, lane, later) : { ...state, phase: later };
  return become(waits, [note(state, event.at, "facts_unreadable", { detail: { detail: event.detail } })]);
}

/** An attempt without a usable answer: again by the schedule, or the step's onDraftFailure. */
export function draftFailed(state: Enrollment, event: EventOf<"draft_failed">, cadence: CadenceVersion): Transition {
  const current =
    state.phase.name === "drafting" &&
    state.phase.draft.id === event.draftId &&
    state.phase.draft.attempt === event.attempt
      ? state.phase.draft
      : null;
  if (current === null) return become(state, [attemptLine(state, event, "too late, not used")]);
  const draft = isRefusal(event.failure) ? { ...current, refusals: current.refusals + 1 } : current;
  const reason = failureName(event.failure);
  if (isGone(event.failure)) {
    const detail = "the endpoint answered 410 Gone and was disabled; enable it again to go on";
    const disable: readonly Effect[] =
      cadence.endpointId === null
        ? []
        : [{ type: "disable_endpoint", endpointId: cadence.endpointId, reason: "answered 410 Gone" }];
    return first(
      [attemptLine(state, event, "hold: endpoint disabled")],
      hold(state, cadence, event.at, "endpoint_disabled", detail, { ...NOTHING_KEPT, draft }),
      disable,
    );
  }
  const wakeAt = event.at + restMs(event.failure, draft.attempt, event);
  const over = draft.attempt >= DRAFT_ATTEMPTS_MAX || draft.refusals >= DRAFT_REFUSALS_MAX || wakeAt >= draft.expiresAt;
  if (over) {
    const given = cadence.steps[state.step]?.onDraftFailure ?? "hold";
    return first(
      [attemptLine(state, event, `given up: ${given}`)],
      giveUp(state, event.at, cadence, draft, describe(event.failure)),
    );
  }
  return become({ ...state, phase: { name: "resting", draft, lastFailure: reason, wakeAt } }, [
    attemptLine(state, event, "try again"),
  ]);
}

/** No answer will come any more: the step's onDraftFailure says what happens. We never invent content. */
export function giveUp(state: Enrollment, at: number, cadence: CadenceVersion, draft: Draft, why: string): Transition {
  const step = cadence.steps[state.step];
  const failed = tell(state, cadence, at, "cadence.step.failed", {
    data: { stepIndex: state.step, draftId: draft.id, reason: "draft_failed", detail: why },
  });
  switch (step?.onDraftFailure ?? "hold") {
    case "skip":
      return andThen(failed, (after) => skip(giveSlotBack(after, draft), cadence, at, draft, "draft_failed"));
    case "stop":
      return andThen(failed, (after) =>
        exit(after, cadence, at, { state: "exited", reason: "draft_failed", detail: why }),
      );
    case "fallback":
      return andThen(failed, (after) => speak(after, at, cadence, draft, step));
    case "hold":
      return hold(state, cadence, at, "draft_failed", why, { ...NOTHING_KEPT, draft });
  }
}

/** The first asking of a draft: claimed, with the lease, before the request leaves. A static step has its words already. */
function ask(state: Enrollment, at: number, cadence: CadenceVersion, step: Step, slotDay: string | null): Transition {
  const draft = newDraft(state, at, step, slotDay);
  return step.draftStrategy === "static"
    ? speak(counted(state), at, cadence, draft, step)
    : attempt(counted(state), at, draft);
}

function newDraft(state: Enrollment, at: number, step: Step, slotDay: string | null): Draft {
  const previousDraftId = state.phase.name === "waiting" ? state.phase.previousDraftId : null;
  return {
    id: nextDraftId(state),
    previousDraftId,
    source: step.draftStrategy,
    createdAt: at,
    expiresAt: at + DRAFT_LIFETIME_MS,
    attempt: 0,
    refusals: 0,
    slotDay,
  };
}

function counted(state: Enrollment): Enrollment {
  return { ...state, counters: { ...state.counters, asked: state.counters.asked + 1 } };
}

function attempt(state: Enrollment, at: number, draft: Draft): Transition {
  const begun = { ...draft, attempt: draft.attempt + 1 };
  return become(
    { ...state, phase: { name: "drafting", draft: begun, wakeAt: at + LEASE_MS } },
    [],
    [{ type: "request_draft", draftId: draft.id, attempt: begun.attempt }],
  );
}

/** The step's own static text, with the lead's fields merged in. A placeholder that has no value holds the step. */
function speak(
  state: Enrollment,
  at: number,
  cadence: CadenceVersion,
  draft: Draft,
  step: Step | undefined,
): Transition {
  const words = { subject: step?.staticSubject ?? null, text: step?.staticBody ?? "", html: null, meta: null };
  const rendered = renderStatic(words, state.lead);
  if (rendered.missing.length > 0) {
    const detail = `the lead has no value for ${rendered.missing.join(", ")}`;
    return hold(state, cadence, at, "placeholder_left", detail, { draft, words: rendered.words, job: null });
  }
  return ready(state, at, draft, rendered.words);
}

function dueStep(state: Enrollment, at: number, cadence: CadenceVersion): Step | null {
  if (state.phase.name !== "waiting" || state.paused !== null || state.phase.wakeAt > at) return null;
  return cadence.steps[state.step] ?? null;
}

function isRefusal(failure: DraftFailure): boolean {
  if (failure.kind === "invalid" || failure.kind === "too_large" || failure.kind === "refused_url") return true;
  return failure.kind === "http" && failure.status < 500 && ![408, 425, 429].includes(failure.status);
}

function restMs(failure: DraftFailure, attempts: number, { dice, hurry }: Chance): number {
  const planned = draftRetryMs(attempts, dice, hurry);
  if (failure.kind === "timeout" || failure.kind === "lost")
    return atLeast(Math.max(planned, TIMEOUT_REST_MIN_MS), null);
  if (failure.kind !== "http") return planned;
  const floor = failure.status === 408 || failure.status === 429 ? TIMEOUT_REST_MIN_MS : 0;
  return atLeast(Math.max(planned, floor), failure.retryAfterMs);
}

function describe(failure: DraftFailure): string {
  if (failure.kind === "invalid") return `the answer breaks the contract: ${failure.issues.join("; ")}`;
  if (failure.kind === "refused_url") return failure.detail;
  return `the last attempt ended as ${failureName(failure)}`;
}

function attemptLine(state: Enrollment, event: EventOf<"draft_failed">, decision: string): Write {
  if (event.exchange === null)
    return note(state, event.at, "draft_attempt_failed", {
      subjectId: event.draftId,
      detail: { ...event.failure, attempt: event.attempt, decision },
    });
  return journal({
    kind: "exchange",
    at: event.at,
    about: "draft",
    subjectId: event.draftId,
    eventType: "cadence.step.draft.requested",
    step: state.step,
    attempt: event.attempt,
    exchange: event.exchange,
    outcome: event.failure.kind === "invalid" ? "draft_invalid" : failureName(event.failure),
    reason: event.failure.kind === "invalid" ? event.failure.issues.join("; ") : event.exchange.reason,
    decision,
  });
}
