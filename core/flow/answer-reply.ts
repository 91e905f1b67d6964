import type { CadenceVersion } from "../cadence.ts";
import type { ReplyAnswer } from "../contract/draft-answer.ts";
import { DRAFT_LIFETIME_MS, REPLY_QUESTION_LIFETIME_MS } from "../contract/limits.ts";
import { dueAfter } from "../due-after.ts";
import type { Transition } from "../effects.ts";
import {
  canReopen,
  type Delivery,
  type Draft,
  type Enrollment,
  idStem,
  isFinished,
  type ReadyPhase,
} from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import { andThen, become, first, journal, note, nothing, refuse } from "./build.ts";
import { byEngine, lookAgain, pause } from "./interrupt.ts";
import { holdLane } from "./lane.ts";
import { exit, waiting } from "./next.ts";
import { withSettled } from "./settled.ts";
import { settleDelivery, withDelivery } from "./tell.ts";

const REVIEW_REQUESTED = "the endpoint asked for a person to look at this one";

/** An event was received. For a reply the answer may be one of our verbs; the first one counts. */
export function eventDelivered(
  state: Enrollment,
  event: EventOf<"event_delivered">,
  cadence: CadenceVersion,
): Transition {
  const delivery = state.deliveries.find((candidate) => candidate.id === event.deliveryId);
  const current = delivery?.phase === "in_flight" && delivery.attempt === event.attempt ? delivery : null;
  const asked = current?.question ?? null;
  const answer = asked === null ? "none" : event.answer;
  const decision =
    current === null
      ? "too late, not used"
      : answer === "later"
        ? "wait for the completion"
        : answer === "none"
          ? "received"
          : verbOf(answer);
  const lines =
    event.exchange === null
      ? []
      : [
          journal({
            kind: "exchange",
            at: event.at,
            about: "event",
            subjectId: event.deliveryId,
            eventType: delivery?.type ?? "unknown",
            step: delivery?.step ?? null,
            attempt: event.attempt,
            exchange: event.exchange,
            outcome: asked !== null && event.issues.length > 0 ? "answer_invalid" : "answered",
            reason: event.issues.length > 0 ? event.issues.join("; ") : null,
            decision,
          }),
        ];
  if (current === null) return become(state, lines);
  if (answer === "later")
    return become(withDelivery(state, { ...current, phase: "expecting", wakeAt: asked?.expiresAt ?? event.at }), lines);
  if (answer === "none") return become(settleDelivery(state, current), lines);
  return first(lines, answered(state, event.at, current, answer, event.digest, cadence));
}

/** The answer to a reply came to the completion URL. */
export function replyCompletionReceived(
  state: Enrollment,
  event: EventOf<"reply_completion_received">,
  cadence: CadenceVersion,
): Transition {
  const settled = state.settled.find((question) => question.id === event.deliveryId);
  if (settled !== undefined)
    return settled.digest === event.digest
      ? become(state)
      : refuse(state, "draft_settled", `${event.deliveryId} has another answer already; the first valid one counts.`);
  const delivery = state.deliveries.find((candidate) => candidate.id === event.deliveryId);
  if (delivery?.question == null)
    return refuse(state, "draft_settled", `${event.deliveryId} is not waiting for an answer any more.`);
  if (event.at >= delivery.question.expiresAt)
    return refuse(
      state,
      "draft_expired",
      `${event.deliveryId} expired at ${new Date(delivery.question.expiresAt).toISOString()}.`,
    );
  if (state.refused !== null && "body" in event.answer)
    return refuse(state, "already_finished", "The lead wants no more mail: no answer goes out to them.");
  const line = note(state, event.at, "completion_received", {
    by: "customer",
    subjectId: delivery.id,
    detail: { decision: verbOf(event.answer) },
  });
  return first([line], answered(state, event.at, delivery, event.answer, event.digest, cadence));
}

function answered(
  state: Enrollment,
  at: number,
  delivery: Delivery,
  answer: ReplyAnswer,
  digest: string,
  cadence: CadenceVersion,
): Transition {
  const question = delivery.question;
  if (question === null) return nothing(state);
  if ("defer" in answer) {
    const wakeAt = at + answer.defer.untilSeconds * 1000;
    const delivered = state.counters.delivered + 1;
    // A new asking has a new id: the old one is the customer's cache key, and its answer was "later".
    const later: Delivery = {
      ...delivery,
      id: `evt_${idStem(state.id)}_${delivered}`,
      attempt: 0,
      phase: "due",
      restedMs: 0,
      firstAt: wakeAt,
      wakeAt,
      question: { ...question, expiresAt: wakeAt + REPLY_QUESTION_LIFETIME_MS },
    };
    const deliveries = state.deliveries.map((candidate) => (candidate.id === delivery.id ? later : candidate));
    const asked = withSettled(
      { ...state, deliveries, counters: { ...state.counters, delivered } },
      delivery.id,
      digest,
    );
    return become(asked, [
      note(state, at, "reply_deferred", {
        by: "customer",
        subjectId: delivery.id,
        detail: { until: new Date(wakeAt).toISOString(), nextId: later.id },
      }),
    ]);
  }
  const closed = settleDelivery(withSettled(state, delivery.id, digest), delivery);
  if ("action" in answer) return act(closed, at, question.reply, answer.action, answer.reason ?? null, cadence);
  if (closed.refused !== null)
    return become(closed, [
      note(closed, at, "reply_answer_dropped", { detail: { reply: question.reply, reason: closed.refused } }),
    ]);
  const draft: Draft = {
    id: delivery.id,
    previousDraftId: null,
    source: "webhook",
    createdAt: at,
    expiresAt: at + DRAFT_LIFETIME_MS,
    attempt: delivery.attempt,
    refusals: 0,
    slotDay: null,
  };
  const words = {
    subject: answer.subject ?? null,
    text: answer.body,
    html: answer.html ?? null,
    meta: answer.meta ?? null,
  };
  const phase: ReadyPhase = { name: "ready", draft, words, job: null, waitingFor: null, wakeAt: at };
  const lane = { of: "reply", reply: question.reply } as const;
  if (closed.answers.some((other) => other.reply === question.reply)) return become(closed);
  const queued = { ...closed, answers: [...closed.answers, answerLane(question, phase)] };
  if (answer.review === true) return holdLane(queued, at, lane, phase, "review_requested", REVIEW_REQUESTED, cadence);
  return become(queued, [], [{ type: "read_facts", purpose: { to: "send", lane } }]);
}

/** The answer goes back by the way by which the reply came. */
function answerLane(
  { reply, channel }: NonNullable<Delivery["question"]>,
  phase: ReadyPhase,
): Enrollment["answers"][number] {
  return channel === undefined ? { reply, phase } : { reply, phase, channel };
}

/** What the customer says about the cadence after a reply. Whoever says to go on must have read the newest one. */
function act(
  state: Enrollment,
  at: number,
  reply: number,
  action: "stop" | "pause" | "continue",
  reason: string | null,
  cadence: CadenceVersion,
): Transition {
  const newest = reply === state.replies.latest;
  switch (action) {
    case "stop":
      // It wasn't certain that a person wrote; now it is, for the person's other enrollments too.
      return exit(isFinished(state) ? state : { ...state, replyNews: { at, wakeAt: at } }, cadence, at, {
        state: "exited",
        reason: "replied",
        detail: reason,
      });
    case "pause":
      return andThen(newest ? reopen(state, at, cadence) : nothing(state), (after) =>
        isFinished(after) ? nothing(after) : pause(after, at, "customer"),
      );
    case "continue":
      if (!newest)
        return become(state, [
          note(state, at, "answer_overtaken", { by: "customer", detail: { reply, newest: state.replies.latest } }),
        ]);
      return andThen(reopen(state, at, cadence), (after) =>
        after.paused !== null && byEngine(after.paused.by) ? lookAgain({ ...after, paused: null }, at) : become(after),
      );
  }
}

/** A cadence that ended only because of the reply goes on where it stood, no sooner than the step's own delay. */
function reopen(state: Enrollment, at: number, cadence: CadenceVersion): Transition {
  if (state.phase.name === "sending" && state.phase.interruptedBy !== null && canReopen(state.phase.interruptedBy))
    return become({ ...state, phase: { ...state.phase, interruptedBy: null } }, [
      note(state, at, "reopened", { by: "customer" }),
    ]);
  if (state.phase.name !== "finished" || !canReopen(state.phase.exit)) return nothing(state);
  const outcomes = state.outcomes.filter((outcome) => outcome.step !== state.step || outcome.outcome !== "stopped");
  // The message that crossed with the reply was sent: its step is done.
  const step = outcomes.some((outcome) => outcome.step === state.step) ? state.step + 1 : state.step;
  if (cadence.steps[step] === undefined) return nothing(state);
  const dueAt = Math.max(at, dueAfter(state.anchorAt, state.id, step, cadence));
  return become({ ...state, step, outcomes, phase: waiting(dueAt) }, [note(state, at, "reopened", { by: "customer" })]);
}

function verbOf(answer: ReplyAnswer): string {
  return "action" in answer ? answer.action : "defer" in answer ? "defer" : "body";
}
