import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import { type Enrollment, idStem, isFinished } from "../enrollment.ts";
import type { EventOf, InboundReply } from "../events.ts";
import type { ThreadMessage } from "../journal.ts";
import { become, first, journal, note, nothing, refuse, andThen } from "./build.ts";
import { exit, waiting } from "./next.ts";
import { leadEvent, tell } from "./tell.ts";

/** The same mail may be brought to us several times; we remember this many of them. */
const SEEN_MAX = 100;
/** Below this confidence a mail counts as human and the enrollment pauses until somebody looks. */
const SURE = 0.8;

/** A mail came in. It is in the log and the thread whatever it is; only a person's reply ends the cadence. */
export function replyReceived(state: Enrollment, event: EventOf<"reply_received">, cadence: CadenceVersion): Transition {
  const { reply, at } = event;
  if (state.replies.seen.includes(reply.id)) return nothing(state);
  const inbound = state.counters.inbound + 1;
  const message = inboundMessage(state, reply, inbound);
  const noticed: Enrollment = {
    ...learnWireIds(state, reply),
    counters: { ...state.counters, inbound },
    replies: { ...state.replies, seen: [...state.replies.seen, reply.id].slice(-SEEN_MAX) },
  };
  const kept = become(noticed, [{ type: "keep_message", message }, journal({ kind: "message", at, step: state.step, message })]);
  switch (reply.classification.kind) {
    case "human":
      return andThen(kept, (after) => humanReply(after, at, reply, inbound, cadence));
    case "bounce":
      return andThen(kept, (after) => bounced(after, at, reply, cadence));
    case "auto_reply":
    case "other":
      return andThen(kept, (after) => become(after, [note(after, at, "mail_noted", { subjectId: message.id, detail: { ...reply.classification } })]));
  }
}

/** Stop everything for this lead, now. */
export function unenroll(state: Enrollment, event: EventOf<"unenroll_requested">, cadence: CadenceVersion): Transition {
  if (state.phase.name === "finished")
    return state.phase.exit.state === "unenrolled" ? become(state) : refuse(state, "already_finished", `${state.id} finished on ${day(state.phase.at)}; there is nothing left to stop.`);
  const asked = note(state, event.at, "unenroll_requested", { by: event.by, detail: { reason: event.reason } });
  return first([asked], exit(state, cadence, event.at, { state: "unenrolled", reason: event.reason, detail: null }));
}

/** Nothing new begins until somebody resumes; what is in flight finishes and is recorded. */
export function pause(state: Enrollment, at: number, by: string): Transition {
  if (isFinished(state)) return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  if (state.paused !== null) return become(state);
  return become({ ...state, paused: { at, by } }, [note(state, at, "paused", { by })]);
}

/** Goes on where it stood; gates and delays still hold. A held step stays held: release, edit, skip or retry it. */
export function resume(state: Enrollment, event: EventOf<"resume_requested">): Transition {
  if (isFinished(state)) return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  if (state.paused === null) return become(state);
  return become({ ...state, paused: null }, [note(state, event.at, "resumed", { by: event.by })]);
}

/** Wakes who waits for a gate, and the steps that a disabled endpoint held. The delay of the step stands. */
export function woken(state: Enrollment, event: EventOf<"woken">): Transition {
  const { phase } = state;
  if (phase.name === "held" && phase.reason === "endpoint_disabled" && event.cause === "endpoint_restored")
    return become({ ...state, phase: waiting(event.at, phase.draft?.id ?? null) }, [note(state, event.at, "endpoint_restored")]);
  if (phase.name === "waiting" && phase.waitingFor !== null && phase.wakeAt > event.at) return become({ ...state, phase: { ...phase, wakeAt: Math.max(phase.dueAt, event.at) } });
  if (phase.name === "ready" && phase.waitingFor !== null && phase.wakeAt > event.at) return become({ ...state, phase: { ...phase, wakeAt: event.at } });
  return nothing(state);
}

/** A lead's fields change for what is still to come; what was sent stays as it was. */
export function editLead(state: Enrollment, event: EventOf<"lead_edited">): Transition {
  return become({ ...state, lead: { ...state.lead, ...event.lead } }, [note(state, event.at, "lead_edited", { by: event.by, detail: { fields: Object.keys(event.lead) } })]);
}

function humanReply(state: Enrollment, at: number, reply: InboundReply, inbound: number, cadence: CadenceVersion): Transition {
  const { confidence, evidence, kind } = reply.classification;
  const counted: Enrollment = { ...state, replies: { ...state.replies, count: state.replies.count + 1, lastAt: at } };
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
  const told = tell(counted, cadence, at, "cadence.lead.replied", leadEvent(counted, cadence, at, "replied", data), { step: null, reply: inbound });
  if (doubtful) return andThen(told, (after) => pause(after, at, "engine: it is not certain that a person wrote this reply"));
  return stops ? andThen(told, (after) => exit(after, cadence, at, { state: "exited", reason: "replied", detail: reply.messageId })) : told;
}

function bounced(state: Enrollment, at: number, reply: InboundReply, cadence: CadenceVersion): Transition {
  if (isFinished(state)) return nothing(state);
  const detail = reply.classification.evidence.join("; ");
  const told = tell(state, cadence, at, "cadence.lead.bounced", leadEvent(state, cadence, at, "bounced", { detail }), { step: null });
  return andThen(told, (after) => exit(after, cadence, at, { state: "exited", reason: "bounced", detail }));
}

/** A reply to us carries the id that our last message really had; where a provider rewrites ids, this is how we learn it. */
function learnWireIds(state: Enrollment, reply: InboundReply): Enrollment {
  if (!reply.tokenValid || state.thread.messageIds.length > 0) return state;
  const learned = [...new Set([...reply.references, ...reply.inReplyTo])];
  return learned.length === 0 ? state : { ...state, thread: { ...state.thread, messageIds: learned } };
}

function inboundMessage(state: Enrollment, reply: InboundReply, inbound: number): ThreadMessage {
  const { id, at, subject, messageId, from, to, classification } = reply;
  const detail = { inboundId: id, cleanText: reply.cleanText, matchedBy: reply.matchedBy, tokenValid: reply.tokenValid, rawKey: reply.rawKey };
  return { id: `msg_${idStem(state.id)}_i${inbound}`, direction: "in", at, channel: "email", subject, text: reply.text, messageId, from, to, step: state.step, draftId: null, classification, detail };
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
