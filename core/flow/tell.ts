import { atLeast, eventRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { LEASE_MS, REPLY_QUESTION_LIFETIME_MS } from "../contract/limits.ts";
import type { Effect, Transition, Write } from "../effects.ts";
import { type Delivery, type Enrollment, type Exit, idStem } from "../enrollment.ts";
import type { DraftFailure, EventOf } from "../events.ts";
import { type EventContent, eventBody } from "../webhook/event-body.ts";
import { become, first, journal, note, nothing } from "./build.ts";

/** Queues one event for the cadence's endpoint. Without an endpoint there is nobody to tell. */
export function tell(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  type: string,
  content: EventContent,
  more: { step?: number | null; reply?: number; channel?: "linkedin" | undefined } = {},
): Transition {
  if (cadence.endpointId === null) return nothing(state);
  const n = state.counters.delivered + 1;
  const id = `evt_${idStem(state.id)}_${n}`;
  const delivery: Delivery = {
    id,
    bodyKey: id,
    type,
    step: more.step === undefined ? state.step : more.step,
    question:
      more.reply === undefined
        ? null
        : {
            reply: more.reply,
            expiresAt: at + REPLY_QUESTION_LIFETIME_MS,
            ...(more.channel === undefined ? {} : { channel: more.channel }),
          },
    attempt: 0,
    phase: "due",
    restedMs: 0,
    firstAt: at,
    wakeAt: at,
  };
  const next = { ...state, deliveries: [...state.deliveries, delivery], counters: { ...state.counters, delivered: n } };
  return become(next, [{ type: "keep_text", key: id, text: eventBody(type, id, at, next, cadence, content) }]);
}

/** MyAgentMail's flat fields of a lead event (peers.md, [M4]). */
export function leadEvent(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  reason: string | null,
  data: Readonly<Record<string, unknown>> = {},
): EventContent {
  const flat = {
    cadenceId: cadence.id,
    enrollmentId: state.id,
    leadExternalId: state.lead.externalId,
    occurredAt: new Date(at).toISOString(),
    reason,
  };
  return { data: { ...data, reason, occurredAt: flat.occurredAt }, flat };
}

/** Events that are due now are claimed, each with its lease; one whose lease ran out is asked again. */
export function deliverDue(state: Enrollment, at: number): Transition {
  const effects: Effect[] = [];
  const writes: Write[] = [];
  let changed = false;
  const deliveries: Delivery[] = [];
  for (const delivery of state.deliveries) {
    if (delivery.wakeAt > at) {
      deliveries.push(delivery);
      continue;
    }
    changed = true;
    // A promised answer that never came: the cadence's own setting stands, and the event itself was received.
    if (delivery.phase === "expecting") {
      writes.push(note(state, at, "reply_answer_never_came", { subjectId: delivery.id }));
      continue;
    }
    const attempt = delivery.attempt + 1;
    deliveries.push({ ...delivery, attempt, phase: "in_flight", wakeAt: at + LEASE_MS });
    effects.push({ type: "deliver_event", deliveryId: delivery.id, attempt });
  }
  return changed ? become({ ...state, deliveries }, writes, effects) : nothing(state);
}

/** An attempt that failed: again by the schedule, and when that is over the event is given up, in the log for all to see. */
export function undelivered(
  state: Enrollment,
  event: EventOf<"event_undelivered">,
  cadence: CadenceVersion,
): Transition {
  const delivery = state.deliveries.find((candidate) => candidate.id === event.deliveryId);
  const current = delivery?.phase === "in_flight" && delivery.attempt === event.attempt ? delivery : null;
  const retryMs = eventRetryMs(event.attempt, event.dice, event.hurry);
  const decision = current === null ? "too late, not used" : retryMs === null ? "given up" : "try again";
  const line =
    event.exchange === null
      ? note(state, event.at, "event_attempt_failed", { subjectId: event.deliveryId, detail: { ...event.failure } })
      : journal({
          kind: "exchange",
          at: event.at,
          about: "event",
          subjectId: event.deliveryId,
          eventType: delivery?.type ?? "unknown",
          step: delivery?.step ?? null,
          attempt: event.attempt,
          exchange: event.exchange,
          outcome: failureName(event.failure),
          reason: event.exchange.reason,
          decision,
        });
  if (current === null) return become(state, [line]);
  const gone = isGone(event.failure) && cadence.endpointId !== null;
  const disable: readonly Effect[] = gone
    ? [{ type: "disable_endpoint", endpointId: cadence.endpointId ?? "", reason: "answered 410 Gone" }]
    : [];
  if (retryMs === null) {
    const told = { ...state, deliveries: state.deliveries.filter((candidate) => candidate.id !== current.id) };
    return become(
      told,
      [line, note(state, event.at, "event_given_up", { subjectId: current.id, detail: { type: current.type } })],
      disable,
    );
  }
  const wakeAt = event.at + atLeast(retryMs, event.failure.kind === "http" ? event.failure.retryAfterMs : null);
  return first(
    [line],
    become(withDelivery(state, { ...current, phase: "due", restedMs: 0, isQueued: false, wakeAt })),
    disable,
  );
}

/** The endpoint is down or busy: the attempt that was claimed wasn't made, and comes again in its turn. */
export function putOff(state: Enrollment, event: EventOf<"event_put_off">): Transition {
  const delivery = state.deliveries.find((candidate) => candidate.id === event.deliveryId);
  if (delivery?.phase !== "in_flight" || delivery.attempt !== event.attempt) return nothing(state);
  const { attempt } = delivery;
  const { at, waitMs, isBusy } = event;
  const waits = { restedMs: isBusy ? 0 : waitMs, isQueued: isBusy, wakeAt: at + waitMs };
  return become(withDelivery(state, { ...delivery, phase: "due", attempt: attempt - 1, ...waits }));
}

/** The event is off the list, and with it its stored body goes. */
export function settleDelivery(state: Enrollment, delivery: Delivery): Enrollment {
  return { ...state, deliveries: state.deliveries.filter((candidate) => candidate.id !== delivery.id) };
}

/** The list with one delivery replaced. */
export function withDelivery(state: Enrollment, delivery: Delivery): Enrollment {
  return {
    ...state,
    deliveries: state.deliveries.map((candidate) => (candidate.id === delivery.id ? delivery : candidate)),
  };
}

/** One word for the log. */
export function failureName(failure: DraftFailure): string {
  return failure.kind === "http" ? `http_${failure.status}` : failure.kind;
}

/** 410 says that the endpoint wants nothing any more. */
export function isGone(failure: DraftFailure): boolean {
  return failure.kind === "http" && failure.status === 410;
}

/** The event that tells of an end. */
export function tellEnd(state: Enrollment, cadence: CadenceVersion, at: number, exit: Exit): Transition {
  const type = exit.state === "completed" ? "cadence.lead.completed" : "cadence.lead.exited";
  return tell(
    state,
    cadence,
    at,
    type,
    leadEvent(state, cadence, at, exit.reason, { state: exit.state, detail: exit.detail }),
    { step: null },
  );
}
