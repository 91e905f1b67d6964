import { z } from "zod";
import type { EnrollmentRecord } from "../../../adapters/d1/enrollments.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import {
  type EnrollmentBody,
  type EnrollmentSummary,
  PhaseName,
  WaitingZone,
} from "../../../core/contract/enrollment.ts";
import type { Enrollment, Phase } from "../../../core/enrollment.ts";
import { indexRow } from "../../../core/index-row.ts";
import { standingOf } from "../../../core/linkedin/standing.ts";
import { taskOf } from "../tasks/show.ts";

/** What the gate of windows read. */
const zoneRead = z
  .object({ timeZone: WaitingZone.shape.name, zoneOf: WaitingZone.shape.of, zoneWhy: WaitingZone.shape.why })
  .transform(({ timeZone: name, zoneOf: of, zoneWhy: why }) => ({ name, of, why }));

/** An enrollment as the index knows it. */
export function showSummary(record: EnrollmentRecord): EnrollmentSummary {
  return {
    id: record.id,
    cadenceId: record.cadenceId,
    version: record.version,
    mode: record.mode,
    state: record.state,
    exitReason: record.exitReason,
    leadExternalId: record.leadExternalId,
    leadName: record.leadName,
    leadEmail: record.leadEmail,
    inboxId: record.mailboxId,
    currentStep: record.step,
    phase: PhaseName.parse(record.phase),
    heldReason: record.heldReason,
    draftId: record.draftId,
    nextDueAt: record.nextDueAt === null ? null : toTimestamp(record.nextDueAt),
    createdAt: toTimestamp(record.createdAt),
    updatedAt: toTimestamp(record.updatedAt),
  };
}

/** The truth where its object has it, else what the index and the beginning say: not begun yet, or emptied long after its end. */
export function showEnrollment(record: EnrollmentRecord, truth: Enrollment | null): EnrollmentBody {
  const { beginning } = record;
  const lead = truth?.lead ?? beginning.lead;
  const current =
    truth === null ? record : { ...record, ...indexRow(truth, record.updatedAt), formerEmails: record.formerEmails };
  return {
    ...showSummary(current),
    leadLinkedinUrl: lead.linkedinUrl,
    leadProfileUrn: lead.profileUrn,
    leadTimeZone: lead.timeZone,
    leadCountry: lead.country,
    sessionId: accountOf(record, truth) ?? beginning.sessionId,
    linkedin: linkedinOf(record, truth),
    task: truth === null ? null : taskOf(truth),
    context: { ...lead.context },
    startAt: toTimestamp(beginning.startAt),
    exitDetail: truth?.phase.name === "finished" ? truth.phase.exit.detail : null,
    heldDetail: truth?.phase.name === "held" ? truth.phase.detail : null,
    pausedBy: truth?.paused?.by ?? null,
    waitingFor: truth === null ? null : waitingFor(truth.phase),
    outcomes: (truth?.outcomes ?? []).map((outcome) => ({ ...outcome, at: toTimestamp(outcome.at) })),
    replyCount: truth?.replies.count ?? 0,
    inDoubt: truth === null ? [] : inDoubt(truth),
    heldAnswers: (truth?.answers ?? []).flatMap(({ phase }) =>
      phase.name === "held" && phase.draft !== null ? [phase.draft.id] : [],
    ),
  };
}

function accountOf(record: EnrollmentRecord, truth: Enrollment | null): string | null {
  return (truth === null ? record.linkedinAccountId : truth.linkedinAccountId) ?? null;
}

function linkedinOf(record: EnrollmentRecord, truth: Enrollment | null): EnrollmentBody["linkedin"] {
  const accountId = accountOf(record, truth);
  if (accountId === null) return null;
  const { profileId, isConnected, invitation, unreachable } = truth === null ? UNKNOWN : standingOf(truth);
  return {
    accountId,
    profileId,
    isConnected,
    invitedAt: timeOf(invitation?.at),
    acceptedAt: timeOf(invitation?.acceptedAt),
    withdrawnAt: timeOf(invitation?.withdrawnAt),
    unreachable,
  };
}

const UNKNOWN = { profileId: null, isConnected: null, invitation: null, unreachable: null };

function timeOf(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : toTimestamp(at);
}

function inDoubt({ phase, answers }: Enrollment): EnrollmentBody["inDoubt"] {
  return [phase, ...answers.map((answer) => answer.phase)].flatMap((waiting) => {
    if (waiting.name !== "held" && waiting.name !== "ready") return [];
    const { draft, job } = waiting;
    if (draft === null || job === null || job.doubt === null) return [];
    const repeatsAt = waiting.name === "ready" ? toTimestamp(waiting.wakeAt) : null;
    return [{ draftId: draft.id, detail: job.doubt, since: toTimestamp(job.intentAt), repeatsAt }];
  });
}

function waitingFor(phase: Phase): EnrollmentBody["waitingFor"] {
  const verdict =
    phase.name === "waiting" || phase.name === "resting" || phase.name === "ready" ? phase.waitingFor : null;
  if (verdict === null || verdict.verdict === "pass") return null;
  return {
    gate: verdict.gate,
    reason: verdict.reason,
    until: verdict.verdict === "wait" ? toTimestamp(verdict.until) : null,
    timeZone: zoneRead.safeParse(verdict.read).data ?? null,
  };
}
