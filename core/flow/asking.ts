import type { CadenceVersion } from "../cadence.ts";
import { LEASE_MS } from "../contract/limits.ts";
import type { Step } from "../contract/step.ts";
import type { Effect, Transition } from "../effects.ts";
import { type Draft, type Enrollment, nextDraftId, type Phase } from "../enrollment.ts";
import type { DraftPurpose, EventOf, Lane } from "../events.ts";
import type { Facts } from "../facts.ts";
import { contactVerdict } from "../gates/contact.ts";
import { healthVerdict, waitedOf } from "../gates/endpoint-health.ts";
import { closedBy, type GateVerdict } from "../gates/gate.ts";
import { become, first, note, nothing } from "./build.ts";
import { askContacts } from "./contact.ts";
import { giveUp, speak } from "./draft-failed.ts";
import { capVerdict, closed, slotNeeded, tenantCap, trace } from "./gated.ts";
import { phaseOf, withPhase } from "./lane.ts";
import { counted, newDraft } from "./new-draft.ts";
import { givePlaceBack, next, withoutOrphanSlot } from "./next.ts";
import { isBelated, lookForPlaceAt, paceVerdict, placeToTake, withoutOrphan, withPlace } from "./pacing.ts";
import { profileToFind } from "./profile.ts";

const NOTHING_KEPT = { draft: null, words: null, job: null } as const;
const LOOK_AGAIN_MIN_MS = 30_000;
const LOOK_AGAIN_MAX_MS = 10 * 60_000;

/** The step's time has come. A wait is over by that; a message first needs the facts. */
export function due(state: Enrollment, at: number, cadence: CadenceVersion): Transition {
  const step = cadence.steps[state.step];
  if (step === undefined) return nothing(state);
  if (step.kind === "wait") return next(state, cadence, at, "waited", null);
  return become(state, [], [{ type: "read_facts", purpose: { to: "draft" } }]);
}

/** The facts before a draft are there: every gate is asked before the customer's model is. */
export function factsForDraft(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting") return nothing(state);
  const phase = state.phase;
  const gates = trace(state, cadence, event.at, event.facts, "draft", step);
  const verdict = closedBy(gates);
  // What is held needs a name, or nobody could skip it or ask again.
  const isHeld = verdict?.verdict === "hold";
  const kept = isHeld ? { ...NOTHING_KEPT, draft: newDraft(state, event.at, step, null) } : NOTHING_KEPT;
  if (verdict !== null)
    return closed(isHeld ? counted(state) : state, cadence, event.at, gates, kept, (wakeAt, waitingFor) => ({
      ...state,
      phase: { ...phase, wakeAt, waitingFor },
    }));
  const look = askContacts(state, cadence, event.facts, { to: "draft" }, gates);
  if (look !== null) return become(state, [], [look]);
  return toProfile(state, event.at, event.facts, step, cadence);
}

/** What the person and the company were sent, and whether the person replied elsewhere, before anybody writes in vain. */
export function contactsForDraft(
  state: Enrollment,
  event: EventOf<"contacts_answered">,
  cadence: CadenceVersion,
): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting") return nothing(state);
  const phase = state.phase;
  const gates = [...event.gates, contactVerdict(event.question, event.answer)];
  if (closedBy(gates) === null) return toProfile(state, event.at, event.facts, step, cadence);
  return closed(state, cadence, event.at, gates, NOTHING_KEPT, (wakeAt, waitingFor) => ({
    ...state,
    phase: { ...phase, wakeAt, waitingFor },
  }));
}

/** On to the lead's profile where that isn't known yet: nobody writes to somebody who can't be reached. */
function toProfile(state: Enrollment, at: number, facts: Facts, step: Step, cadence: CadenceVersion): Transition {
  const find = profileToFind(state, step, facts, { to: "draft" });
  return find === null ? toPlace(state, at, facts, step, cadence) : become(state, [], [find]);
}

/** On to the mailbox, or the account, where it keeps a pace. */
function toPlace(state: Enrollment, at: number, facts: Facts, step: Step, cadence: CadenceVersion): Transition {
  const place = placeToTake(state, at, facts, cadence);
  return place === null ? toBreaker(state, at, facts, step, cadence) : become(state, [], [place]);
}

/** The mailbox or the account has room for this message now, or says when. */
export function placeForDraft(
  state: Enrollment,
  event: EventOf<"place_answered">,
  cadence: CadenceVersion,
): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting") return become(withoutOrphan(state, event));
  const placed = withPlace(state, event);
  if (event.answer.granted) return toBreaker(placed, event.at, event.facts, step, cadence);
  const phase = state.phase;
  const gates = [...trace(state, cadence, event.at, event.facts, "draft", step), paceVerdict(event)];
  return closed(placed, cadence, event.at, gates, NOTHING_KEPT, (until, waitingFor) => ({
    ...placed,
    phase: { ...phase, wakeAt: lookForPlaceAt(state, event.at, until), waitingFor },
  }));
}

/** On to the endpoint's breaker where the customer is asked, else to the day's slot. */
function toBreaker(state: Enrollment, at: number, facts: Facts, step: Step, cadence: CadenceVersion): Transition {
  const waitedFor = state.phase.name === "waiting" ? state.phase.waitingFor : null;
  return facts.endpoint === null || step.draftStrategy === "static"
    ? toSlot(state, at, facts, step, cadence)
    : askBreaker(state, { to: "draft" }, facts, facts.endpoint.id, waitedFor);
}

/** The endpoint's breaker says whether an attempt is worth while. Last of the gates before the slot: what it lets through is made. */
export function breakerAnswered(
  state: Enrollment,
  event: EventOf<"breaker_answered">,
  cadence: CadenceVersion,
): Transition {
  return event.purpose.to === "draft" ? healthForDraft(state, event, cadence) : healthForRetry(state, event, cadence);
}

function healthForDraft(state: Enrollment, event: EventOf<"breaker_answered">, cadence: CadenceVersion): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting") return unused(state, event);
  if (event.waitMs <= 0) return toSlot(state, event.at, event.facts, step, cadence);
  const phase = state.phase;
  const gates = [
    ...trace(state, cadence, event.at, event.facts, "draft", step),
    healthVerdict(event.at, event.waitMs, event.isBusy),
  ];
  return closed(state, cadence, event.at, gates, NOTHING_KEPT, (wakeAt, waitingFor) => ({
    ...state,
    phase: { ...phase, wakeAt, waitingFor },
  }));
}

function toSlot(state: Enrollment, at: number, facts: Facts, step: Step, cadence: CadenceVersion): Transition {
  // A task is no message, and counts among none.
  const slot = step.kind === "task" ? null : slotNeeded(at, facts, null);
  if (slot === null) return ask(state, at, cadence, step, null);
  const { dailySendCap } = cadence.settings;
  return become(
    state,
    [],
    [
      {
        type: "reserve_slot",
        purpose: { to: "draft" },
        facts,
        slot: { draftId: nextDraftId(state), day: slot.day },
        opensAt: slot.opensAt,
        cap: dailySendCap,
        tenantCap: tenantCap(state, facts, at),
      },
    ],
  );
}

/** The slot for today is there, or there is none left today. */
export function slotForDraft(state: Enrollment, event: EventOf<"slot_answered">, cadence: CadenceVersion): Transition {
  const step = dueStep(state, event.at, cadence);
  if (step === null || state.phase.name !== "waiting")
    return event.granted ? become(withoutOrphanSlot(state, event.slot)) : nothing(state);
  if (event.granted) return ask(state, event.at, cadence, step, event.slot.day);
  const phase = state.phase;
  const gates = [...trace(state, cadence, event.at, event.facts, "draft", step), capVerdict(state, cadence, event)];
  // Its turn at the mailbox is today, and it doesn't come.
  const free = givePlaceBack(state);
  const waits = closed(free, cadence, event.at, gates, NOTHING_KEPT, (wakeAt, waitingFor) => ({
    ...free,
    phase: { ...phase, wakeAt, waitingFor },
  }));
  return first([], waits, leftPlace(event.facts, step));
}

/** Between two attempts the switches are looked at again; then the same draft is asked once more. */
export function factsForRetry(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  if (state.phase.name !== "resting" || state.paused !== null || state.phase.wakeAt > event.at) return nothing(state);
  const { draft } = state.phase;
  const phase = state.phase;
  const gates = trace(state, cadence, event.at, event.facts, "retry", cadence.steps[state.step] ?? null);
  if (closedBy(gates) !== null)
    return closed(state, cadence, event.at, gates, { ...NOTHING_KEPT, draft }, (wakeAt, waitingFor) => ({
      ...state,
      phase: { ...phase, wakeAt, waitingFor },
    }));
  if (event.at >= draft.expiresAt) return giveUp(state, event.at, cadence, draft, "expired");
  return event.facts.endpoint === null
    ? attempt(state, event.at, belated(draft, event.at, phase.waitingFor))
    : askBreaker(state, { to: "retry" }, event.facts, event.facts.endpoint.id, phase.waitingFor);
}

/** The clock of a draft that was asked once goes on while the endpoint is down; its attempts are kept. */
function healthForRetry(state: Enrollment, event: EventOf<"breaker_answered">, cadence: CadenceVersion): Transition {
  if (state.phase.name !== "resting" || state.paused !== null || state.phase.wakeAt > event.at)
    return unused(state, event);
  const phase = state.phase;
  const { draft } = phase;
  if (event.waitMs <= 0) return attempt(state, event.at, belated(draft, event.at, phase.waitingFor));
  const step = cadence.steps[state.step] ?? null;
  const gates = [
    ...trace(state, cadence, event.at, event.facts, "retry", step),
    healthVerdict(event.at, Math.min(event.waitMs, draft.expiresAt - event.at), event.isBusy),
  ];
  return closed(state, cadence, event.at, gates, { ...NOTHING_KEPT, draft }, (wakeAt, waitingFor) => ({
    ...state,
    phase: { ...phase, wakeAt, waitingFor },
  }));
}

function askBreaker(
  state: Enrollment,
  purpose: DraftPurpose,
  facts: Facts,
  endpointId: string,
  waitedFor: GateVerdict | null,
): Transition {
  return become(state, [], [{ type: "ask_breaker", purpose, facts, endpointId, ...waitedOf(waitedFor) }]);
}

/** What the breaker has let through is not wanted any more. */
function unused(state: Enrollment, { waitMs, facts }: EventOf<"breaker_answered">): Transition {
  return waitMs > 0 ? nothing(state) : become(state, [], leftPlace(facts, null));
}

/** The place at the endpoint that was taken for an attempt which isn't made. A step with its own words takes none. */
function leftPlace({ endpoint }: Facts, step: Step | null): readonly Effect[] {
  if (endpoint === null || step?.draftStrategy === "static") return [];
  return [{ type: "leave_place", endpointId: endpoint.id }];
}

/** A fact that can't be read is no fact: look again in a while, and send nothing meanwhile. */
export function factsUnreadable(state: Enrollment, event: EventOf<"facts_unreadable">): Transition {
  const lane: Lane = event.purpose.to === "send" ? event.purpose.lane : { of: "step" };
  const phase = phaseOf(state, lane);
  if (phase?.name !== "waiting" && phase?.name !== "resting" && phase?.name !== "ready") return nothing(state);
  if (phase.wakeAt > event.at) return nothing(state);
  const later = { ...phase, wakeAt: event.at + againMs(event.at - sinceOf(phase), event.dice) };
  const waits = later.name === "ready" ? withPhase(state, lane, later) : { ...state, phase: later };
  return become(waits, [note(state, event.at, "facts_unreadable", { detail: { detail: event.detail } })]);
}

/** An eighth of the time that it has been looked for already, ±20 %: a long outage is not made longer by those who wait. */
function againMs(soughtMs: number, dice: number): number {
  const waitMs = Math.min(Math.max(soughtMs / 8, LOOK_AGAIN_MIN_MS), LOOK_AGAIN_MAX_MS);
  return Math.round(waitMs * (0.8 + 0.4 * dice));
}

function sinceOf(phase: Extract<Phase, { name: "waiting" | "resting" | "ready" }>): number {
  return phase.name === "waiting" ? phase.dueAt : phase.draft.createdAt;
}

/** The first asking of a draft: claimed, with the lease, before the request leaves. A static step has its words already. */
function ask(state: Enrollment, at: number, cadence: CadenceVersion, step: Step, slotDay: string | null): Transition {
  const draft = newDraft(state, at, step, slotDay);
  return step.draftStrategy === "static"
    ? speak(counted(state), at, cadence, draft, step)
    : attempt(counted(state), at, draft);
}

/** Asked for again so long after the first time, it comes out of an outage of its endpoint. */
function belated(draft: Draft, at: number, waitedFor: GateVerdict | null): Draft {
  return isBelated(at, draft.createdAt, waitedFor) ? { ...draft, isBelated: true } : draft;
}

function attempt(state: Enrollment, at: number, draft: Draft): Transition {
  const begun = { ...draft, attempt: draft.attempt + 1 };
  return become(
    { ...state, phase: { name: "drafting", draft: begun, wakeAt: at + LEASE_MS } },
    [],
    [{ type: "request_draft", draftId: draft.id, attempt: begun.attempt }],
  );
}

function dueStep(state: Enrollment, at: number, cadence: CadenceVersion): Step | null {
  if (state.phase.name !== "waiting" || state.paused !== null || state.phase.wakeAt > at) return null;
  return cadence.steps[state.step] ?? null;
}
