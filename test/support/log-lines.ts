import { env } from "cloudflare:workers";
import type { EnrollmentRecord } from "../../adapters/d1/enrollments.ts";
import { project } from "../../adapters/d1/project.ts";
import type { Exchange, JournalEntry, ThreadMessage } from "../../core/journal.ts";

const AT = Date.parse("2026-11-23T10:00:00Z");

/** Writes lines into an enrollment's log as the queue's consumer does, without its object knowing. Times count up by a second. */
export async function logLines(
  tenantId: string,
  enrollment: Pick<EnrollmentRecord, "id" | "cadenceId">,
  entries: readonly JournalEntry[],
  db: D1Database = env.DB,
): Promise<void> {
  const index = {
    id: enrollment.id,
    revision: 0,
    state: "active",
    exitReason: null,
    phase: "waiting",
    step: 0,
    heldReason: null,
    draftId: null,
    nextDueAt: null,
    leadName: null,
    leadEmail: null,
    formerEmails: null,
    updatedAt: 0,
  } as const;
  // Far above what the object itself has written by now.
  const lines = entries.map((entry, at) => ({ n: 1_000 + at, entry: { ...entry, at: entry.at + at * 1000 } }));
  await project(db, env.BODIES, [
    {
      tenantId,
      mode: "sandbox",
      enrollmentId: enrollment.id,
      mailboxId: null,
      cadenceId: enrollment.cadenceId,
      version: 1,
      index,
      lines,
    },
  ]);
}

/** An attempt of one draft request. */
export function exchangeLine(
  more: { readonly outcome?: string; readonly subjectId?: string; readonly exchange?: Partial<Exchange> } = {},
): JournalEntry {
  const exchange: Exchange = {
    endpointId: null,
    url: "https://hooks.acme.example/",
    startedAt: AT,
    requestHeaders: { "webhook-id": "drf_x" },
    requestBody: "{}",
    status: 200,
    responseHeaders: {},
    responseBody: '{"body":"Hi"}',
    responseEncoding: "utf-8",
    responseBytes: 13,
    responseSha256: "",
    responseCut: false,
    firstByteMs: 5,
    totalMs: 9,
    traceId: "0af7651916cd43dd8448eb211c80319c",
    outcome: "answered",
    reason: null,
    ...more.exchange,
  };
  return {
    kind: "exchange",
    at: AT,
    about: "draft",
    subjectId: more.subjectId ?? "drf_x",
    eventType: "cadence.step.draft.requested",
    step: 0,
    attempt: 1,
    exchange,
    outcome: more.outcome ?? "answered",
    reason: null,
    decision: "body",
  };
}

export function noteLine(code: string): JournalEntry {
  return { kind: "note", at: AT, step: 0, code, subjectId: null, by: "engine", detail: {} };
}

export function messageLine(direction: ThreadMessage["direction"], text: string, id: string): JournalEntry {
  const message: ThreadMessage = {
    id,
    direction,
    at: AT,
    channel: "email",
    subject: "Hi",
    text,
    messageId: `<${id}@x.example>`,
    from: null,
    to: null,
    step: 0,
    draftId: null,
    classification: null,
    detail: {},
  };
  return { kind: "message", at: AT, step: 0, message };
}
