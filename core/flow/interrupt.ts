import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import { canReopen, type Enrollment, type Exit, isFinished, type Phase, type ReadyPhase } from "../enrollment.ts";
import type { EventOf } from "../events.ts";
import type { GateName } from "../gates/gate.ts";
import { andThen, become, first, note, nothing, refuse } from "./build.ts";
import { askAnew, exit } from "./next.ts";
import { stopAnswers } from "./stop-answers.ts";

/** Stop everything for this lead, now. */
export function unenroll(state: Enrollment, event: EventOf<"unenroll_requested">, cadence: CadenceVersion): Transition {
  const over = state.phase.name === "finished" && !canReopen(state.phase.exit) ? state.phase : null;
  if (over !== null && state.answers.every(({ phase }) => phase.name === "held" && phase.reason === "ambiguous"))
    return over.exit.state === "unenrolled"
      ? become(state)
      : refuse(state, "already_finished", `${state.id} finished on ${day(over.at)}; there is nothing left to stop.`);
  const asked = note(state, event.at, "unenroll_requested", { by: event.by, detail: { reason: event.reason } });
  const end: Exit = { state: "unenrolled", reason: event.reason, detail: null };
  return first(
    [asked],
    andThen(stopAnswers(state, event.at, end, cadence), (after) => exit(after, cadence, event.at, end)),
  );
}

/** The lead is enrolled in the cadence anew: an end that could be taken back no longer can, or two would run. */
export function enrolledAnew(state: Enrollment, at: number): Transition {
  const { phase } = state;
  if (phase.name !== "finished") return refuse(state, "conflict", `${state.id} still runs; stop it first.`);
  if (!canReopen(phase.exit)) return become(state);
  const exit = { ...phase.exit, isFinal: true } as const;
  return become({ ...state, phase: { ...phase, exit } }, [note(state, at, "enrolled_anew", { by: "api" })]);
}

/** Nothing new begins until somebody resumes; what is in flight finishes and is recorded. */
export function pause(state: Enrollment, at: number, by: string): Transition {
  if (isFinished(state))
    return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  // The engine's own pause ends with the customer's word; one that somebody asked for ends with a resume alone.
  if (state.paused !== null && (!byEngine(state.paused.by) || byEngine(by))) return become(state);
  return become({ ...state, paused: { at, by } }, [note(state, at, "paused", { by })]);
}

/** Whether the engine itself paused, for a reply that it isn't sure of. */
export function byEngine(by: string): boolean {
  return by.startsWith("engine:");
}

/** Goes on where it stood; gates and delays still hold. A held step stays held: release, edit, skip or retry it. */
export function resume(state: Enrollment, event: EventOf<"resume_requested">): Transition {
  if (isFinished(state))
    return refuse(state, "already_finished", `${state.id} is finished; enroll the lead again instead.`);
  if (state.paused === null) return become(state);
  const resumed = become({ ...state, paused: null }, [note(state, event.at, "resumed", { by: event.by })]);
  // What it waits for may have been put right while nobody looked.
  return andThen(resumed, (after) => lookAgain(after, event.at));
}

/** Wakes who waits for a gate, and the steps that a disabled endpoint held. The delay of the step stands. */
export function woken(state: Enrollment, event: EventOf<"woken">): Transition {
  const { phase } = state;
  if (phase.name === "held" && phase.reason === "endpoint_disabled" && event.cause === "endpoint_restored")
    return become(askAnew(state, event.at, phase.draft), [note(state, event.at, "endpoint_restored")]);
  return lookAgain(state, event.at);
}

/** Whoever waits for one of these gates looks at it now: the step in hand, no sooner than its delay, and every answer to a reply. */
export function lookAgain(state: Enrollment, at: number, gates: ReadonlySet<GateName> | null = null): Transition {
  const phase = lookingAgain(state.phase, at, gates);
  const answers = state.answers.map((answer) => ({ ...answer, phase: lookingAgain(answer.phase, at, gates) }));
  const isSame = phase === state.phase && answers.every((answer, n) => answer.phase === state.answers[n]?.phase);
  return isSame ? nothing(state) : become({ ...state, phase, answers });
}

function lookingAgain<Of extends Phase>(phase: Of, at: number, gates: ReadonlySet<GateName> | null): Of {
  if (!("waitingFor" in phase) || phase.waitingFor === null || phase.wakeAt <= at) return phase;
  if (gates !== null && !gates.has(phase.waitingFor.gate)) return phase;
  return { ...phase, wakeAt: phase.name === "waiting" ? Math.max(phase.dueAt, at) : at };
}

/** What these say depends on the lead's clock. */
const BY_THE_CLOCK: ReadonlySet<GateName> = new Set(["window", "mailbox_pace"]);

/** A lead's fields change for what is still to come; what was sent, or may have been, stays as it was. Another clock, or other holidays, are looked at now. */
export function editLead(state: Enrollment, event: EventOf<"lead_edited">): Transition {
  const edited = changeLead(state, event);
  const { lead } = edited.state;
  const isSame = lead.timeZone === state.lead.timeZone && lead.country === state.lead.country;
  return isSame ? edited : andThen(edited, (after) => lookAgain(after, event.at, BY_THE_CLOCK));
}

function changeLead(state: Enrollment, event: EventOf<"lead_edited">): Transition {
  const lead = { ...state.lead, ...event.lead };
  const isSamePerson = lead.linkedinUrl === state.lead.linkedinUrl && lead.profileUrn === state.lead.profileUrn;
  return isSamePerson
    ? changeMail(state, event)
    : andThen(changeMail(state, event), (after) => changeProfile(after, event.at));
}

/** Another profile is another person: nothing that was known of the one before holds. What is under way to them ends as it does. */
function changeProfile(before: Enrollment, at: number): Transition {
  const { linkedin: _, ...state } = before;
  const { phase } = state;
  if (phase.name === "held" && phase.reason === "profile_missing" && phase.words === null)
    return become(askAnew(state, at, phase.draft));
  return become(
    phase.name === "ready" && phase.job?.doubt === null && phase.job.channel === "linkedin"
      ? { ...state, phase: { ...phase, job: null } }
      : state,
  );
}

function changeMail(state: Enrollment, event: EventOf<"lead_edited">): Transition {
  const lead = { ...state.lead, ...event.lead };
  const line = note(state, event.at, "lead_edited", { by: event.by, detail: { fields: Object.keys(event.lead) } });
  const before = state.lead.email;
  if (lead.email === before) return become({ ...state, lead }, [line]);
  const formerEmails = [...(before === null ? [] : [before]), ...state.formerEmails].filter(
    (email) => email !== lead.email,
  );
  const edited: Enrollment = { ...state, lead, formerEmails: formerEmails.slice(0, FORMER_EMAILS_MAX) };
  const { phase } = edited;
  // Held for want of an address: now there is one.
  if (phase.name === "held" && phase.reason === "address_missing" && phase.words === null)
    return become(askAnew(edited, event.at, phase.draft), [line]);
  // Bytes for the old address that surely haven't left are made again for the new one.
  const answers = edited.answers.map((answer) => ({
    ...answer,
    phase: isStale(answer.phase) ? { ...answer.phase, job: null } : answer.phase,
  }));
  return become({ ...edited, answers, phase: isStale(phase) ? { ...phase, job: null } : phase }, [line]);
}

const FORMER_EMAILS_MAX = 10;

function isStale(phase: Phase): phase is ReadyPhase {
  return phase.name === "ready" && phase.job?.doubt === null && phase.job.channel === undefined;
}

function day(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
