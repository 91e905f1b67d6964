import type { CadenceVersion } from "../cadence.ts";
import { withoutContact } from "../contacts.ts";
import type { Channel } from "../contract/step.ts";
import type { Transition, Write } from "../effects.ts";
import { type Draft, type Enrollment, type Exit, idStem, type SendingPhase, type Words } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import type { GateVerdict } from "../gates/gate.ts";
import type { ThreadMessage } from "../journal.ts";
import { profileOf, standingOf, withStanding } from "../linkedin/standing.ts";
import { andThen, become, first, journal } from "./build.ts";
import { dropLane } from "./lane.ts";
import { finish, next } from "./next.ts";
import { tell } from "./tell.ts";
import { tellDoubt } from "./tell-held.ts";
import { withMessageIds } from "./thread.ts";

/** A message that counts as sent now, by whichever way, and what is known of its way out. */
export interface Leaving {
  readonly draft: Draft;
  readonly words: Words;
  readonly interruptedBy: Exit | null;
  readonly channel: Channel;
  readonly to: string | null;
  readonly sendKey: string;
  readonly provider: string;
  /** Of the bytes that left; null where a person did it. */
  readonly sha256: string | null;
  readonly intentAt: number;
  readonly gates?: readonly GateVerdict[];
}

/** What is known of a message that a provider has. */
export function leavingOf({ draft, words, interruptedBy, job }: SendingPhase): Leaving {
  const { channel = "email", to, sendKey, provider, sha256, intentAt, gates } = job;
  const known: Leaving = { draft, words, interruptedBy, channel, to, sendKey, provider, sha256, intentAt };
  return gates === undefined ? known : { ...known, gates };
}

/** Says that the message counts as delivered to the provider: thread, log, event, and on to what comes next. */
export function markSent(
  state: Enrollment,
  at: number,
  lane: Lane,
  sent: Leaving,
  wire: {
    readonly messageId: string | null;
    readonly providerMessageId: string | null;
    readonly response: string;
    readonly assumed: boolean;
    /** LinkedIn: the conversation that it stands in, where the provider tells it. */
    readonly chatId?: string | null;
  },
  cadence: CadenceVersion,
): Transition {
  const subject = sent.channel === "linkedin" ? null : sent.words.subject;
  const crossed = sent.interruptedBy !== null;
  const message: ThreadMessage = {
    id: `msg_${idStem(state.id)}_${sent.sendKey.split("-").slice(2).join("_")}`,
    direction: "out",
    at,
    channel: sent.channel,
    subject,
    text: sent.words.text,
    messageId: wire.messageId,
    from: null,
    to: sent.to,
    step: lane.of === "step" ? state.step : null,
    draftId: sent.draft.id,
    classification: null,
    detail: {
      sendKey: sent.sendKey,
      provider: sent.provider,
      providerMessageId: wire.providerMessageId,
      response: wire.response,
      sha256: sent.sha256,
      crossed,
      assumed: wire.assumed,
      meta: sent.words.meta,
    },
  };
  const counted = withoutContact(state, sent.sendKey);
  const titled: Enrollment =
    sent.channel === "email"
      ? { ...counted, thread: { ...state.thread, subject: state.thread.subject ?? subject } }
      : onLinkedin(counted, at, lane, sent, wire, cadence);
  const threaded = withMessageIds(titled, wire.messageId === null ? [] : [wire.messageId]);
  const writes: readonly Write[] = [
    { type: "keep_message", message },
    journal({
      kind: "message",
      at,
      step: message.step,
      message,
      ...(sent.gates === undefined ? {} : { gates: sent.gates }),
    }),
  ];
  const doubt = (after: Enrollment) =>
    tellDoubt(after, cadence, at, lane, sent.draft.id, "assumed_sent", wire.response);
  if (lane.of === "reply") {
    const answered = dropLane(threaded, lane.reply);
    return first(writes, wire.assumed ? doubt(answered) : become(answered));
  }
  const flat = {
    cadenceId: cadence.id,
    enrollmentId: state.id,
    stepIndex: state.step,
    stepKind: cadence.steps[state.step]?.kind ?? "email",
    channelUrn: urnOf(sent),
    renderedSubject: subject,
    renderedText: sent.words.text,
    firedAt: new Date(at).toISOString(),
  };
  const data = { ...flat, draftId: sent.draft.id, messageId: wire.messageId, crossed, meta: sent.words.meta };
  const told = wire.assumed ? doubt(threaded) : tell(threaded, cadence, at, "cadence.step.fired", { data, flat });
  const outcome = wire.assumed ? "ambiguous" : "sent";
  return first(
    writes,
    andThen(told, (after) => {
      const { intentAt } = sent;
      if (sent.interruptedBy === null) return next(after, cadence, at, outcome, sent.draft, null, intentAt);
      const recorded = {
        ...after,
        anchorAt: at,
        repliesFrom: intentAt,
        outcomes: [
          ...after.outcomes,
          { step: after.step, outcome, at, draftId: sent.draft.id, reason: "crossed" } as const,
        ],
      };
      return finish(recorded, cadence, at, sent.interruptedBy);
    }),
  );
}

/** What the message means for how the two stand there. */
function onLinkedin(
  state: Enrollment,
  at: number,
  lane: Lane,
  { channel, to }: Leaving,
  { providerMessageId, chatId = null }: { readonly providerMessageId: string | null; readonly chatId?: string | null },
  cadence: CadenceVersion,
): Enrollment {
  // The lead was edited meanwhile: what became of this message says nothing of whoever they are now.
  if (channel !== "linkedin" || to !== (standingOf(state).profileId ?? profileOf(state.lead))) return state;
  if (lane.of === "step" && cadence.steps[state.step]?.kind === "linkedin_connect")
    return withStanding(state, {
      isConnected: false,
      invitation: { id: providerMessageId, at, acceptedAt: null, withdrawnAt: null },
    });
  return withStanding(state, { isConnected: true, chatId: chatId ?? standingOf(state).chatId });
}

/** Where it went, as MyAgentMail names it. */
function urnOf({ channel, to }: Leaving): string | null {
  return channel === "linkedin" && to?.startsWith("ACo") === true ? `urn:li:fsd_profile:${to}` : to;
}
