import { atLeast, draftRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { DRAFT_ATTEMPTS_MAX, DRAFT_REFUSALS_MAX } from "../contract/limits.ts";
import type { OnDraftFailure, Step } from "../contract/step.ts";
import type { Effect, Transition, Write } from "../effects.ts";
import type { Draft, Enrollment } from "../enrollment.ts";
import type { Chance, DraftFailure, EventOf } from "../events.ts";
import { renderStatic } from "../merge.ts";
import { DRAFT_GIVEN_UP } from "../tally.ts";
import { andThen, become, first, journal, note } from "./build.ts";
import { ready } from "./decide.ts";
import { skip } from "./gated.ts";
import { hold } from "./hold.ts";
import { exit, giveSlotBack } from "./next.ts";
import { failureName, isGone, tell } from "./tell.ts";

const NOTHING_KEPT = { draft: null, words: null, job: null } as const;
const TIMEOUT_REST_MIN_MS = 60_000;

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
  return become({ ...state, phase: { name: "resting", draft, lastFailure: reason, waitingFor: null, wakeAt } }, [
    attemptLine(state, event, "try again"),
  ]);
}

/** No answer will come any more: the step's onDraftFailure says what happens. We never invent content. */
export function giveUp(state: Enrollment, at: number, cadence: CadenceVersion, draft: Draft, why: string): Transition {
  const step = cadence.steps[state.step];
  const instead = step?.onDraftFailure ?? "hold";
  const line = note(state, at, DRAFT_GIVEN_UP, { subjectId: draft.id, detail: { reason: why, instead } });
  return first([line], insteadOf(state, at, cadence, draft, why, step, instead));
}

function insteadOf(
  state: Enrollment,
  at: number,
  cadence: CadenceVersion,
  draft: Draft,
  why: string,
  step: Step | undefined,
  instead: OnDraftFailure,
): Transition {
  const failed = tell(state, cadence, at, "cadence.step.failed", {
    data: { stepIndex: state.step, draftId: draft.id, reason: "draft_failed", detail: why },
  });
  switch (instead) {
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

/** The step's own static text, with the lead's fields merged in. A placeholder that has no value holds the step. */
export function speak(
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

function isRefusal(failure: DraftFailure): boolean {
  if (failure.kind === "invalid" || failure.kind === "too_large" || failure.kind === "refused_url") return true;
  return failure.kind === "http" && failure.status < 500 && ![408, 425, 429].includes(failure.status);
}

function restMs(failure: DraftFailure, attempts: number, { dice, hurry }: Chance): number {
  const planned = draftRetryMs(attempts, dice, hurry);
  // A process of ours that died says nothing of the endpoint, and its lease was a rest already.
  if (failure.kind === "timeout") return atLeast(Math.max(planned, TIMEOUT_REST_MIN_MS), null);
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
