import type { EnrollmentBody } from "../../../core/contract/enrollment.ts";
import { LEASE_MS } from "../../../core/contract/limits.ts";
import type { LogEntry } from "../../../core/contract/log.ts";
import { messageKey } from "../open-sends.ts";
import { emptyRecord, type SeenRequest } from "../record.ts";
import { emailOf } from "../words.ts";
import type { Account, Evidence } from "./evidence.ts";

/** Who is who in the honest run: nothing happens to the first, the second's step 1 is in doubt, the third replies. */
export const CALM = "lead-a";
export const DOUBTED = "lead-d";
export const REPLIER = "lead-r";

const START = Date.UTC(2026, 10, 21, 8);
const STEPS = 2;
const STEP_MS = 10_000;
/** In the middle of the doubted step's send. */
const KILL_AT = START + STEP_MS + 100;
/** When the lease of the doubted step's intent runs out: the words came, and 15 ms later it was committed. */
const DOUBTED_AT = START + STEP_MS + 35 + LEASE_MS;

/** Evidence of a small run in which every promise held; each test breaks one thing in it. */
export function honestRun(): Evidence {
  const record = emptyRecord();
  record.readyAt.push(START - 1_000, KILL_AT + 1_500);
  record.pulses.push(...pulsesOf(1, START - 1_000, KILL_AT));
  record.kills.push({ point: "random", beganAt: KILL_AT, at: KILL_AT, boot: 1 });
  const calm = lead(record, CALM, []);
  const doubted = lead(record, DOUBTED, ["sent", "ambiguous"]);
  const replier = lead(record, REPLIER, ["sent", "stopped"]);
  const acceptedAt = START + 5_000;
  const messageId = "<reply@recipients.example>";
  record.replies.push({ lead: REPLIER, toStep: 0, messageId, firstTriedAt: acceptedAt - 50, tries: 1, acceptedAt });
  const accounts = [calm, doubted, replier];
  return {
    amount: { enrollments: 3, steps: STEPS, kills: 1, reloads: 0 },
    provider: "smtp",
    onAmbiguous: "assume_sent",
    record,
    accounts,
    logged: accounts.flatMap(({ timeline }) => timeline).filter(({ kind }) => kind === "exchange").length,
    surfaced: [
      {
        key: messageKey(DOUBTED, 1),
        inApiAt: DOUBTED_AT + 500,
        inLogAt: DOUBTED_AT + 3_000,
      },
    ],
  };
}

/** The signs of life of one start, while nothing kept it busy. */
export function pulsesOf(boot: number, from: number, to: number): Evidence["record"]["pulses"] {
  const count = Math.floor((to - from) / 50);
  return Array.from({ length: count }, (_, n) => ({ boot, askedAt: from + n * 50, heardAt: from + n * 50 + 2 }));
}

/** The same evidence with one lead's enrollment changed. */
export function withEnrollment(evidence: Evidence, lead: string, change: Partial<EnrollmentBody>): Evidence {
  const accounts = evidence.accounts.map((account) =>
    account.lead === lead && account.enrollment !== null
      ? { ...account, enrollment: { ...account.enrollment, ...change } }
      : account,
  );
  return { ...evidence, accounts };
}

type Outcome = EnrollmentBody["outcomes"][number]["outcome"];

/** Has one lead go through its steps: what the far sides see goes into the record, what the system says comes back. */
function lead(record: Evidence["record"], name: string, told: readonly Outcome[]): Account {
  const stem = name.replace("lead-", "").repeat(16);
  const outcomes: EnrollmentBody["outcomes"] = [];
  const timeline: LogEntry[] = [];
  const line = (entry: Partial<LogEntry>) => timeline.push(logEntry(stem, timeline.length + 1, entry));
  for (let step = 0; step < STEPS; step += 1) {
    const outcome = told[step] ?? "sent";
    const at = START + step * STEP_MS;
    const draftId = `drf_${stem}_${step}_${step + 1}`;
    const reason = outcome === "stopped" ? "replied" : null;
    outcomes.push({ step, outcome, at: new Date(at).toISOString(), draftId, reason });
    if (outcome === "stopped") continue;
    const draft = request(name, { webhookId: draftId, step, attempt: 1, arrivedAt: at });
    const mail = { lead: name, step, draftId, attempt: 1, at: at + 50, boot: 1, subject: "For you" };
    const told1 = outcome === "ambiguous" ? "cadence.step.ambiguous" : "cadence.step.fired";
    const toldAt = outcome === "ambiguous" ? DOUBTED_AT + 400 : at + 80;
    const event = request(name, { webhookId: `evt_${stem}_${step + 1}`, type: told1, step, arrivedAt: toldAt });
    record.requests.push(draft, event);
    record.mails.push({ ...mail, replyTo: "r1@reply.localhost", messageId: `<dh-${stem}-${step}@chaos.example>` });
    record.conversations.push({
      ...{ boot: 1, openedAt: at + 40, lead: name, step },
      answeredAt: outcome === "ambiguous" ? null : at + 60,
      closedAt: outcome === "ambiguous" ? KILL_AT + 1 : at + 65,
    });
    line({ what: draft.type, step, subjectId: draftId, attempt: 1, status: 200, requestSha256: draft.bodySha256 });
    if (outcome === "ambiguous")
      line({
        ...{ kind: "note", what: "send_doubtful", step, at: new Date(DOUBTED_AT).toISOString() },
        detail: { stage: "process_died" },
      });
    line({ kind: "message", what: "out", step });
    line({ what: told1, step, subjectId: event.webhookId, attempt: 1, status: 204, requestSha256: event.bodySha256 });
  }
  const hasReplied = name === REPLIER;
  const enrollment = enrollmentOf(name, stem, hasReplied, outcomes);
  return { lead: name, enrollment, timeline, linesWritten: timeline.length };
}

function request(lead: string, seen: Partial<SeenRequest> & Pick<SeenRequest, "webhookId" | "arrivedAt">): SeenRequest {
  return {
    type: "cadence.step.draft.requested",
    lead,
    step: null,
    attempt: null,
    boot: 1,
    bodySha256: `sha-${seen.webhookId}`,
    answeredAt: seen.arrivedAt + 20,
    ...seen,
  };
}

function logEntry(stem: string, n: number, entry: Partial<LogEntry>): LogEntry {
  return {
    ...{ id: `log_${stem}_${n}`, at: new Date(START).toISOString(), mode: "live", kind: "exchange", what: "" },
    ...{ enrollmentId: `enr_${stem}`, cadenceId: "cad_x", version: 1, step: null, subjectId: null, endpointId: null },
    ...{ url: null, attempt: null, status: null, outcome: null, reason: null, decision: null, firstByteMs: null },
    ...{ totalMs: null, requestBytes: null, requestSha256: null, responseBytes: null, responseSha256: null },
    ...{ responseCut: null, traceId: null, excerpt: null, redeliveryOf: null, detail: {} },
    ...entry,
  };
}

function enrollmentOf(
  lead: string,
  stem: string,
  hasReplied: boolean,
  outcomes: EnrollmentBody["outcomes"],
): EnrollmentBody {
  const at = new Date(START).toISOString();
  return {
    ...{ id: `enr_${stem}`, cadenceId: "cad_x", version: 1, mode: "live", phase: "finished" },
    ...{ state: hasReplied ? "exited" : "completed", exitReason: hasReplied ? "replied" : null },
    ...{ leadExternalId: lead, leadName: lead, leadEmail: emailOf(lead), inboxId: "mbx_x", currentStep: STEPS - 1 },
    ...{ heldReason: null, draftId: null, nextDueAt: null, createdAt: at, updatedAt: at, leadLinkedinUrl: null },
    ...{
      leadProfileUrn: null,
      leadTimeZone: null,
      leadCountry: null,
      sessionId: null,
      linkedin: null,
      task: null,
      context: {},
      startAt: at,
    },
    ...{ exitDetail: null, heldDetail: null, pausedBy: null, waitingFor: null, outcomes, inDoubt: [], heldAnswers: [] },
    replyCount: hasReplied ? 1 : 0,
  };
}
