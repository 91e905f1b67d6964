import { sendRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { LEASE_MS } from "../contract/limits.ts";
import type { Effect, Transition, Write } from "../effects.ts";
import { type Enrollment, type Exit, idStem, type ReadyPhase, type SendingPhase, type SendJob } from "../enrollment.ts";
import type { Chance, EventOf, Lane } from "../events.ts";
import type { Facts } from "../facts.ts";
import { closedBy } from "../gates/gate.ts";
import type { ThreadMessage } from "../journal.ts";
import type { SendResult } from "../mail/outgoing.ts";
import { become, first, journal, note, nothing, andThen } from "./build.ts";
import { capVerdict, closed, slotNeeded, trace } from "./gated.ts";
import { exit, finish, next } from "./next.ts";
import { dropLane, holdLane, laneExit, phaseOf, withPhase } from "./lane.ts";
import { leadEvent, tell } from "./tell.ts";

/** Tries of one message, the first included, that a doubt at a provider with idempotency keys may cost. */
const DOUBTFUL_TRIES_MAX = 6;
const RESEND_AFTER_MS = 15 * 60_000;
/** We trust a provider's memory of a key for this part of the window that it promises. */
const WINDOW_TRUST = 0.8;

/** The facts before a send are there: all gates again, whatever the draft took. */
export function factsForSend(state: Enrollment, event: EventOf<"facts_read">, lane: Lane, cadence: CadenceVersion): Transition {
  const phase = sendable(state, lane, event.at);
  if (phase === null) return nothing(state);
  const step = lane.of === "step" ? (cadence.steps[state.step] ?? null) : null;
  const gates = trace(state, cadence, event.at, event.facts, "send", step);
  if (closedBy(gates) !== null) return shut(state, event.at, lane, phase, gates, cadence);
  const slot = slotNeeded(event.at, event.facts, phase.draft);
  if (slot === null || lane.of === "reply") return compose(state, event.at, lane, phase, event.facts, cadence);
  const { dailySendCap } = cadence.settings;
  return become(state, [], [{ type: "reserve_slot", purpose: event.purpose, facts: event.facts, slot: { draftId: phase.draft.id, day: slot.day }, opensAt: slot.opensAt, cap: dailySendCap }]);
}

/** The slot for the real day of sending. */
export function slotForSend(state: Enrollment, event: EventOf<"slot_answered">, lane: Lane, cadence: CadenceVersion): Transition {
  const phase = sendable(state, lane, event.at);
  const takenInVain = event.granted ? become({ ...state, unusedSlots: [...state.unusedSlots, event.slot] }) : nothing(state);
  if (phase === null) return takenInVain;
  if (!event.granted) {
    const gates = [...trace(state, cadence, event.at, event.facts, "send", cadence.steps[state.step] ?? null), capVerdict(event.slot.day, cadence.settings.dailySendCap, false, event.opensAt)];
    return shut(state, event.at, lane, phase, gates, cadence);
  }
  const old = phase.draft.slotDay;
  const unusedSlots = old === null ? state.unusedSlots : [...state.unusedSlots, { draftId: phase.draft.id, day: old }];
  const booked = { ...phase, draft: { ...phase.draft, slotDay: event.slot.day } };
  return compose(withPhase({ ...state, unusedSlots }, lane, booked), event.at, lane, booked, event.facts, cadence);
}

/** The bytes are made. They are committed with the intent and the lease; only then the network is touched. */
export function composed(state: Enrollment, event: EventOf<"message_composed">): Transition {
  const phase = sendable(state, event.lane, event.at);
  if (phase === null || event.job.sendKey !== sendKey(state, event.lane)) return nothing(state);
  const writes: readonly Write[] = [{ type: "keep_text", key: event.job.sendKey, text: event.payload }];
  return first(writes, dispatch(state, event.at, event.lane, { ...phase, words: event.words }, event.job));
}

/** The message can't be made from these words: a person has to look. */
export function composeFailed(state: Enrollment, event: EventOf<"compose_failed">, cadence: CadenceVersion): Transition {
  const phase = sendable(state, event.lane, event.at);
  return phase === null ? nothing(state) : holdLane(state, event.at, event.lane, phase, "unsafe_message", event.detail, cadence);
}

/** What became of the send. A result that comes after its lease still settles the doubt it left behind. */
export function sendFinished(state: Enrollment, event: EventOf<"send_finished">, cadence: CadenceVersion): Transition {
  const phase = phaseOf(state, event.lane);
  if (phase?.name === "sending" && phase.job.sendKey === event.sendKey) return settle(state, event.at, event, event.lane, phase, event.result, cadence);
  const doubtful = phase?.name === "held" && phase.reason === "ambiguous" && phase.job?.sendKey === event.sendKey && phase.draft !== null && phase.words !== null;
  if (doubtful && event.result.kind === "accepted") {
    const reopened: SendingPhase = { name: "sending", draft: phase.draft, words: phase.words, job: phase.job, interruptedBy: null, wakeAt: event.at };
    return settle(withPhase(state, event.lane, reopened), event.at, event, event.lane, reopened, event.result, cadence);
  }
  return become(state, [note(state, event.at, "send_result_late", { subjectId: event.sendKey, detail: { ...event.result } })]);
}

/** The lease ran out: the process died between intent and outcome, and nobody knows what the far side saw. */
export function sendLost(state: Enrollment, at: number, chance: Chance, lane: Lane, phase: SendingPhase, cadence: CadenceVersion): Transition {
  return settle(state, at, chance, lane, phase, { kind: "unknown", stage: "process_died", detail: "the process ended while the message was on its way" }, cadence);
}

/** `dh-<enrollment>-<step>-<generation>`, or `dh-<enrollment>-r<inbound>-<generation>` for an answer to a reply. */
export function sendKey(state: Enrollment, lane: Lane): string {
  const what = lane.of === "step" ? `${state.step}` : `r${lane.reply}`;
  return `dh-${idStem(state.id)}-${what}-${state.counters.generation}`;
}

/** Says that the message counts as delivered to the provider: thread, log, event, and on to what comes next. */
export function markSent(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  wire: { readonly messageId: string | null; readonly providerMessageId: string | null; readonly response: string; readonly assumed: boolean },
  cadence: CadenceVersion,
): Transition {
  const subject = phase.words.subject;
  const crossed = phase.interruptedBy !== null;
  const message: ThreadMessage = {
    id: `msg_${idStem(state.id)}_${phase.job.sendKey.split("-").slice(2).join("_")}`,
    direction: "out",
    at,
    channel: "email",
    subject,
    text: phase.words.text,
    messageId: wire.messageId,
    from: null,
    to: state.lead.email,
    step: lane.of === "step" ? state.step : null,
    draftId: phase.draft.id,
    classification: null,
    detail: { sendKey: phase.job.sendKey, provider: phase.job.provider, providerMessageId: wire.providerMessageId, response: wire.response, sha256: phase.job.sha256, crossed, assumed: wire.assumed, meta: phase.words.meta },
  };
  const ids = wire.messageId === null ? state.thread.messageIds : [...state.thread.messageIds, wire.messageId];
  const threaded: Enrollment = { ...state, thread: { subject: state.thread.subject ?? subject, messageIds: ids } };
  const writes: readonly Write[] = [
    { type: "keep_message", message },
    journal({ kind: "message", at, step: message.step, message }),
    { type: "drop_text", key: phase.job.sendKey },
  ];
  if (lane.of === "reply") return become(dropLane(threaded, lane.reply), writes);
  const flat = {
    cadenceId: cadence.id,
    enrollmentId: state.id,
    stepIndex: state.step,
    stepKind: cadence.steps[state.step]?.kind ?? "email",
    channelUrn: state.lead.email,
    renderedSubject: subject,
    renderedText: phase.words.text,
    firedAt: new Date(at).toISOString(),
  };
  const data = { ...flat, draftId: phase.draft.id, messageId: wire.messageId, crossed, meta: phase.words.meta };
  const told = wire.assumed
    ? tell(threaded, cadence, at, "cadence.step.ambiguous", { data: { stepIndex: state.step, draftId: phase.draft.id, reason: "assumed_sent", detail: wire.response } })
    : tell(threaded, cadence, at, "cadence.step.fired", { data, flat });
  const outcome = wire.assumed ? "ambiguous" : "sent";
  return first(
    writes,
    andThen(told, (after) => {
      if (phase.interruptedBy === null) return next(after, cadence, at, outcome, phase.draft);
      const recorded = { ...after, outcomes: [...after.outcomes, { step: after.step, outcome, at, draftId: phase.draft.id, reason: "crossed" } as const] };
      return finish(recorded, cadence, at, phase.interruptedBy);
    }),
  );
}

/** Every exit from `sending` passes here, and each looks first whether the enrollment was ended meanwhile. */
function settle(state: Enrollment, at: number, chance: Chance, lane: Lane, phase: SendingPhase, result: SendResult, cadence: CadenceVersion): Transition {
  if (result.kind === "accepted") {
    const { providerMessageId, wireMessageId: messageId, response } = result;
    return markSent(state, at, lane, phase, { messageId, providerMessageId, response, assumed: false }, cadence);
  }
  const line = note(state, at, result.kind === "unknown" ? "send_doubtful" : result.kind === "refused" ? "send_refused" : "send_not_sent", { subjectId: phase.job.sendKey, detail: { ...result, tries: phase.job.tries } });
  if (phase.interruptedBy !== null) return first([line], laneExit(state, at, lane, phase, result.kind === "unknown" ? "ambiguous" : "stopped", cadence));
  switch (result.kind) {
    case "refused":
      return first([line], refused(state, at, lane, phase, result, cadence));
    case "not_sent": {
      const wait = sendRetryMs(phase.job.tries, chance.dice, chance.hurry);
      if (wait === null) return first([line], holdLane(state, at, lane, phase, "send_failing", result.detail, cadence));
      return become(again(state, lane, phase, at + Math.max(wait, result.retryAfterMs ?? 0)), [line]);
    }
    case "unknown":
      return first([line], doubtful(state, at, chance, lane, phase, result.detail, cadence));
  }
}

/** Sent or not, nobody knows: repeat where the provider knows the key, else as the cadence chose. */
function doubtful(state: Enrollment, at: number, chance: Chance, lane: Lane, phase: SendingPhase, detail: string, cadence: CadenceVersion): Transition {
  const { idempotencyWindowMs, intentAt, tries, messageId } = phase.job;
  const wakeAt = at + (sendRetryMs(Math.min(tries, 5), chance.dice, chance.hurry) ?? 0);
  if (idempotencyWindowMs !== null && wakeAt - intentAt < idempotencyWindowMs * WINDOW_TRUST && tries < DOUBTFUL_TRIES_MAX) return become(again(state, lane, phase, wakeAt));
  switch (cadence.settings.onAmbiguous) {
    case "hold":
      return holdLane(state, at, lane, phase, "ambiguous", detail, cadence);
    case "assume_sent":
      return markSent(state, at, lane, phase, { messageId, providerMessageId: null, response: detail, assumed: true }, cadence);
    case "resend_after":
      return tries < DOUBTFUL_TRIES_MAX ? become(again(state, lane, phase, at + RESEND_AFTER_MS)) : holdLane(state, at, lane, phase, "ambiguous", detail, cadence);
  }
}

function refused(state: Enrollment, at: number, lane: Lane, phase: SendingPhase, result: Extract<SendResult, { kind: "refused" }>, cadence: CadenceVersion): Transition {
  if (result.scope !== "recipient" || !result.addressDead) {
    const told = lane.of === "step" ? tell(state, cadence, at, "cadence.step.failed", { data: { stepIndex: state.step, draftId: phase.draft.id, reason: "send_refused", scope: result.scope, detail: result.detail } }) : nothing(state);
    return andThen(told, (after) => holdLane(after, at, lane, phase, "send_refused", `${result.scope}: ${result.detail}`, cadence));
  }
  const bounced = tell(state, cadence, at, "cadence.lead.bounced", leadEvent(state, cadence, at, "bounced", { detail: result.detail, code: result.code }), { step: null });
  const end: Exit = { state: "exited", reason: "bounced", detail: result.detail };
  if (lane.of === "reply") return andThen(bounced, (after) => exit(dropLane(after, lane.reply), cadence, at, end));
  return andThen(bounced, (after) => laneExit(after, at, lane, { ...phase, interruptedBy: end }, "failed", cadence));
}

/** Back to `ready` with the very same bytes. */
function again(state: Enrollment, lane: Lane, phase: SendingPhase, wakeAt: number): Enrollment {
  const { draft, words, job } = phase;
  return withPhase(state, lane, { name: "ready", draft, words, job, waitingFor: null, wakeAt });
}

function dispatch(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase, job: SendJob): Transition {
  const begun: SendJob = { ...job, tries: job.tries + 1 };
  const sending: SendingPhase = { name: "sending", draft: phase.draft, words: phase.words, job: begun, interruptedBy: null, wakeAt: at + LEASE_MS };
  const effect: Effect = { type: "send_message", lane, sendKey: job.sendKey, provider: job.provider };
  return become(withPhase(state, lane, sending), [], [effect]);
}

function compose(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase, facts: Facts, cadence: CadenceVersion): Transition {
  if (phase.job !== null) return dispatch(state, at, lane, phase, phase.job);
  const inThread = state.thread.subject !== null;
  const own = phase.words.subject ?? (lane.of === "step" ? (cadence.steps[state.step]?.staticSubject ?? null) : null);
  // A follow-up keeps the subject of its conversation; clients split a thread whose subject changes (mail.md 3.1).
  const subject = inThread ? `Re: ${state.thread.subject}` : own;
  if (subject === null || facts.mailbox === null) {
    const detail = "the first e-mail of a thread needs a subject: answer with one, or set the step's staticSubject";
    return holdLane(state, at, lane, phase, "subject_missing", detail, cadence);
  }
  return become(state, [], [{ type: "compose_message", lane, sendKey: sendKey(state, lane), words: phase.words, subject, inThread }]);
}

/** The lane's words, when they are due and nothing stands before the look at the gates. */
function sendable(state: Enrollment, lane: Lane, at: number): ReadyPhase | null {
  const phase = phaseOf(state, lane);
  if (phase?.name !== "ready" || phase.wakeAt > at) return null;
  return lane.of === "step" && state.paused !== null ? null : phase;
}

function shut(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase, gates: Parameters<typeof closed>[3], cadence: CadenceVersion): Transition {
  const verdict = closedBy(gates);
  if (lane.of === "step")
    return closed(state, cadence, at, gates, phase, (wakeAt, waitingFor) => withPhase(state, lane, { ...phase, wakeAt, waitingFor }));
  if (verdict?.verdict === "wait") return become(withPhase(state, lane, { ...phase, wakeAt: verdict.until, waitingFor: verdict }));
  if (verdict?.verdict === "hold") return holdLane(state, at, lane, phase, verdict.reason, verdict.detail, cadence);
  return become(dropLane(state, lane.reply), [note(state, at, "reply_answer_dropped", { detail: { ...verdict } })]);
}
