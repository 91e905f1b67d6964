import type { CadenceVersion } from "./cadence.ts";
import { dueAfter } from "./due-after.ts";
import type { Transition } from "./effects.ts";
import type { Enrollment, Lead, Mode } from "./enrollment.ts";
import { become, note } from "./flow/build.ts";

/** What an enrollment starts from. `startAt` (ms) may lie ahead. */
export interface Beginning {
  readonly id: string;
  readonly tenantId: string;
  readonly mode: Mode;
  readonly lead: Lead;
  readonly mailboxId: string | null;
  readonly linkedinAccountId?: string | null;
  readonly startAt: number;
}

/** A new enrollment, its first step due its delay after `startAt`. */
export function begin(from: Beginning, cadence: CadenceVersion, at: number): Transition {
  const startAt = Math.max(from.startAt, at);
  const dueAt = dueAfter(startAt, from.id, 0, cadence);
  const state: Enrollment = {
    id: from.id,
    tenantId: from.tenantId,
    mode: from.mode,
    lead: from.lead,
    mailboxId: from.mailboxId,
    linkedinAccountId: from.linkedinAccountId ?? null,
    enrolledAt: at,
    revision: 1,
    step: 0,
    anchorAt: startAt,
    repliesFrom: startAt,
    phase: { name: "waiting", dueAt, previousDraftId: null, waitingFor: null, wakeAt: dueAt },
    paused: null,
    awayUntil: null,
    refused: null,
    answers: [],
    deliveries: [],
    thread: { subject: null, messageIds: [] },
    formerEmails: [],
    reported: [],
    replies: { count: 0, lastAt: null, latest: null, seen: [], recent: [] },
    outcomes: [],
    settled: [],
    unusedSlots: [],
    contacts: [],
    replyNews: null,
    counters: { asked: 0, delivered: 0, inbound: 0, generation: 0 },
  };
  return become(state, [
    note(state, at, "enrolled", {
      by: "api",
      detail: { version: cadence.version, firstStepDueAt: new Date(dueAt).toISOString() },
    }),
  ]);
}
