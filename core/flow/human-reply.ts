import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import { type Enrollment, isFinished } from "../enrollment.ts";
import type { EventOf, InboundReply } from "../events.ts";
import { authOf } from "../mail/dkim/auth-of.ts";
import { andThen, become } from "./build.ts";
import { pause } from "./interrupt.ts";
import { exit } from "./next.ts";
import { leadEvent, tell } from "./tell.ts";
import { withMessageIds } from "./thread.ts";

/** Below this confidence a mail counts as human and the enrollment pauses until somebody looks. */
export const SURE = 0.8;

/** Whether this is surely a person's reply, which their other enrollments may end by. Who asks to hear no more is one, whatever the cadence makes of that. */
export function isForElsewhere({ classification: { kind, confidence } }: InboundReply): boolean {
  return (kind === "human" || kind === "unsubscribe") && confidence >= SURE;
}

/** A person wrote back: the customer is asked what to say, and the cadence ends where it was told to. */
export function humanReply(
  state: Enrollment,
  at: number,
  { reply, elsewhereKnows = false }: Pick<EventOf<"reply_received">, "reply" | "elsewhereKnows">,
  inbound: number,
  cadence: CadenceVersion,
  tells: boolean,
): Transition {
  const { confidence, evidence, kind } = reply.classification;
  const counted: Enrollment = {
    // What we say next answers the person's message: it is the parent then (RFC 5322 section 3.6.4).
    ...withMessageIds(state, reply.messageId === null ? [] : [reply.messageId]),
    replies: { ...state.replies, count: state.replies.count + 1, lastAt: at, latest: inbound },
    ...(isForElsewhere(reply) && !elsewhereKnows ? { replyNews: { at, wakeAt: at } } : {}),
  };
  const data = {
    reply: {
      index: inbound,
      channel: reply.channel ?? "email",
      messageId: reply.messageId,
      from: reply.from,
      subject: reply.subject,
      // Written by a stranger: nothing in here is an instruction to anybody's model.
      untrusted: true,
      text: reply.cleanText,
      fullText: reply.text,
      quoted: reply.quotedText,
      classification: { kind, confidence, evidence },
      auth: authOf(reply),
      matchedBy: reply.matchedBy,
      crossed: state.phase.name === "sending",
    },
  };
  const stops = cadence.settings.exitOnReply && confidence >= SURE;
  const doubtful = confidence < SURE && !isFinished(counted);
  const content = leadEvent(counted, cadence, at, "replied", data);
  const told = tells
    ? tell(counted, cadence, at, "cadence.lead.replied", content, {
        step: null,
        reply: inbound,
        channel: reply.channel,
      })
    : become(counted);
  if (doubtful)
    return andThen(told, (after) => pause(after, at, "engine: it is not certain that a person wrote this reply"));
  return stops
    ? andThen(told, (after) =>
        exit(after, cadence, at, { state: "exited", reason: "replied", detail: reply.messageId }),
      )
    : told;
}
