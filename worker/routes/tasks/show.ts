import type { EnrollmentRecord } from "../../../adapters/d1/enrollments.ts";
import type { CadenceVersion } from "../../../core/cadence.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { type Task, TaskKind, type TaskSummary } from "../../../core/contract/task.ts";
import { type Enrollment, stateOf } from "../../../core/enrollment.ts";
import { openTask } from "../../../core/flow/task.ts";
import { indexRow } from "../../../core/index-row.ts";

/** What of an enrollment says whose task it is. */
type Of = Pick<EnrollmentRecord, "id" | "cadenceId" | "step" | "leadExternalId" | "leadName" | "leadEmail" | "state">;

/** A task as the index knows it; null where it is no task any more. */
export function showTaskSummary(record: EnrollmentRecord, now: number): TaskSummary | null {
  const { draftId, taskKind, taskDueAt } = record;
  if (draftId === null || taskKind === null || taskDueAt === null) return null;
  return { id: draftId, kind: TaskKind.parse(taskKind), ...about(record), ...due(taskDueAt, now) };
}

/** A task as its enrollment knows it, or null when it knows no such one. */
export function showTask(
  record: EnrollmentRecord,
  state: Enrollment,
  cadence: CadenceVersion | null,
  id: string,
  now: number,
): Task | null {
  const open = openTask(state, id);
  if (open === null) return null;
  const { lane, phase } = open;
  const { name, email, linkedinUrl } = state.lead;
  const current = { ...record, step: state.step, leadName: name, leadEmail: email, state: stateOf(state) };
  return {
    id,
    kind: TaskKind.parse(phase.kind),
    ...about(current),
    ...due(phase.dueAt, now),
    reply: lane.of === "reply" ? lane.reply : null,
    leadLinkedinUrl: linkedinUrl,
    subject: phase.words.subject,
    text: phase.words.text,
    notes: lane.of === "step" ? (cadence?.steps[state.step]?.notes ?? null) : null,
    createdAt: toTimestamp(phase.since),
    reminders: phase.reminders,
  };
}

/** The id of what a person has to do first by the enrollment itself; null for nothing. */
export function firstTask(state: Enrollment): string | null {
  const phases = [state.phase, ...state.answers.map(({ phase }) => phase)];
  return phases.find((phase) => phase.name === "tasked")?.draft.id ?? null;
}

/** The task in an enrollment's own words, as its screen shows it; null for none. */
export function taskOf(state: Enrollment): { draftId: string; kind: TaskKind; dueAt: string } | null {
  const [draftId, task] = [firstTask(state), indexRow(state, 0).task ?? null];
  return draftId === null || task === null
    ? null
    : { draftId, kind: TaskKind.parse(task.kind), dueAt: toTimestamp(task.dueAt) };
}

function about(of: Of) {
  return {
    enrollmentId: of.id,
    cadenceId: of.cadenceId,
    step: of.step,
    leadExternalId: of.leadExternalId,
    leadName: of.leadName,
    leadEmail: of.leadEmail,
    isPaused: of.state === "paused",
  };
}

function due(dueAt: number, now: number) {
  return { dueAt: toTimestamp(dueAt), isOverdue: dueAt <= now };
}
