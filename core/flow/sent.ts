import { sendRetryMs } from "../backoff.ts";
import type { CadenceVersion } from "../cadence.ts";
import { withoutContact } from "../contacts.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment, Exit, SendingPhase, SendJob } from "../enrollment.ts";
import type { Chance, EventOf, Lane } from "../events.ts";
import type { LinkedinSendResult } from "../linkedin/provider.ts";
import { standingOf, withStanding } from "../linkedin/standing.ts";
import type { SendResult } from "../mail/outgoing.ts";
import { andThen, become, first, note, nothing } from "./build.ts";
import { pastDoubt } from "./connected.ts";
import { doubtful } from "./doubt.ts";
import { passDoubtful, skip } from "./gated.ts";
import { asSending, dropLane, holdLane, laneExit, phaseOf, sendAgain, withPhase } from "./lane.ts";
import { lookedUpInVain } from "./look-up.ts";
import { leavingOf, markSent } from "./mark-sent.ts";
import { exit, giveSlotBack } from "./next.ts";
import { notConnected, tooEarly } from "./not-yet.ts";
import { suppressAddress } from "./refuse-contact.ts";
import { leadEvent, tell } from "./tell.ts";
import { unreachable } from "./unreachable.ts";

/** A provider that is full for the day may say so; longer than this we don't believe it. */
const RETRY_AFTER_MAX_MS = 24 * 3600_000;

/** The stage of a repeat that was not made, because the mailbox sends by another account by now. */
export const OTHER_ACCOUNT = "other_account";

const FOUND = "found in the provider's records";

/** What became of the send. A result that comes after its lease still settles the doubt it left behind. */
export function sendFinished(state: Enrollment, event: EventOf<"send_finished">, cadence: CadenceVersion): Transition {
  const phase = phaseOf(state, event.lane);
  if (phase?.name === "sending" && phase.job.sendKey === event.sendKey)
    return settle(state, event.at, event, event.lane, phase, event.result, cadence);
  const waits = phase?.name === "held" || phase?.name === "ready" ? phase : null;
  if (
    waits?.job?.doubt != null &&
    waits.job.sendKey === event.sendKey &&
    waits.draft !== null &&
    waits.words !== null &&
    event.result.kind === "accepted"
  ) {
    const reopened = asSending(waits.draft, waits.words, waits.job, event.at);
    return settle(withPhase(state, event.lane, reopened), event.at, event, event.lane, reopened, event.result, cadence);
  }
  return become(state, [
    note(state, event.at, "send_result_late", { subjectId: event.sendKey, detail: { ...event.result } }),
  ]);
}

/** What the provider's records say of a doubtful message. Only that it is there says something. */
export function lookedUp(state: Enrollment, event: EventOf<"message_looked_up">, cadence: CadenceVersion): Transition {
  if (event.result.kind !== "found") return lookedUpInVain(state, event, cadence);
  const { providerMessageId, wireMessageId } = event.result;
  const result = { kind: "accepted", providerMessageId, wireMessageId, response: FOUND } as const;
  return sendFinished(state, { ...event, type: "send_finished", result }, cadence);
}

/** The lease ran out: the process died between intent and outcome, and nobody knows what the far side saw. */
export function sendLost(
  state: Enrollment,
  at: number,
  chance: Chance,
  lane: Lane,
  phase: SendingPhase,
  cadence: CadenceVersion,
): Transition {
  return settle(
    state,
    at,
    chance,
    lane,
    phase,
    { kind: "unknown", stage: "process_died", detail: "the process ended while the message was on its way" },
    cadence,
  );
}

/** Every exit from `sending` passes here, and each looks first whether the enrollment was ended meanwhile. */
function settle(
  before: Enrollment,
  at: number,
  chance: Chance,
  lane: Lane,
  sent: SendingPhase,
  result: LinkedinSendResult,
  cadence: CadenceVersion,
): Transition {
  const phase = result.kind === "unknown" ? { ...sent, job: inDoubt(sent.job, result) } : sent;
  // Whatever may have arrived counts.
  const state = phase.job.doubt === null ? before : withoutContact(before, phase.job.sendKey);
  if (result.kind === "accepted") {
    const { providerMessageId, wireMessageId, response, chatId = null, isConnected = false } = result;
    if (isConnected && lane.of === "step") return nothingToInviteTo(state, at, phase, cadence);
    const messageId = wireMessageId ?? (phase.job.keepsMessageId ? phase.job.messageId : null);
    const wire = { messageId, providerMessageId, response, chatId, assumed: false };
    return markSent(state, at, lane, leavingOf(phase), wire, cadence);
  }
  const line = note(
    state,
    at,
    result.kind === "unknown" ? "send_doubtful" : result.kind === "refused" ? "send_refused" : "send_not_sent",
    { subjectId: phase.job.sendKey, detail: { ...result, tries: phase.job.tries } },
  );
  if (phase.interruptedBy !== null)
    return first([line], laneExit(state, at, lane, phase, phase.job.doubt === null ? "stopped" : "ambiguous", cadence));
  switch (result.kind) {
    case "refused":
      return first([line], refused(state, at, lane, phase, result, cadence));
    case "not_connected":
      return first([line], notConnected(state, at, lane, phase, result.detail, cadence));
    case "not_sent": {
      if (result.isTooEarly === true || result.trouble !== undefined)
        return first([line], tooEarly(state, at, lane, phase, result, cadence));
      const wait = sendRetryMs(phase.job.tries, chance.dice, chance.hurry);
      if (wait === null) return first([line], holdLane(state, at, lane, phase, "send_failing", result.detail, cadence));
      return become(
        sendAgain(state, lane, phase, at + Math.max(wait, Math.min(result.retryAfterMs ?? 0, RETRY_AFTER_MAX_MS))),
        [line],
      );
    }
    case "unknown": {
      const past =
        lane.of === "step" && standingOf(state).isConnected === true ? pastDoubtAbout(state, at, phase, cadence) : null;
      if (past !== null) return first([line], past);
      return first([line], doubtful(state, at, chance, lane, phase, result.detail, cadence));
    }
  }
}

/** An invitation whose end nobody knows, to somebody who is connected by now; null for every other message. */
function pastDoubtAbout(
  state: Enrollment,
  at: number,
  phase: SendingPhase,
  cadence: CadenceVersion,
): Transition | null {
  const past = pastDoubt(sendAgain(state, { of: "step" }, phase, at), at, cadence);
  return past.state.step === state.step && past.state.phase.name !== "finished" ? null : past;
}

/** They were connected already; or they are by now, because an earlier try arrived and was accepted. */
function nothingToInviteTo(before: Enrollment, at: number, phase: SendingPhase, cadence: CadenceVersion): Transition {
  const { draft, job, interruptedBy } = phase;
  const state = withStanding(before, { isConnected: true });
  const line = note(state, at, "already_connected", { subjectId: job.sendKey });
  if (interruptedBy !== null)
    return first(
      [line],
      laneExit(state, at, { of: "step" }, phase, job.doubt === null ? "stopped" : "ambiguous", cadence),
    );
  if (job.doubt !== null) return first([line], passDoubtful(state, cadence, at, job, draft, "already_connected"));
  return first([line], skip(giveSlotBack(state, draft), cadence, at, draft, "already_connected"));
}

function inDoubt(job: SendJob, { stage, detail }: Extract<SendResult, { kind: "unknown" }>): SendJob {
  // Nothing left; but who took an earlier try can't be asked any more.
  return stage === OTHER_ACCOUNT ? { ...job, idempotencyWindowMs: null } : { ...job, doubt: detail };
}

function refused(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  result: Extract<SendResult, { kind: "refused" }>,
  cadence: CadenceVersion,
): Transition {
  const isOnLinkedin = phase.job.channel === "linkedin";
  if (isOnLinkedin && result.scope === "recipient" && lane.of === "step" && phase.job.doubt === null)
    return unreachable(sendAgain(state, lane, phase, at), at, cadence, `${result.code}: ${result.detail}`, phase.draft);
  if (result.scope !== "recipient" || !result.addressDead) {
    const told =
      lane.of === "step" && phase.job.doubt === null
        ? tell(state, cadence, at, "cadence.step.failed", {
            data: {
              stepIndex: state.step,
              draftId: phase.draft.id,
              reason: "send_refused",
              scope: result.scope,
              detail: result.detail,
            },
          })
        : nothing(state);
    return andThen(told, (after) =>
      holdLane(after, at, lane, phase, "send_refused", `${result.scope}: ${result.detail}`, cadence),
    );
  }
  const bounced = tell(
    state,
    cadence,
    at,
    "cadence.lead.bounced",
    leadEvent(state, cadence, at, "bounced", { detail: result.detail, code: result.code }),
    { step: null },
  );
  const end: Exit = { state: "exited", reason: "bounced", detail: result.detail };
  const ended = andThen(bounced, (after) =>
    lane.of === "reply"
      ? exit(dropLane(after, lane.reply), cadence, at, end)
      : laneExit(after, at, lane, { ...phase, interruptedBy: end }, "failed", cadence),
  );
  return first(suppressAddress(state, at, "bounced", phase.job.to), ended);
}
