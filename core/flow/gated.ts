import type { CadenceVersion } from "../cadence.ts";
import { channelOfStep } from "../channel.ts";
import type { Channel, Step } from "../contract/step.ts";
import type { Transition } from "../effects.ts";
import type { Draft, Enrollment, SendJob, SlotRef } from "../enrollment.ts";
import type { EventOf, Purpose } from "../events.ts";
import type { Facts } from "../facts.ts";
import { absence } from "../gates/absence.ts";
import { account } from "../gates/account.ts";
import { condition } from "../gates/condition.ts";
import { endpoint } from "../gates/endpoint.ts";
import { closedBy, type Gate, type GateVerdict, runGates } from "../gates/gate.ts";
import { mailbox } from "../gates/mailbox.ts";
import { quotaForDraft, quotaForSend } from "../gates/quota.ts";
import { suppression } from "../gates/suppression.ts";
import { switches } from "../gates/switches.ts";
import { window } from "../gates/window.ts";
import { dayIn, nextDay } from "../schedule.ts";
import { rampCap } from "../sending-ramp.ts";
import { andThen, become, first, journal } from "./build.ts";
import { hold, type Kept } from "./hold.ts";
import { exit, giveSlotBack, next } from "./next.ts";
import { tell } from "./tell.ts";
import { tellStepDoubt } from "./tell-held.ts";

/** What must be there to send by, for each way. */
const SENDS_BY: Readonly<Record<Channel, readonly Gate[]>> = { email: [mailbox], linkedin: [account], task: [] };

/** Runs the gates that stand before `purpose`; `channel` is the step's own but for an answer to a reply. */
export function trace(
  state: Enrollment,
  cadence: CadenceVersion,
  now: number,
  facts: Facts,
  purpose: Purpose["to"],
  step: Step | null,
  channel: Channel = channelOfStep(step),
): readonly GateVerdict[] {
  return runGates(gatesBefore(purpose, channel), { now, enrollment: state, cadence, step, channel, facts });
}

/** The gates that stand before `purpose` and need nothing but the facts, in their order. */
export function gatesBefore(purpose: Purpose["to"], channel: Channel): readonly Gate[] {
  switch (purpose) {
    case "draft":
      return [switches, suppression, endpoint, ...SENDS_BY[channel], condition, absence, window, quotaForDraft];
    case "retry":
      return [switches, suppression, endpoint];
    case "send": // All of them again, but for the endpoint: it has said what it had to say.
      return [switches, suppression, ...SENDS_BY[channel], condition, absence, window, quotaForSend];
  }
}

/** What a closed gate means for the step in hand. `wait` puts the phase off; the others leave it. */
export function closed(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  gates: readonly GateVerdict[],
  kept: Kept,
  wait: (until: number, verdict: GateVerdict) => Enrollment,
): Transition {
  const verdict = closedBy(gates);
  if (verdict === null) return become(state);
  switch (verdict.verdict) {
    case "wait":
      return become(
        wait(verdict.until, verdict),
        sameWait(state, verdict)
          ? []
          : [traced(state, at, "waiting", gates, { gate: verdict.gate, reason: verdict.reason, until: verdict.until })],
      );
    case "hold":
      return first(
        [gateClosed(state, at, gates, verdict)],
        hold(state, cadence, at, verdict.reason, verdict.detail, kept),
      );
    case "skip":
      return first([gateClosed(state, at, gates, verdict)], passOver(state, cadence, at, kept, verdict.reason));
    case "stop":
      return first(
        [gateClosed(state, at, gates, verdict)],
        exit(state, cadence, at, { state: "exited", reason: verdict.reason, detail: verdict.detail }),
      );
  }
}

/** The line that keeps why a step didn't go: what is behind it has its own lines. */
function gateClosed(
  state: Enrollment,
  at: number,
  gates: readonly GateVerdict[],
  { gate, verdict, reason }: Extract<GateVerdict, { readonly reason: string }>,
) {
  return traced(state, at, "gate_closed", gates, { gate, verdict, reason });
}

function passOver(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  { job, draft }: Kept,
  reason: string,
): Transition {
  if (job !== null && job.doubt !== null) return passDoubtful(state, cadence, at, job, draft, reason);
  return skip(giveSlotBack(state, draft), cadence, at, draft, reason);
}

/** The step is passed over and the customer told why. */
export function skip(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  draft: Draft | null,
  reason: string | null,
): Transition {
  const told = tell(state, cadence, at, "cadence.step.skipped", {
    data: { stepIndex: state.step, draftId: draft?.id ?? null, reason },
  });
  return andThen(told, (after) => next(after, cadence, at, "skipped", draft, reason));
}

/** The step is passed over although its message may have arrived: that is its outcome, and no later word can say more. */
export function passDoubtful(
  state: Enrollment,
  cadence: CadenceVersion,
  at: number,
  job: SendJob,
  draft: Draft | null,
  reason: string | null,
): Transition {
  const told = tellStepDoubt(state, cadence, at, draft?.id ?? null, job.doubt ?? "");
  return andThen(told, (after) => next(after, cadence, at, "ambiguous", draft, reason, job.intentAt));
}

/** A journal line with the gates as they stood. */
export function traced(
  state: Enrollment,
  at: number,
  code: string,
  gates: readonly GateVerdict[],
  detail: Record<string, unknown>,
) {
  return journal({ kind: "note", at, step: state.step, code, subjectId: null, by: "engine", detail, gates });
}

/** The day's slot that a send needs, or null when there is one already for this very day. */
export function slotNeeded(at: number, facts: Facts, draft: Draft | null): { day: string; opensAt: number } | null {
  const day = dayIn(at, facts.tenant.timeZone);
  return draft?.slotDay === day ? null : { day, opensAt: nextDay(at, facts.tenant.timeZone) };
}

/** A day's cap that is reached as a gate verdict, for the trace: the cadence's own, or that of a tenant that is new. */
export function capVerdict(
  state: Enrollment,
  cadence: CadenceVersion,
  {
    facts,
    slot,
    opensAt,
    fullFor,
    at,
  }: Pick<EventOf<"slot_answered">, "facts" | "opensAt" | "fullFor" | "at"> & {
    readonly slot: Pick<SlotRef, "day">;
  },
): GateVerdict {
  const read = {
    day: slot.day,
    dailySendCap: cadence.settings.dailySendCap,
    newTenantCap: tenantCap(state, facts, at),
  };
  const reason = fullFor === "tenant" ? "new_tenant_cap_reached" : "daily_cap_reached";
  return { gate: "daily_cap", read, verdict: "wait", until: opensAt, reason };
}

/** How many messages the whole tenant may send on the day of `at` while it is new; null where nothing bounds it. Test mail bounds nobody. */
export function tenantCap({ mode }: Enrollment, { tenant }: Facts, at: number): number | null {
  return mode === "sandbox" || tenant.newSince === null ? null : rampCap(tenant.newSince, at, tenant.timeZone);
}

function sameWait(state: Enrollment, verdict: GateVerdict): boolean {
  const before = "waitingFor" in state.phase ? state.phase.waitingFor : null;
  return (
    before !== null &&
    before.verdict === "wait" &&
    verdict.verdict === "wait" &&
    before.gate === verdict.gate &&
    before.reason === verdict.reason
  );
}
