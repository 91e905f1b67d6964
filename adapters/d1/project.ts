import { z } from "zod";
import { SuppressionReason } from "../../core/contract/suppression.ts";
import { messageDetail, noteDetail } from "../../core/evidence/line.ts";
import { storable } from "../../core/evidence/storable.ts";
import type { IndexRow } from "../../core/index-row.ts";
import { outcomeOf } from "../../core/mail/reputation.ts";
import { ADDRESS_SUPPRESSED } from "../../core/suppression.ts";
import { comparable } from "../mail/ascii-domain.ts";
import { bodyKeyOf, payloadKeyOf, storeExchange } from "../r2/bodies.ts";
import { notErased } from "./erasure.ts";
import { type LinkedinContact, projectContacts } from "./linkedin-contacts.ts";
import type { LogLine, LogMessage } from "./log-message.ts";
import { countUsage } from "./plan-usage.ts";
import { type JudgedMailbox, keepOutcomes, type MailboxOutcome } from "./sending-record.ts";
import { type NewSuppression, suppressionStatements } from "./suppressions.ts";
import { countLines } from "./tallies.ts";
import { noteThreads } from "./threads.ts";

/** One statement's parameter stays below D1's 2 MB a value. */
const CHUNK_CHARACTERS = 400_000;
const PUTS_AT_ONCE = 6;
const EXCERPT_CHARACTERS = 200;

const JOURNAL_COLUMNS = [
  "enrollment_id",
  "entry",
  "tenant_id",
  "mode",
  "at",
  "kind",
  "cadence_id",
  "version",
  "step",
  "what",
  "subject_id",
  "endpoint_id",
  "attempt",
  "status",
  "outcome",
  "reason",
  "decision",
  "total_ms",
  "first_byte_ms",
  "request_bytes",
  "request_sha256",
  "response_bytes",
  "response_sha256",
  "response_cut",
  "trace_id",
  "url",
  "excerpt",
  "body_key",
  "detail",
  "content_sha256",
  "chain_sha256",
] as const;
type JournalRow = Record<(typeof JOURNAL_COLUMNS)[number], string | number | null>;

const MESSAGE_COLUMNS = [
  "id",
  "tenant_id",
  "mode",
  "enrollment_id",
  "mailbox_id",
  "direction",
  "at",
  "step",
  "subject",
  "text",
  "message_id",
  "from_email",
  "to_email",
  "detail",
] as const;
type MessageRow = Record<(typeof MESSAGE_COLUMNS)[number], string | number | null>;

/**
 * Writes queue messages into D1: journal lines and messages by their own keys (what comes twice is one row), and the
 * index only forward. Exact bytes go to R2 first, so a row never names bytes that aren't there. Of an enrollment whose person
 * was erased nothing is written; its bytes are the caller's to delete again. Returns the mailboxes whose
 * messages came back, or were complained about, by these lines.
 */
export async function project(
  db: D1Database,
  bodies: R2Bucket,
  messages: readonly LogMessage[],
): Promise<readonly JudgedMailbox[]> {
  const rows: JournalRow[] = [];
  const threads: MessageRow[] = [];
  const lines = await Promise.all(
    messages.flatMap((message) => message.lines.map(async (line) => ({ message, line: await whole(bodies, line) }))),
  );
  for (let start = 0; start < lines.length; start += PUTS_AT_ONCE) {
    const made = await Promise.all(
      lines.slice(start, start + PUTS_AT_ONCE).map(({ message, line }) => journalRow(bodies, message, line)),
    );
    rows.push(...made);
  }
  for (const { message, line } of lines)
    if (line.entry.kind === "message") threads.push(messageRow(message, line.entry.message));
  const suppressed = lines.flatMap(({ message, line }) => suppressionOf(message, line.entry) ?? []);
  const contacts = messages.flatMap((message) => contactOf(message) ?? []);
  const outcomes = lines.flatMap(({ message, line }) => mailboxOutcomeOf(message, line.entry) ?? []);
  const statements = [
    ...(await countUsage(db, lines)),
    ...inserts(db, "messages", MESSAGE_COLUMNS, threads, "ON CONFLICT (id) DO NOTHING"),
    ...(threads.length === 0 ? [] : [noteThreads(db, threads)]),
    ...(await countLines(db, lines)),
    ...inserts(db, "journal", JOURNAL_COLUMNS, rows, "ON CONFLICT (enrollment_id, entry) DO NOTHING"),
    ...suppressionStatements(db, suppressed, { actor: { kind: "system", id: "delivery_reports" } }),
    ...(outcomes.length === 0 ? [] : [keepOutcomes(db, outcomes)]),
    ...(contacts.length === 0 ? [] : [projectContacts(db, contacts, Date.now())]),
    ...indexUpdates(
      db,
      messages.map(({ tenantId, index }) => ({ ...index, tenantId })),
    ),
  ];
  if (statements.length > 0) await db.batch(statements);
  return [...new Map(outcomes.map((outcome) => [outcome.mailboxId, outcome])).values()];
}

/** Whom the enrollment knows on LinkedIn; null where nobody was found there yet. */
function contactOf({ tenantId, mode, enrollmentId, cadenceId, index }: LogMessage): LinkedinContact | null {
  // Messages that were under way before there were any have none.
  const linkedin = index.linkedin ?? null;
  return linkedin === null ? null : { tenantId, mode, enrollmentId, cadenceId, revision: index.revision, ...linkedin };
}

/** What a line says of the mailbox; null for every other line, and for mail that nobody got. */
function mailboxOutcomeOf(message: LogMessage, entry: LogLine["entry"]): MailboxOutcome | null {
  const { tenantId, mode, enrollmentId, mailboxId } = message;
  const kind = mode === "live" ? outcomeOf(entry) : null;
  return kind === null || mailboxId === null ? null : { tenantId, mailboxId, enrollmentId, kind, at: entry.at };
}

/** Whom a line puts on the list of suppressions; null for every other line. */
function suppressionOf({ tenantId, mode, enrollmentId }: LogMessage, entry: LogLine["entry"]): NewSuppression | null {
  if (entry.kind !== "note" || entry.code !== ADDRESS_SUPPRESSED) return null;
  const { address, reason } = Suppressed.parse(entry.detail);
  return { tenantId, mode, enrollmentId, scope: "address", value: comparable(address), reason, at: entry.at };
}

const Suppressed = z.object({ address: z.string(), reason: SuppressionReason });

/** The line as it was written, also where it was too long to travel. */
async function whole(bodies: R2Bucket, line: LogLine): Promise<LogLine> {
  if (line.wholeKey === undefined) return line;
  const stored = await bodies.get(line.wholeKey);
  if (stored === null) throw new Error(`the line that travels as ${line.wholeKey} is not in R2`);
  const kept = await stored.json<LogLine | LogLine["entry"]>();
  return "entry" in kept ? kept : { n: line.n, entry: kept };
}

async function journalRow(
  bodies: R2Bucket,
  message: LogMessage,
  { n, entry, stored, link, payload }: LogLine,
): Promise<JournalRow> {
  const base: JournalRow = {
    ...NO_COLUMNS,
    enrollment_id: message.enrollmentId,
    entry: n,
    tenant_id: message.tenantId,
    mode: message.mode,
    at: entry.at,
    kind: entry.kind,
    cadence_id: message.cadenceId,
    version: message.version,
    step: entry.step,
    detail: "{}",
    content_sha256: link?.contentSha256 ?? null,
    chain_sha256: link?.chainSha256 ?? null,
  };
  if (entry.kind === "note")
    return {
      ...base,
      what: entry.code,
      subject_id: entry.subjectId,
      detail: JSON.stringify(noteDetail(entry)),
    };
  if (entry.kind === "message") {
    const { direction, id, text } = entry.message;
    const key = payload === undefined ? null : payloadKeyOf(message.tenantId, message.enrollmentId, n);
    if (key !== null && payload !== undefined) await bodies.put(key, payload);
    return {
      ...base,
      what: direction,
      subject_id: id,
      excerpt: text.slice(0, EXCERPT_CHARACTERS),
      body_key: key,
      detail: JSON.stringify(messageDetail(entry)),
    };
  }
  const { exchange } = entry;
  const body = stored ?? (await storeExchange(bodies, bodyKeyOf(message.tenantId, message.enrollmentId, n), exchange));
  return {
    ...base,
    what: entry.eventType,
    subject_id: entry.subjectId,
    endpoint_id: exchange.endpointId,
    attempt: entry.attempt,
    status: exchange.status,
    outcome: entry.outcome,
    reason: entry.reason,
    decision: entry.decision,
    total_ms: exchange.totalMs,
    first_byte_ms: exchange.firstByteMs,
    request_bytes: body.requestBytes,
    request_sha256: body.requestSha256,
    response_bytes: exchange.responseBytes,
    response_sha256: body.responseSha256,
    response_cut: exchange.responseCut ? 1 : 0,
    trace_id: exchange.traceId,
    url: exchange.url,
    excerpt: body.excerpt,
    body_key: body.bodyKey,
    detail: JSON.stringify({
      startedAt: exchange.startedAt,
      ...(link?.shownSha256 === undefined ? {} : { shownSha256: link.shownSha256 }),
    }),
  };
}

function messageRow(message: LogMessage, kept: Extract<LogLine["entry"], { kind: "message" }>["message"]): MessageRow {
  return {
    id: kept.id,
    tenant_id: message.tenantId,
    mode: message.mode,
    enrollment_id: message.enrollmentId,
    mailbox_id: message.mailboxId,
    direction: kept.direction,
    at: kept.at,
    step: kept.step,
    subject: kept.subject,
    text: kept.text,
    message_id: kept.messageId,
    from_email: kept.from,
    to_email: kept.to,
    detail: JSON.stringify({
      ...kept.detail,
      ...(kept.channel === "email" ? {} : { channel: kept.channel }),
      draftId: kept.draftId,
      classification: kept.classification,
    }),
  };
}

/** One statement takes thousands of rows as one JSON parameter; larger batches are cut by characters. The person may have been erased since. */
function inserts<Column extends string>(
  db: D1Database,
  table: string,
  columns: readonly Column[],
  rows: readonly Record<Column, string | number | null>[],
  onConflict: string,
): D1PreparedStatement[] {
  const picked = columns.map((column) => `value->>'${column}'`).join(", ");
  const sql = `INSERT INTO ${table} (${columns.join(", ")}) SELECT ${picked} FROM json_each(?1) WHERE ${notErased("value->>'enrollment_id'")} ${onConflict}`;
  return chunks(rows.map((row) => JSON.stringify(row, asStored))).map((chunk) =>
    db.prepare(sql).bind(`[${chunk.join(",")}]`),
  );
}

/** Its hash is of what comes back. */
function asStored(_column: string, value: unknown): unknown {
  return typeof value === "string" ? storable(value) : value;
}

const FROM_NEWS = `FROM json_each(?1) AS news
  WHERE enrollments.id = news.value->>'id' AND enrollments.tenant_id = news.value->>'tenantId' AND enrollments.revision < news.value->>'revision'`;

/** Apart from the rest, and only where something is new: a column that is written writes its indexes too, whatever is in it. */
const LEAD_UPDATE = `
  UPDATE enrollments SET
    lead_name = news.value->>'leadName', lead_email = news.value->>'leadEmail', former_emails = nullif(news.value->'formerEmails', 'null')
  ${FROM_NEWS} AND (enrollments.lead_name IS NOT news.value->>'leadName' OR enrollments.lead_email IS NOT news.value->>'leadEmail'
    OR enrollments.former_emails IS NOT nullif(news.value->'formerEmails', 'null'))`;

/** The same for what few enrollments have. */
const TASK_UPDATE = `
  UPDATE enrollments SET task_kind = news.value->'task'->>'kind', task_due_at = news.value->'task'->>'dueAt'
  ${FROM_NEWS} AND (enrollments.task_kind IS NOT news.value->'task'->>'kind' OR enrollments.task_due_at IS NOT news.value->'task'->>'dueAt')`;

const INDEX_UPDATE = `
  UPDATE enrollments SET
    revision = news.value->>'revision', state = news.value->>'state', exit_reason = news.value->>'exitReason', phase = news.value->>'phase',
    step = news.value->>'step', held_reason = news.value->>'heldReason', draft_id = news.value->>'draftId', next_due_at = news.value->>'nextDueAt',
    updated_at = news.value->>'updatedAt'
  ${FROM_NEWS}`;

type OwnedIndexRow = IndexRow & { readonly tenantId: string };

function indexUpdates(db: D1Database, rows: readonly OwnedIndexRow[]): D1PreparedStatement[] {
  const newest = new Map<string, OwnedIndexRow>();
  for (const row of rows) if ((newest.get(row.id)?.revision ?? -1) < row.revision) newest.set(row.id, row);
  return chunks([...newest.values()].map((row) => JSON.stringify(row))).flatMap((chunk) =>
    // The revision is written by the last of them.
    [LEAD_UPDATE, TASK_UPDATE, INDEX_UPDATE].map((update) => db.prepare(update).bind(`[${chunk.join(",")}]`)),
  );
}

function chunks(texts: readonly string[]): string[][] {
  const made: string[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const text of texts) {
    if (size + text.length > CHUNK_CHARACTERS) {
      made.push([]);
      size = 0;
    }
    made.at(-1)?.push(text);
    size += text.length;
  }
  return made;
}

const NO_COLUMNS: JournalRow = Object.fromEntries(JOURNAL_COLUMNS.map((column) => [column, null])) as JournalRow;
