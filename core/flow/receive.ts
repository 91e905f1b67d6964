import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import { type Enrollment, idStem } from "../enrollment.ts";
import type { EventOf, InboundReply } from "../events.ts";
import type { ThreadMessage } from "../journal.ts";
import { isAboutLead, openInvitation, withStanding } from "../linkedin/standing.ts";
import { absent, leftCompany } from "./absence.ts";
import { andThen, become, journal, note, nothing } from "./build.ts";
import { connectedWith } from "./connected.ts";
import { humanReply, SURE } from "./human-reply.ts";
import { bounced } from "./received-bounce.ts";
import { contactRefused } from "./refuse-contact.ts";
import { withMessageIds } from "./thread.ts";

/** The same mail may be brought to us several times; we remember this many of them. */
const SEEN_MAX = 100;
/** Two machines that answer each other, or a bomb: of more mail than this within an hour, of kinds that are told, no more is told. */
const INBOUND_PER_HOUR_MAX = 20;
const HOUR_MS = 3600_000;
/** Questions and answers that are open at once; the state they stand in must not grow without an end. */
const OPEN_QUESTIONS_MAX = 50;

/** A mail came in. It is in the log and the thread whatever it is; what it does is told by what it is (docs/mail.md). */
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
    ...learnChat(learnWireIds(state, reply), reply),
    counters: { ...state.counters, inbound },
    replies: {
      ...state.replies,
      seen: [...state.replies.seen, reply.id].slice(-SEEN_MAX),
      recent: isTold(reply) ? [...state.replies.recent, at].slice(-INBOUND_PER_HOUR_MAX) : state.replies.recent,
    },
  };
  const tells = !isFlooded(state, at);
  const kept = become(noticed, [
    { type: "keep_message", message },
    journal({ kind: "message", at, step: state.step, message }),
    ...(tells ? [] : [note(state, at, "inbound_cap_reached", { subjectId: message.id })]),
  ]);
  const isThere = reply.channel === "linkedin" && isAboutLead(state, reply.profileId);
  const known = isThere ? andThen(kept, (after) => seenToBeConnected(after, at, cadence)) : kept;
  return andThen(known, (after) => actOn(after, event, inbound, message.id, cadence, tells));
}

/** Whoever writes on LinkedIn has accepted the invitation, whatever of that was lost on its way to us. */
function seenToBeConnected(state: Enrollment, at: number, cadence: CadenceVersion): Transition {
  return openInvitation(state) === null ? nothing(state) : connectedWith(state, at, "message", cadence);
}

/** What we say next stands in the same conversation. */
function learnChat(state: Enrollment, { channel, chatId, profileId }: InboundReply): Enrollment {
  if (channel !== "linkedin" || chatId === undefined || !isAboutLead(state, profileId)) return state;
  return withStanding(state, { chatId });
}

function actOn(
  state: Enrollment,
  event: EventOf<"reply_received">,
  inbound: number,
  messageId: string,
  cadence: CadenceVersion,
  tells: boolean,
): Transition {
  const { reply, at } = event;
  const { kind, subtype, confidence, bounce, evidence } = reply.classification;
  const noted = become(state, [
    note(state, at, "mail_noted", { subjectId: messageId, detail: { ...reply.classification } }),
  ]);
  switch (kind) {
    case "human":
      return humanReply(state, at, event, inbound, cadence, tells);
    case "unsubscribe":
      // Who asks to hear no more is a person who answered; where that isn't sure, a person looks.
      return cadence.settings.exitOnUnsubscribe && confidence >= SURE
        ? contactRefused(state, { ...event, type: "contact_refused", reason: "unsubscribed", by: "reply" }, cadence)
        : humanReply(state, at, event, inbound, cadence, tells);
    case "complaint":
      return contactRefused(state, { ...event, type: "contact_refused", reason: "complained", by: "mail" }, cadence);
    case "bounce":
      return bounced(
        state,
        at,
        { subjectId: reply.id, bounce, detail: bounce?.diagnostic ?? evidence.join("; ") },
        cadence,
        tells,
      );
    case "auto_reply":
      if (subtype === "left_company") return andThen(noted, (after) => leftCompany(after, at, reply, cadence));
      return subtype === "ooo" ? andThen(noted, (after) => absent(after, at, reply, cadence)) : noted;
    case "bounce_delayed":
    case "dsn_success":
    case "calendar_reply":
    case "challenge_response":
    case "read_receipt":
    case "other":
      return noted;
  }
}

/** A reply to us carries the id that our last message really had; where a provider rewrites ids, this is how we learn it. */
function learnWireIds(state: Enrollment, reply: InboundReply): Enrollment {
  if (!reply.tokenValid || state.thread.messageIds.length > 0) return state;
  return withMessageIds(state, [...reply.references, ...reply.inReplyTo]);
}

/** Notices of machines are never told, so they use nothing up of what a person may be told by. */
function isTold({ classification: { kind } }: InboundReply): boolean {
  return kind === "human" || kind === "unsubscribe" || kind === "complaint" || kind === "bounce";
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
    channel: reply.channel ?? "email",
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
