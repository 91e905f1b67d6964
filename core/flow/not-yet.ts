import type { CadenceVersion } from "../cadence.ts";
import type { Effect, Transition } from "../effects.ts";
import type { Enrollment, ReadyPhase, SendingPhase } from "../enrollment.ts";
import type { Lane } from "../events.ts";
import type { GateVerdict } from "../gates/gate.ts";
import { standingOf, withStanding } from "../linkedin/standing.ts";
import type { SendResult } from "../mail/outgoing.ts";
import { become, first, note } from "./build.ts";
import { holdLane, sendAgain, withPhase } from "./lane.ts";
import { askAnew, givePlaceBack } from "./next.ts";

const HOUR_MS = 3600_000;
const DAY_MS = 24 * HOUR_MS;
/** Whoever is told "too early" for longer than this is told to a person. */
const TOO_EARLY_MAX_MS = 30 * DAY_MS;
const AGAIN_MAX_MS = 30 * DAY_MS;
const AGAIN_MS = HOUR_MS;
/** Until the switch by which a troubled account was turned off is read. */
const TROUBLE_MS = 60_000;

/**
 * LinkedIn takes no message, because the two aren't connected: the step waits for the invitation, and is asked for anew
 * when it is accepted. A message in doubt stays that: no later word says what became of an earlier try.
 */
export function notConnected(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  detail: string,
  cadence: CadenceVersion,
): Transition {
  const { invitation, refusals = 0 } = standingOf(state);
  // Whoever told of an acceptance was wrong, or early: it is looked for again.
  const open = invitation === null ? null : { ...invitation, acceptedAt: null };
  const known = withStanding(state, { isConnected: false, invitation: open, refusals: refusals + 1 });
  if (lane.of === "reply" || phase.job.doubt !== null)
    return holdLane(known, at, lane, phase, "send_refused", `recipient: ${detail}`, cadence);
  return become(askAnew(known, at, phase.draft), [note(state, at, "not_connected", { subjectId: phase.draft.id })]);
}

/** Nothing is wrong with the message: the account has had enough for now, or can't act. The try isn't counted, and its place is another's. */
export function tooEarly(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: SendingPhase,
  result: Extract<SendResult, { kind: "not_sent" }>,
  cadence: CadenceVersion,
): Transition {
  const { job } = phase;
  const effects = forAccount(state, at, result);
  if (at - job.intentAt > TOO_EARLY_MAX_MS)
    return first([], holdLane(state, at, lane, phase, "send_failing", result.detail, cadence), effects);
  const waitMs =
    result.trouble === undefined
      ? Math.min(Math.max(result.retryAfterMs ?? AGAIN_MS, AGAIN_MS / 4), AGAIN_MAX_MS)
      : TROUBLE_MS;
  const until = at + waitMs;
  const waitingFor: GateVerdict = {
    gate: "account",
    read: { account: state.linkedinAccountId ?? null, code: result.code, detail: result.detail },
    verdict: "wait",
    until,
    reason: result.trouble === undefined ? TOO_EARLY : "account_troubled",
  };
  const uncounted = { ...phase, job: { ...job, tries: Math.max(0, job.tries - 1) } };
  const free = lane.of === "step" && job.doubt === null ? givePlaceBack(state) : state;
  const again = sendAgain(free, lane, uncounted, until);
  const ready = lane.of === "step" ? again.phase : again.answers.find(({ reply }) => reply === lane.reply)?.phase;
  return become(ready?.name === "ready" ? withPhase(again, lane, { ...ready, waitingFor }) : again, [], effects);
}

/** What the account is told, so that its other messages don't each find it out. */
function forAccount(
  { linkedinAccountId }: Enrollment,
  at: number,
  { trouble, rests, retryAfterMs }: Extract<SendResult, { kind: "not_sent" }>,
): readonly Effect[] {
  const accountId = linkedinAccountId ?? null;
  if (accountId === null) return [];
  if (trouble !== undefined) return [{ type: "pause_account", accountId, trouble }];
  return rests === undefined
    ? []
    : [{ type: "rest_account", accountId, what: rests, until: at + Math.min(retryAfterMs ?? DAY_MS, AGAIN_MAX_MS) }];
}

/** Whether LinkedIn has named a time that isn't there yet: whoever is woken before it doesn't ask again. */
export function isTooEarly(
  phase: ReadyPhase,
  at: number,
): phase is ReadyPhase & { readonly waitingFor: Extract<GateVerdict, { readonly verdict: "wait" }> } {
  const { waitingFor } = phase;
  return waitingFor?.verdict === "wait" && waitingFor.reason === TOO_EARLY && waitingFor.until > at;
}

const TOO_EARLY = "linkedin_too_early";
