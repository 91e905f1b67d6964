import type { CadenceVersion } from "../cadence.ts";
import { withoutContact } from "../contacts.ts";
import type { Transition, Write } from "../effects.ts";
import { type Enrollment, idStem, type SendingPhase } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import type { ThreadMessage } from "../journal.ts";
import { andThen, become, first, journal } from "./build.ts";
import { dropLane } from "./lane.ts";
import { finish, next } from "./next.ts";
import { tell } from "./tell.ts";
import { tellDoubt } from "./tell-held.ts";
import { withMessageIds } from "./thread.ts";

/** Says that the message counts as delivered to the provider: thread, log, event, and on to what comes next. */
export function markSent(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  wire: {
    readonly messageId: string | null;
    readonly providerMessageId: string | null;
    readonly response: string;
    readonly assumed: boolean;
  },
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
    to: phase.job.to,
    step: lane.of === "step" ? state.step : null,
    draftId: phase.draft.id,
    classification: null,
    detail: {
      sendKey: phase.job.sendKey,
      provider: phase.job.provider,
      providerMessageId: wire.providerMessageId,
      response: wire.response,
      sha256: phase.job.sha256,
      crossed,
      assumed: wire.assumed,
      meta: phase.words.meta,
    },
  };
  const titled: Enrollment = {
    ...withoutContact(state, phase.job.sendKey),
    thread: { ...state.thread, subject: state.thread.subject ?? subject },
  };
  const threaded = withMessageIds(titled, wire.messageId === null ? [] : [wire.messageId]);
  const writes: readonly Write[] = [
    { type: "keep_message", message },
    journal({
      kind: "message",
      at,
      step: message.step,
      message,
      ...(phase.job.gates === undefined ? {} : { gates: phase.job.gates }),
    }),
  ];
  const doubt = (after: Enrollment) =>
    tellDoubt(after, cadence, at, lane, phase.draft.id, "assumed_sent", wire.response);
  if (lane.of === "reply") {
    const answered = dropLane(threaded, lane.reply);
    return first(writes, wire.assumed ? doubt(answered) : become(answered));
  }
  const flat = {
    cadenceId: cadence.id,
    enrollmentId: state.id,
    stepIndex: state.step,
    stepKind: cadence.steps[state.step]?.kind ?? "email",
    channelUrn: phase.job.to,
    renderedSubject: subject,
    renderedText: phase.words.text,
    firedAt: new Date(at).toISOString(),
  };
  const data = { ...flat, draftId: phase.draft.id, messageId: wire.messageId, crossed, meta: phase.words.meta };
  const told = wire.assumed ? doubt(threaded) : tell(threaded, cadence, at, "cadence.step.fired", { data, flat });
  const outcome = wire.assumed ? "ambiguous" : "sent";
  return first(
    writes,
    andThen(told, (after) => {
      const { intentAt } = phase.job;
      if (phase.interruptedBy === null) return next(after, cadence, at, outcome, phase.draft, null, intentAt);
      const recorded = {
        ...after,
        anchorAt: at,
        repliesFrom: intentAt,
        outcomes: [
          ...after.outcomes,
          { step: after.step, outcome, at, draftId: phase.draft.id, reason: "crossed" } as const,
        ],
      };
      return finish(recorded, cadence, at, phase.interruptedBy);
    }),
  );
}
