import type { CadenceVersion } from "../cadence.ts";
import type { DraftAnswer } from "../contract/draft-answer.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, Words } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import { andThen, become, first, journal, note, refuse } from "./build.ts";
import { skip } from "./gated.ts";
import { hold } from "./hold.ts";
import { exit, giveSlotBack, waiting } from "./next.ts";
import { withSettled } from "./settled.ts";
import { tell } from "./tell.ts";

/** The endpoint answered an attempt in time and within the contract. */
export function draftAnswered(
  state: Enrollment,
  event: EventOf<"draft_answered">,
  cadence: CadenceVersion,
): Transition {
  const draft = awaited(state, event.draftId);
  // An answer counts for the attempt it answers; a later attempt, a completion or a reply may have been faster.
  // After `expiresAt` none does; the lease then ends the asking.
  const current =
    draft !== null && state.phase.name === "drafting" && draft.attempt === event.attempt && event.at < draft.expiresAt
      ? draft
      : null;
  const decision =
    current === null
      ? "too late, not used"
      : event.answer === "later"
        ? "wait for the completion"
        : verbOf(event.answer);
  const line = journal({
    kind: "exchange",
    at: event.at,
    about: "draft",
    subjectId: event.draftId,
    eventType: "cadence.step.draft.requested",
    step: state.step,
    attempt: event.attempt,
    exchange: event.exchange,
    outcome: event.answer === "later" ? "accepted" : "answered",
    reason: null,
    decision,
  });
  if (current === null) return become(state, [line]);
  if (event.answer === "later")
    return become({ ...state, phase: { name: "expecting", draft: current, wakeAt: current.expiresAt } }, [line]);
  return first([line], decide(state, event.at, cadence, current, event.answer, event.digest));
}

/** The answer came to the completion URL. The first valid one wins, whichever way it came; the same one again changes nothing. */
export function completionReceived(
  state: Enrollment,
  event: EventOf<"completion_received">,
  cadence: CadenceVersion,
): Transition {
  const settled = state.settled.find((question) => question.id === event.draftId);
  if (settled !== undefined) {
    if (settled.digest === event.digest) return become(state);
    return refuse(state, "draft_settled", `${event.draftId} has another answer already; the first valid one counts.`);
  }
  const draft = awaited(state, event.draftId);
  if (draft === null) return refuse(state, "draft_settled", `${event.draftId} is not waiting for an answer any more.`);
  if (event.at >= draft.expiresAt)
    return refuse(
      state,
      "draft_expired",
      `${event.draftId} expired at ${new Date(draft.expiresAt).toISOString()}; no answer counts after that.`,
    );
  const line = note(state, event.at, "completion_received", {
    by: "customer",
    subjectId: draft.id,
    detail: { decision: verbOf(event.answer) },
  });
  return first([line], decide(state, event.at, cadence, draft, event.answer, event.digest));
}

/** Words are there: the gates are asked once more, however long it took, and then the message goes. */
export function ready(state: Enrollment, at: number, draft: Draft, words: Words): Transition {
  const phase = { name: "ready", draft, words, job: null, since: at, waitingFor: null, wakeAt: at } as const;
  return become({ ...state, phase }, [], [{ type: "read_facts", purpose: { to: "send", lane: { of: "step" } } }]);
}

/** Body, skip, defer or stop: each has one meaning. */
function decide(
  state: Enrollment,
  at: number,
  cadence: CadenceVersion,
  draft: Draft,
  answer: DraftAnswer,
  digest: string,
): Transition {
  const answered = withSettled(state, draft.id, digest);
  if ("skip" in answer) return skip(giveSlotBack(answered, draft), cadence, at, draft, answer.reason ?? null);
  if ("stop" in answer)
    return exit(answered, cadence, at, {
      state: "exited",
      reason: "stopped_by_customer",
      detail: answer.reason ?? null,
    });
  if ("defer" in answer) {
    const until = at + answer.defer.untilSeconds * 1000;
    const deferred = { ...giveSlotBack(answered, draft), phase: waiting(until, draft.id) };
    const data = {
      stepIndex: state.step,
      draftId: draft.id,
      until: new Date(until).toISOString(),
      reason: answer.reason ?? null,
    };
    return andThen(
      become(deferred, [note(state, at, "deferred", { by: "customer", subjectId: draft.id, detail: data })]),
      (after) => tell(after, cadence, at, "cadence.step.deferred", { data }),
    );
  }
  const words: Words = {
    subject: answer.subject ?? null,
    text: answer.body,
    html: answer.html ?? null,
    meta: answer.meta ?? null,
  };
  if (answer.review === true)
    return hold(answered, cadence, at, "review_requested", "the endpoint asked for a person to look at this one", {
      draft,
      words,
      job: null,
    });
  return ready(answered, at, draft, words);
}

/** The draft that an answer with this id would be for, or null. */
function awaited(state: Enrollment, draftId: string): Draft | null {
  const phase = state.phase;
  if (phase.name !== "drafting" && phase.name !== "resting" && phase.name !== "expecting") return null;
  return phase.draft.id === draftId ? phase.draft : null;
}

function verbOf(answer: DraftAnswer): string {
  return "skip" in answer ? "skip" : "stop" in answer ? "stop" : "defer" in answer ? "defer" : "body";
}
