import type { CadenceVersion } from "../cadence.ts";
import { channelOfLane } from "../channel.ts";
import { DUE_WITHIN_HOURS } from "../contract/limits.ts";
import type { Step } from "../contract/step.ts";
import type { Effect, Transition } from "../effects.ts";
import type { Enrollment, ReadyPhase, TaskedPhase } from "../enrollment.ts";
import type { EventOf, Lane } from "../events.ts";
import { contactQuestion, contactVerdict } from "../gates/contact.ts";
import { closedBy, type GateVerdict } from "../gates/gate.ts";
import { openInvitation, profileOf, withStanding } from "../linkedin/standing.ts";
import { sendKey } from "../send-key.ts";
import { andThen, become, first, note, nothing, refuse } from "./build.ts";
import { closed, skip, trace } from "./gated.ts";
import { dropLane, phaseOf, withPhase } from "./lane.ts";
import { type Leaving, markSent } from "./mark-sent.ts";
import { askAnew, giveSlotBack } from "./next.ts";
import { tell } from "./tell.ts";

const HOUR_MS = 3600_000;
/** After the time by which it should have been done somebody is told so, and on each of the next days; then it is left alone. */
const REMINDERS_MAX = 3;
const REMIND_AGAIN_MS = 24 * HOUR_MS;
const LOOK_AGAIN_MS = 24 * HOUR_MS;
const LOOKED_AT_FOR_MS = 30 * 24 * HOUR_MS;

/** The words are a person's to use now. */
export function toTask(
  state: Enrollment,
  at: number,
  lane: Lane,
  { draft, words }: ReadyPhase,
  cadence: CadenceVersion,
  gates: readonly GateVerdict[],
): Transition {
  const step = stepOf(state, lane, cadence);
  const dueAt = at + (step?.dueWithinHours ?? DUE_WITHIN_HOURS) * HOUR_MS;
  const kind = step?.kind ?? "linkedin_message";
  const remindAt = dueAt;
  const phase: TaskedPhase = {
    name: "tasked",
    kind,
    draft,
    words,
    since: at,
    dueAt,
    reminders: 0,
    gates,
    remindAt,
    wakeAt: nextLookAt({ since: at, remindAt }, at),
  };
  const tasked = become(withPhase(state, lane, phase), [
    note(state, at, "task_created", { subjectId: draft.id, detail: { dueAt: new Date(dueAt).toISOString() } }),
  ]);
  return andThen(tasked, (after) => tellTask(after, at, "cadence.task.created", lane, phase, cadence));
}

/** It is time to look at it: whether it should be done by now, and whether the lead may still be written to. */
export function lookAtTask(
  state: Enrollment,
  at: number,
  lane: Lane,
  phase: TaskedPhase,
  cadence: CadenceVersion,
): Transition {
  const isOverdue = phase.remindAt !== null && phase.remindAt <= at;
  const reminders = phase.reminders + (isOverdue ? 1 : 0);
  const remindAt = !isOverdue ? phase.remindAt : reminders < REMINDERS_MAX ? at + REMIND_AGAIN_MS : null;
  const later: TaskedPhase = {
    ...phase,
    reminders,
    remindAt,
    wakeAt: nextLookAt({ since: phase.since, remindAt }, at),
  };
  const looks: readonly Effect[] = lane.of === "step" ? [{ type: "read_facts", purpose: { to: "send", lane } }] : [];
  const looked = withPhase(state, lane, later);
  if (!isOverdue) return become(looked, [], looks);
  const line = note(state, at, "task_overdue", { subjectId: phase.draft.id, detail: { reminders } });
  return first(
    [line],
    andThen(become(looked), (after) => tellTask(after, at, "cadence.task.overdue", lane, later, cadence)),
    looks,
  );
}

/** A task lies for days: whoever was suppressed meanwhile, or replied elsewhere, is no longer to be written to. */
export function factsForTask(state: Enrollment, event: EventOf<"facts_read">, cadence: CadenceVersion): Transition {
  const { phase } = state;
  if (phase.name !== "tasked" || state.paused !== null) return nothing(state);
  const gates = trace(state, cadence, event.at, event.facts, "send", cadence.steps[state.step] ?? null);
  const verdict = closedBy(gates)?.verdict;
  if (verdict === "stop" || verdict === "skip")
    return closed(state, cadence, event.at, gates, { ...phase, job: null }, () => state);
  const question = contactQuestion(state, cadence, event.facts);
  if (question === null || question.repliesFrom === null) return nothing(state);
  const { facts } = event;
  const purpose = { to: "send", lane: { of: "step" } } as const;
  return become(state, [], [{ type: "ask_contacts", purpose, facts, question, sendKey: null, gates }]);
}

/** Whether the person replied elsewhere; that they were written to enough is no reason to take a task away. */
export function contactsForTask(
  state: Enrollment,
  event: EventOf<"contacts_answered">,
  cadence: CadenceVersion,
): Transition {
  const { phase } = state;
  if (phase.name !== "tasked" || state.paused !== null || event.answer.kind !== "replied") return nothing(state);
  const gates = [...event.gates, contactVerdict(event.question, event.answer)];
  return closed(state, cadence, event.at, gates, { ...phase, job: null }, () => state);
}

/** To remind, or a day later to look; after a month nobody looks any more. */
function nextLookAt({ since, remindAt }: Pick<TaskedPhase, "since" | "remindAt">, at: number): number | null {
  const lookAt = at + LOOK_AGAIN_MS;
  const looks = lookAt - since <= LOOKED_AT_FOR_MS ? [lookAt] : [];
  const times = remindAt === null ? looks : [remindAt, ...looks];
  return times.length === 0 ? null : Math.min(...times);
}

/** A person did it. */
export function taskDone(state: Enrollment, event: EventOf<"task_done">, cadence: CadenceVersion): Transition {
  const open = openTask(state, event.draftId);
  if (open === null) return noTask(state, event.draftId);
  const { lane, phase } = open;
  const text = event.text ?? phase.words.text;
  const line = note(state, event.at, "task_done", {
    by: event.by,
    subjectId: event.draftId,
    detail: event.text === null || event.text === phase.words.text ? {} : { before: phase.words.text },
  });
  const wire = {
    messageId: null,
    providerMessageId: null,
    response: `done by ${event.by}`,
    assumed: false,
  };
  return first([line], markSent(state, event.at, lane, leaving(state, lane, phase, text, cadence), wire, cadence));
}

/** It isn't done, and the cadence goes on without it. */
export function taskSkipped(state: Enrollment, event: EventOf<"task_skipped">, cadence: CadenceVersion): Transition {
  const open = openTask(state, event.draftId);
  if (open === null) return noTask(state, event.draftId);
  const line = note(state, event.at, "task_skipped", {
    by: event.by,
    subjectId: event.draftId,
    detail: { reason: event.reason },
  });
  if (open.lane.of === "reply") return become(dropLane(state, open.lane.reply), [line]);
  const { draft } = open.phase;
  return first(
    [line],
    skip(giveSlotBack(state, draft), cadence, event.at, draft, event.reason ?? "skipped by a person"),
  );
}

/** The two aren't connected, so nobody could write: the step waits for that, and is asked for anew when they are. */
export function taskNotConnected(
  state: Enrollment,
  event: EventOf<"task_not_connected">,
  cadence: CadenceVersion,
): Transition {
  const open = openTask(state, event.draftId);
  if (open === null) return noTask(state, event.draftId);
  const step = stepOf(state, open.lane, cadence);
  if (step?.kind !== "linkedin_message")
    return refuse(state, "conflict", "Only a LinkedIn message needs the two to be connected; say done or skip.");
  // Whoever says so has an invitation open there, or sends one: from now on it is waited for.
  const invitation = openInvitation(state) ?? { id: null, at: event.at, acceptedAt: null, withdrawnAt: null };
  const known = withStanding(state, { isConnected: false, invitation });
  return become(askAnew(known, event.at, open.phase.draft), [
    note(state, event.at, "not_connected", { by: event.by, subjectId: event.draftId }),
  ]);
}

/** What waits for a person under this id: the step in hand, or an answer to a reply. */
export function openTask(
  state: Enrollment,
  draftId: string,
): { readonly lane: Lane; readonly phase: TaskedPhase } | null {
  const lanes = [{ of: "step" } as const, ...state.answers.map(({ reply }) => ({ of: "reply", reply }) as const)];
  for (const lane of lanes) {
    const phase = phaseOf(state, lane);
    if (phase?.name === "tasked" && phase.draft.id === draftId) return { lane, phase };
  }
  return null;
}

function leaving(
  state: Enrollment,
  lane: Lane,
  { draft, words, since, gates }: TaskedPhase,
  text: string,
  cadence: CadenceVersion,
): Leaving {
  const step = stepOf(state, lane, cadence);
  return {
    draft,
    words: { ...words, text },
    interruptedBy: null,
    channel: channelOfLane(state, lane, step),
    to: profileOf(state.lead),
    sendKey: sendKey(state, lane),
    provider: "manual",
    sha256: null,
    intentAt: since,
    gates,
  };
}

function tellTask(
  state: Enrollment,
  at: number,
  type: "cadence.task.created" | "cadence.task.overdue",
  lane: Lane,
  phase: TaskedPhase,
  cadence: CadenceVersion,
): Transition {
  const step = stepOf(state, lane, cadence);
  const data = {
    stepIndex: lane.of === "step" ? state.step : null,
    reply: lane.of === "reply" ? lane.reply : null,
    draftId: phase.draft.id,
    kind: phase.kind,
    subject: phase.words.subject,
    text: phase.words.text,
    profileUrl: state.lead.linkedinUrl,
    notes: step?.notes ?? null,
    dueAt: new Date(phase.dueAt).toISOString(),
  };
  return tell(state, cadence, at, type, { data }, { step: data.stepIndex });
}

function stepOf(state: Enrollment, lane: Lane, cadence: CadenceVersion): Step | null {
  return lane.of === "step" ? (cadence.steps[state.step] ?? null) : null;
}

function noTask(state: Enrollment, draftId: string): Transition {
  return refuse(state, "no_task", `${draftId} is no open task: it was done, skipped, or ended with its enrollment.`);
}
