import type { CadenceVersion } from "../cadence.ts";
import { channelOfLane, isByHand, recipientOf } from "../channel.ts";
import { LEASE_MS } from "../contract/limits.ts";
import type { Effect, Transition, Write } from "../effects.ts";
import type { Enrollment, ReadyPhase, SendingPhase, SendJob } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import type { Facts } from "../facts.ts";
import { contactVerdict } from "../gates/contact.ts";
import { closedBy, type GateVerdict } from "../gates/gate.ts";
import { sendKey } from "../send-key.ts";
import { become, first, note, nothing } from "./build.ts";
import { askContacts, noted } from "./contact.ts";
import { isRemembered, leaveDoubtful, mayLeave } from "./doubt.ts";
import { capVerdict, closed, slotNeeded, tenantCap, trace } from "./gated.ts";
import { asSending, dropLane, holdLane, phaseOf, withPhase } from "./lane.ts";
import { lookFirst } from "./look-up.ts";
import { givePlaceBack, withoutOrphanSlot } from "./next.ts";
import { isToBeLookedUp } from "./next-look.ts";
import { isTooEarly } from "./not-yet.ts";
import { lookForPlaceAt, paceVerdict, placeToClaim, withoutOrphan, withPlace } from "./pacing.ts";
import { profileToFind } from "./profile.ts";
import { toTask } from "./task.ts";
import { composeLinkedin, tooLongFor } from "./to-linkedin.ts";

const ANSWER_LOOKS_AGAIN_MS = 24 * 3600_000;

/** The facts before a send are there: all gates again, whatever the draft took. */
export function factsForSend(
  state: Enrollment,
  event: EventOf<"facts_read">,
  lane: Lane,
  cadence: CadenceVersion,
): Transition {
  const phase = sendable(state, lane, event.at);
  if (phase === null) return nothing(state);
  const gates = gatesOf(state, event, lane, cadence);
  if (closedBy(gates) !== null) return shut(state, event.at, lane, phase, gates, cadence);
  if (isTooEarly(phase, event.at)) return become(withPhase(state, lane, { ...phase, wakeAt: phase.waitingFor.until }));
  const step = cadence.steps[state.step] ?? null;
  const find = lane.of === "step" ? profileToFind(state, step, event.facts, { to: "send", lane }) : null;
  if (find !== null) return become(state, [], [find]);
  const slot = slotNeeded(event.at, event.facts, phase.draft);
  if (lane.of === "reply") return toPlace(state, event.at, lane, phase, event.facts, cadence, gates);
  if (slot === null || step?.kind === "task")
    return toPlace(state, event.at, lane, phase, event.facts, cadence, [...gates, slotTaken(phase.draft.slotDay)]);
  const { dailySendCap } = cadence.settings;
  return become(
    state,
    [],
    [
      {
        type: "reserve_slot",
        purpose: event.purpose,
        facts: event.facts,
        slot: { draftId: phase.draft.id, day: slot.day },
        opensAt: slot.opensAt,
        cap: dailySendCap,
        tenantCap: tenantCap(state, event.facts, event.at),
      },
    ],
  );
}

/** The slot for the real day of sending. */
export function slotForSend(
  state: Enrollment,
  event: EventOf<"slot_answered">,
  lane: Lane,
  cadence: CadenceVersion,
): Transition {
  const phase = sendable(state, lane, event.at);
  if (phase === null) return event.granted ? become(withoutOrphanSlot(state, event.slot)) : nothing(state);
  if (!event.granted) {
    const gates = [
      ...trace(state, cadence, event.at, event.facts, "send", cadence.steps[state.step] ?? null),
      capVerdict(state, cadence, event),
    ];
    return shut(freePlace(state, phase), event.at, lane, phase, gates, cadence);
  }
  const old = phase.draft.slotDay;
  const isOther = old !== null && old !== event.slot.day;
  const unusedSlots = isOther ? [...state.unusedSlots, { draftId: phase.draft.id, day: old }] : state.unusedSlots;
  const booked = { ...phase, draft: { ...phase.draft, slotDay: event.slot.day } };
  const after = withPhase({ ...state, unusedSlots }, lane, booked);
  // The count may have taken seconds to answer, and something may have come in meanwhile.
  const now = gatesOf(state, event, lane, cadence);
  if (closedBy(now) !== null) return shut(after, event.at, lane, booked, now, cadence);
  return toPlace(after, event.at, lane, booked, event.facts, cadence, [...now, slotTaken(event.slot.day)]);
}

/** The mailbox's word for this very moment: the draft may have taken hours. */
export function placeForSend(
  state: Enrollment,
  event: EventOf<"place_answered">,
  lane: Lane,
  cadence: CadenceVersion,
): Transition {
  const phase = sendable(state, lane, event.at);
  if (phase === null || phase.draft.id !== event.ask.id) return become(withoutOrphan(state, event));
  const placed = withPlace(state, event);
  const now = gatesOf(state, event, lane, cadence);
  if (closedBy(now) !== null) return shut(freePlace(placed, phase), event.at, lane, phase, now, cadence);
  const gates = [...now, slotTaken(phase.draft.slotDay), paceVerdict(event)];
  if (event.answer.granted) return toContacts(placed, event.at, lane, phase, event.facts, cadence, gates);
  return closed(placed, cadence, event.at, gates, phase, (until, waitingFor) =>
    withPhase(placed, lane, { ...phase, wakeAt: lookForPlaceAt(state, event.at, until), waitingFor }),
  );
}

/**
 * On to the mailbox where it keeps a pace, else out. What isn't to leave now, since it is to be looked up or left as it is,
 * takes no place and is counted with nobody. An answer to a reply waits for no place either.
 */
function toPlace(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase,
  facts: Facts,
  cadence: CadenceVersion,
  gates: readonly GateVerdict[],
): Transition {
  const { job } = phase;
  const isToLeave = job === null || (!isToBeLookedUp(job, at) && mayLeave(state, at, job, cadence));
  if (!isToLeave) return compose(state, at, lane, phase, facts, cadence, gates);
  const claim = lane.of === "step" ? placeToClaim(state, phase, at, facts, cadence) : null;
  return claim === null ? toContacts(state, at, lane, phase, facts, cadence, gates) : become(state, [], [claim]);
}

/** Last of all the message is counted with its person and company: what is counted is made at once. */
function toContacts(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase,
  facts: Facts,
  cadence: CadenceVersion,
  gates: readonly GateVerdict[],
): Transition {
  const ask = askContacts(state, cadence, facts, { to: "send", lane }, gates);
  return ask === null ? compose(state, at, lane, phase, facts, cadence, gates) : become(state, [], [ask]);
}

/** The message is counted, or has to wait; or the person has replied elsewhere. */
export function contactsForSend(
  before: Enrollment,
  event: EventOf<"contacts_answered">,
  lane: Lane,
  cadence: CadenceVersion,
): Transition {
  const state = noted(before, event);
  const phase = sendable(state, lane, event.at);
  if (phase === null || event.sendKey !== sendKey(state, lane)) return become(state);
  // Another address now: it is another person who is asked about.
  if (event.question.to !== state.lead.email)
    return become(state, [], [{ type: "read_facts", purpose: { to: "send", lane } }]);
  const now = gatesOf(state, event, lane, cadence);
  const gates = closedBy(now) === null ? [...event.gates, contactVerdict(event.question, event.answer)] : now;
  if (closedBy(gates) !== null) return shut(freePlace(state, phase), event.at, lane, phase, gates, cadence);
  return compose(state, event.at, lane, phase, event.facts, cadence, gates);
}

/** The place is another's, but for that of a message that may have arrived: it stays counted. */
function freePlace(state: Enrollment, { job }: ReadyPhase): Enrollment {
  return job !== null && job.doubt !== null ? state : givePlaceBack(state);
}

function slotTaken(day: string | null): GateVerdict {
  return { gate: "daily_cap", read: { day }, verdict: "pass" };
}

/** All gates as they stand before a send. */
function gatesOf(
  state: Enrollment,
  {
    at,
    facts,
  }: EventOf<"facts_read"> | EventOf<"slot_answered"> | EventOf<"place_answered"> | EventOf<"contacts_answered">,
  lane: Lane,
  cadence: CadenceVersion,
): readonly GateVerdict[] {
  const step = lane.of === "step" ? (cadence.steps[state.step] ?? null) : null;
  return trace(state, cadence, at, facts, "send", step, channelOfLane(state, lane, step));
}

/** The bytes are made. They are committed with the intent and the lease; only then the network is touched. */
export function composed(state: Enrollment, event: EventOf<"message_composed">): Transition {
  const phase = sendable(state, event.lane, event.at);
  if (phase === null || event.job.sendKey !== sendKey(state, event.lane)) return nothing(state);
  // The lead was edited meanwhile: the gates are asked about the new address before anything is made for it.
  if (event.to !== recipientOf(state, event.job.channel))
    return become(state, [], [{ type: "read_facts", purpose: { to: "send", lane: event.lane } }]);
  const writes: readonly Write[] = [{ type: "keep_text", key: event.job.sendKey, text: event.payload }];
  return first(
    writes,
    dispatch(
      state,
      event.at,
      event.lane,
      { ...phase, words: event.words },
      { ...event.job, to: event.to, doubt: null, absentAt: null },
    ),
  );
}

/** The message can't be made from these words: a person has to look. */
export function composeFailed(
  state: Enrollment,
  event: EventOf<"compose_failed">,
  cadence: CadenceVersion,
): Transition {
  const phase = sendable(state, event.lane, event.at);
  return phase === null
    ? nothing(state)
    : holdLane(state, event.at, event.lane, phase, "unsafe_message", event.detail, cadence);
}

/** The lane's words, when they are due and nothing stands before the look at the gates. */
function sendable(state: Enrollment, lane: Lane, at: number): ReadyPhase | null {
  const phase = phaseOf(state, lane);
  if (phase?.name !== "ready" || phase.wakeAt > at) return null;
  return lane.of === "step" && state.paused !== null ? null : phase;
}

function shut(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase,
  gates: Parameters<typeof closed>[3],
  cadence: CadenceVersion,
): Transition {
  const verdict = closedBy(gates);
  if (lane.of === "step")
    return closed(state, cadence, at, gates, phase, (wakeAt, waitingFor) =>
      withPhase(state, lane, { ...phase, wakeAt, waitingFor }),
    );
  if (verdict?.verdict === "wait")
    return become(withPhase(state, lane, { ...phase, wakeAt: answerLooksAt(at, verdict.until), waitingFor: verdict }));
  if (verdict?.verdict === "hold") return holdLane(state, at, lane, phase, verdict.reason, verdict.detail, cadence);
  const doubt = phase.job?.doubt ?? null;
  if (doubt !== null) return holdLane(state, at, lane, phase, "ambiguous", doubt, cadence);
  return become(dropLane(state, lane.reply), [note(state, at, "reply_answer_dropped", { detail: { ...verdict } })]);
}

/** The index by which it is woken may not have known of it yet: it looks again within a day by itself. */
function answerLooksAt(at: number, until: number): number {
  return Math.min(until, at + ANSWER_LOOKS_AGAIN_MS);
}

function compose(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: ReadyPhase,
  facts: Facts,
  cadence: CadenceVersion,
  gates: readonly GateVerdict[],
): Transition {
  if (phase.job !== null && isToBeLookedUp(phase.job, at)) return lookFirst(state, at, lane, phase, phase.job);
  if (phase.job !== null && mayLeave(state, at, phase.job, cadence))
    return dispatch(state, at, lane, phase, { ...phase.job, gates });
  if (phase.job !== null)
    return leaveDoubtful(
      state,
      at,
      lane,
      asSending(phase.draft, phase.words, phase.job, at),
      phase.job.doubt ?? "",
      cadence,
    );
  const step = lane.of === "step" ? (cadence.steps[state.step] ?? null) : null;
  const channel = channelOfLane(state, lane, step);
  if (channel !== "email") {
    const tooLong = tooLongFor(channel, step, phase.words, facts);
    if (tooLong !== null) return holdLane(state, at, lane, phase, "too_long", tooLong, cadence);
    return isByHand(channel, facts)
      ? toTask(state, at, lane, phase, cadence, gates)
      : composeLinkedin(state, at, lane, phase, step, cadence, gates);
  }
  const inThread = state.thread.subject !== null;
  const own = phase.words.subject ?? (lane.of === "step" ? (cadence.steps[state.step]?.staticSubject ?? null) : null);
  // A follow-up keeps the subject of its conversation; clients split a thread whose subject changes (mail.md 3.1).
  const subject = inThread ? `Re: ${state.thread.subject}` : own;
  if (subject === null || facts.mailbox === null) {
    const detail = "the first e-mail of a thread needs a subject: answer with one, or set the step's staticSubject";
    return holdLane(state, at, lane, phase, "subject_missing", detail, cadence);
  }
  return become(
    state,
    [],
    [{ type: "compose_message", lane, sendKey: sendKey(state, lane), words: phase.words, subject, inThread, gates }],
  );
}

function dispatch(state: Enrollment, at: number, lane: Lane, phase: ReadyPhase, job: SendJob): Transition {
  const begun: SendJob = { ...job, tries: job.tries + 1, absentAt: null };
  const sending: SendingPhase = {
    name: "sending",
    draft: phase.draft,
    words: phase.words,
    job: begun,
    interruptedBy: null,
    wakeAt: at + LEASE_MS,
  };
  const { sendKey: key, provider, account, doubt } = job;
  const onlyBy = doubt !== null && isRemembered(job, at) ? account : null;
  const effect: Effect = { type: "send_message", lane, sendKey: key, provider, onlyBy };
  return become(withPhase(state, lane, sending), [], [effect]);
}
