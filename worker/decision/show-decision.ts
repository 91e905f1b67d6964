import { type EnrollmentRecord, isUnheardOf } from "../../adapters/d1/enrollments.ts";
import type { Trace } from "../../adapters/d1/traces.ts";
import type { CadenceVersion } from "../../core/cadence.ts";
import { channelOfStep } from "../../core/channel.ts";
import { toTimestamp } from "../../core/contract/common.ts";
import type { Decision, DecisionGate } from "../../core/contract/decision.ts";
import { type Ahead, aheadOf, type GateWord, underWay } from "../../core/decision.ts";
import { sayOutlook } from "../../core/decision-words.ts";
import { type Enrollment, stateOf } from "../../core/enrollment.ts";
import { sendingZone } from "../../core/sending-zone.ts";
import { showSummary } from "../routes/enrollments/show.ts";
import { type Found, findOpening, type Whose } from "./outlook.ts";

/** What happens next to an enrollment, as of `now` (ms), and what the gates said of it so far. */
export async function showDecision(whose: Whose, traces: readonly Trace[], now: number): Promise<Decision> {
  const { enrollment, cadence, facts } = whose;
  const ahead = aheadOf(enrollment);
  const found = ahead === null ? null : await findOpening(whose, ahead, now);
  const kind = cadence.steps[enrollment.step]?.kind ?? "step";
  const { timeZone } = sendingZone(enrollment.lead, facts, channelOfStep(cadence.steps[enrollment.step] ?? null));
  const busy = underWay(enrollment);
  const outlook =
    found === null ? null : { step: enrollment.step, kind, now, timeZone, openAt: found.openAt, by: found.by };
  return {
    enrollmentId: enrollment.id,
    at: toTimestamp(now),
    state: stateOf(enrollment),
    phase: enrollment.phase.name,
    summary:
      outlook === null ? `Step ${enrollment.step + 1}: ${busy ?? "nothing is left to do"}.` : sayOutlook(outlook),
    next: ahead === null || found === null ? null : showNext(enrollment, cadence, ahead, found),
    ...showPast(enrollment.outcomes, enrollment.step, traces),
  };
}

/** Of an enrollment whose object is empty: it begins in a moment, or ended long ago, and only the log knows what was. */
export function showUnknown(record: EnrollmentRecord, traces: readonly Trace[], now: number): Decision {
  const { state, phase, currentStep } = showSummary(record);
  return {
    enrollmentId: record.id,
    at: toTimestamp(now),
    ...{ state, phase },
    summary: isUnheardOf(record, now) ? "It begins in a moment." : `It has ended: ${state}. Nothing is left to do.`,
    next: null,
    ...showPast([], currentStep, traces),
  };
}

function showNext(enrollment: Enrollment, cadence: CadenceVersion, ahead: Ahead, found: Found): Decision["next"] {
  const kind = cadence.steps[enrollment.step]?.kind ?? "step";
  return {
    step: enrollment.step,
    kind,
    action: kind === "wait" ? "pass" : ahead.purpose === "send" ? "send" : "ask_for_draft",
    earliestAt: found.openAt === null ? null : toTimestamp(found.openAt),
    looksAgainAt: enrollment.phase.wakeAt === null ? null : toTimestamp(enrollment.phase.wakeAt),
    blockedBy: found.by?.gate ?? null,
    gatesNow: found.wordsNow.map(showGate),
    gatesThen: found.wordsThen.map(showGate),
  };
}

function showPast(
  outcomes: Enrollment["outcomes"],
  current: number,
  traces: readonly Trace[],
): Pick<Decision, "past" | "current"> {
  const of = (step: number) =>
    traces
      .filter((trace) => trace.step === step)
      .map(({ at, what, gates }) => ({
        at: toTimestamp(at),
        what: what === "out" ? "sent" : what,
        gates: gates.map(showGate),
      }));
  const past = outcomes.map((outcome) => ({ ...outcome, at: toTimestamp(outcome.at), traces: of(outcome.step) }));
  const isPassed = outcomes.some(({ step }) => step === current);
  return { past, current: isPassed ? [] : of(current) };
}

function showGate({ gate, verdict, reason, detail, until, read }: GateWord): DecisionGate {
  return { gate, verdict, reason, detail, until: until === null ? null : toTimestamp(until), read: { ...read } };
}
