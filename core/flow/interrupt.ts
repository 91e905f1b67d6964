import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import {
  canReopen,
  type Enrollment,
  type Exit,
  idStem,
  isFinished,
  type Phase,
  type ReadyPhase,
} from "../enrollment.ts";
import type { EventOf, InboundReply } from "../events.ts";
import type { ThreadMessage } from "../journal.ts";
import { andThen, become, first, journal, note, nothing, refuse } from "./build.ts";
import { askAnew, exit } from "./next.ts";
import { stopAnswers } from "./stop-answers.ts";
import { leadEvent, tell } from "./tell.ts";
import { withMessageIds } from "./thread.ts";

/** The same mail may be brought to us several times; we remember this many of them. */
const SEEN_MAX = 100;
/** Two machines that answer each other, or a bomb: more mail than this within an hour is kept and asked about no more. */
const INBOUND_PER_HOUR_MAX = 20;
const HOUR_MS = 3600_000;
/** Questions and answers that are open at once; the state they stand in must not grow without an end. */
const OPEN_QUESTIONS_MAX = 50;
/** Below this confidence a mail counts as human and the enrollment pauses until somebody looks. */
const SURE = 0.8;

/** A mail came in. It is in the log and the thread whatever it is; only a person's reply ends the cadence. */
export function replyReceived(
  state: Enrollment,
  event: EventOf<"reply_received">,
  cadence: CadenceVersion,
): Transition {
  const { reply, at } = event;
  if (state.replies.seen.includes(reply.id)) return nothing(state);
  const inbound = state.counters.inbound + 1;
  const message = inboundMessage(state, reply, inbound);
  const noticed: Enrollment = {
    ...learnWireIds(state, reply),
    counters: { ...state.counters, inbound },
    replies: {
      ...state.replies,
      seen: [...state.replies.seen, reply.id].slice(-SEEN_MAX),
      recent: [...state.replies.recent, at].slice(-INBOUND_PER_HOUR_MAX),
    },
  };
  const tells = !isFlooded(state, at);
  const kept = become(noticed, [
    { type: "keep_message", message },
    journal({ kind: "message", at, step: state.step, message }),
    ...(tells ? [] : [note(state, at, "inbound_cap_reached", { subjectId: message.id })]),
  ]);
  switch (reply.classification.kind) {
    // Who asks to hear no more is a person who answered.
    case "human":
    case "unsubscribe":
      return andThen(kept, (after) => humanReply(after, at, reply, inbound, cadence, tells));
    case "bounce":
      return andThen(kept, (after) => bounced(after, at, reply, cadence, tells));
    case "auto_reply":
    case "bounce_delayed":
    case "dsn_success":
    case "complaint":
    case "calendar_reply":
    case "challenge_response":
    case "read_receipt":
    case "other":
      return andThen(kept, (after) =>
        become(after, [note(after, at, "mail_noted", { subjectId: message.id, detail: { ...reply.classification } })]),
      );
  }
}

/** Stop everything for this lead, now. */
export function unenroll(state: Enrollment, event: EventOf<"unenroll_requested">, cadence: CadenceVersion): Transition {
  const over = state.phase.name === "finished" && !canReopen(state.phase.exit) ? state.phase : null;
  if (over !== null && state.answers.every(({ phase }) => phase.name === "held" && phase.reason === "ambiguous"))
    return over.exit.state === "unenrolled"
      ? become(state)
      : refuse(state, "already_finished", `${state.id} finished on ${day(over.at)}; there is nothing left to stop.`);
  const asked = note(state, event.at, "unenroll_requested", { by: event.by, detail: { reason: event.reason } });
  const end: Exit = { state: "unenrolled", reason: event.reason, detail: null };
  return first(
    [asked],
    andThen(stopAnswers(state, event.at, end, cadence), (after) => exit(after, cadence, event.at, end)),
  );
}

/** Nothing new begins until somebody resumes; what is in flight finishes and is recorded. */
export function pause(state: Enrollment, at: number, by: string): Transition {
  if (isFinished(state))
    return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  // The engine's own pause ends with the customer's word; one that somebody asked for ends with a resume alone.
  if (state.paused !== null && (!byEngine(state.paused.by) || byEngine(by))) return become(state);
  return become({ ...state, paused: { at, by } }, [note(state, at, "paused", { by })]);
}

/** Whether the engine itself paused, for a reply that it isn't sure of. */
export function byEngine(by: string): boolean {
  return by.startsWith("engine:");
}

/** Goes on where it stood; gates and delays still hold. A held step stays held: release, edit, skip or retry it. */
export function resume(state: Enrollment, event: EventOf<"resume_requested">): Transition {
  if (isFinished(state))
    return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  if (state.paused === null) return become(state);
  return become({ ...state, paused: null }, [note(state, event.at, "resumed", { by: event.by })]);
}

/** Wakes who waits for a gate, and the steps that a disabled endpoint held. The delay of the step stands. */
export function woken(state: Enrollment, event: EventOf<"woken">): Transition {
  const { phase } = state;
  if (phase.name === "held" && phase.reason === "endpoint_disabled" && event.cause === "endpoint_restored")
    return become(askAnew(state, event.at, phase.draft), [note(state, event.at, "endpoint_restored")]);
  if (phase.name === "waiting" && phase.waitingFor !== null && phase.wakeAt > event.at)
    return become({ ...state, phase: { ...phase, wakeAt: Math.max(phase.dueAt, event.at) } });
  if ((phase.name === "ready" || phase.name === "resting") && phase.waitingFor !== null && phase.wakeAt > event.at)
    return become({ ...state, phase: { ...phase, wakeAt: event.at } });
  return nothing(state);
}

/** A lead's fields change for what is still to come; what was sent, or may have been, stays as it was. */
export function editLead(state: Enrollment, event: EventOf<"lead_edited">): Transition {
  const edited: Enrollment = { ...state, lead: { ...state.lead, ...event.lead } };
  const line = note(state, event.at, "lead_edited", { by: event.by, detail: { fields: Object.keys(event.lead) } });
  if (edited.lead.email === state.lead.email) return become(edited, [line]);
  const { phase } = edited;
  // Held for want of an address: now there is one.
  if (phase.name === "held" && phase.reason === "address_missing" && phase.words === null)
    return become(askAnew(edited, event.at, phase.draft), [line]);
  // Bytes for the old address that surely haven't left are made again for the new one.
  const answers = edited.answers.map((answer) => ({
    ...answer,
    phase: isStale(answer.phase) ? { ...answer.phase, job: null } : answer.phase,
  }));
  return become({ ...edited, answers, phase: isStale(phase) ? { ...phase, job: null } : phase }, [line]);
}

function isStale(phase: Phase): phase is ReadyPhase {
  return phase.name === "ready" && phase.job?.doubt === null;
}

function humanReply(
  state: Enrollment,
  at: number,
  reply: InboundReply,
  inbound: number,
  cadence: CadenceVersion,
  tells: boolean,
): Transition {
  const { confidence, evidence, kind } = reply.classification;
  const counted: Enrollment = {
    // What we say next answers the person's message: it is the parent then (RFC 5322 section 3.6.4).
    ...withMessageIds(state, reply.messageId === null ? [] : [reply.messageId]),
    replies: { ...state.replies, count: state.replies.count + 1, lastAt: at, latest: inbound },
  };
  const data = {
    reply: {
      index: inbound,
      messageId: reply.messageId,
      from: reply.from,
      subject: reply.subject,
      // Written by a stranger: nothing in here is an instruction to anybody's model.
      untrusted: true,
      text: reply.cleanText,
      fullText: reply.text,
      quoted: reply.quotedText,
      classification: { kind, confidence, evidence },
      auth: { tokenValid: reply.tokenValid, dkim: "not_checked", aligned: null },
      matchedBy: reply.matchedBy,
      crossed: state.phase.name === "sending",
    },
  };
  const stops = cadence.settings.exitOnReply && confidence >= SURE;
  const doubtful = confidence < SURE && !isFinished(counted);
  const content = leadEvent(counted, cadence, at, "replied", data);
  const told = tells
    ? tell(counted, cadence, at, "cadence.lead.replied", content, { step: null, reply: inbound })
    : become(counted);
  if (doubtful)
    return andThen(told, (after) => pause(after, at, "engine: it is not certain that a person wrote this reply"));
  return stops
    ? andThen(told, (after) =>
        exit(after, cadence, at, { state: "exited", reason: "replied", detail: reply.messageId }),
      )
    : told;
}

function bounced(
  state: Enrollment,
  at: number,
  reply: InboundReply,
  cadence: CadenceVersion,
  tells: boolean,
): Transition {
  const end =
    state.phase.name === "finished"
      ? state.phase.exit
      : state.phase.name === "sending"
        ? state.phase.interruptedBy
        : null;
  if (end?.reason === "bounced") return nothing(state);
  const detail = reply.classification.evidence.join("; ");
  const content = leadEvent(state, cadence, at, "bounced", { detail });
  const told = tells ? tell(state, cadence, at, "cadence.lead.bounced", content, { step: null }) : nothing(state);
  return andThen(told, (after) => exit(after, cadence, at, { state: "exited", reason: "bounced", detail }));
}

/** A reply to us carries the id that our last message really had; where a provider rewrites ids, this is how we learn it. */
function learnWireIds(state: Enrollment, reply: InboundReply): Enrollment {
  if (!reply.tokenValid || state.thread.messageIds.length > 0) return state;
  return withMessageIds(state, [...reply.references, ...reply.inReplyTo]);
}

/** Whether so much came in, or lies open, that the customer is asked nothing more. The cadence still stops. */
function isFlooded({ replies, answers, deliveries }: Enrollment, at: number): boolean {
  const oldest = replies.recent.length < INBOUND_PER_HOUR_MAX ? undefined : replies.recent[0];
  const open = answers.length + deliveries.filter(({ question }) => question !== null).length;
  return (oldest !== undefined && at - oldest < HOUR_MS) || open >= OPEN_QUESTIONS_MAX;
}

function inboundMessage(state: Enrollment, reply: InboundReply, inbound: number): ThreadMessage {
  const { id, at, subject, messageId, from, to, classification } = reply;
  const detail = {
    inboundId: id,
    cleanText: reply.cleanText,
    matchedBy: reply.matchedBy,
    tokenValid: reply.tokenValid,
    rawKey: reply.rawKey,
  };
  return {
    id: `msg_${idStem(state.id)}_i${inbound}`,
    direction: "in",
    at,
    channel: "email",
    subject,
    text: reply.text,
    messageId,
    from,
    to,
    step: state.step,
    draftId: null,
    classification,
    detail,
  };
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
