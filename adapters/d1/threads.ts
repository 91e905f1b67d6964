import type { EnrollmentState, Mode } from "../../core/enrollment.ts";
import { spellings } from "./contains.ts";
import { notErased } from "./erasure.ts";
import type { Position, TimePage } from "./page.ts";

/** `silent`: nothing came in. `open`: a person wrote last. `answered`: something came in, and nobody waits for an answer. */
export type ThreadState = "silent" | "open" | "answered";

/** A mail of before its kind was kept may be a person's. */
const IS_PERSONS = "m.direction = 'in' AND coalesce(m.detail->'classification'->>'kind', 'human') = 'human'";

/** As it stands in the messages, so that it is right however late they came. Of whoever was erased no conversation is left. */
const NOTE = `
  UPDATE enrollments SET thread = stands.thread, last_message_at = stands.at
  FROM (SELECT m.enrollment_id AS id, m.tenant_id AS tenant_id, max(m.at) AS at,
      CASE WHEN sum(m.direction = 'in') = 0 THEN 'silent'
        WHEN coalesce(max(iif(${IS_PERSONS}, m.at, NULL)), -1) > coalesce(max(iif(m.direction = 'out', m.at, NULL)), -1) THEN 'open'
        ELSE 'answered' END AS thread
    FROM messages m WHERE m.enrollment_id IN (SELECT value FROM json_each(?1)) GROUP BY m.enrollment_id, m.tenant_id) AS stands
  WHERE enrollments.id = stands.id AND enrollments.tenant_id = stands.tenant_id
    AND ${notErased("stands.id")} AND (enrollments.thread IS NOT stands.thread OR enrollments.last_message_at IS NOT stands.at)`;

/** Notes how these enrollments' conversations stand. It goes after their messages, in the same transaction. */
export function noteThreads(
  db: D1Database,
  messages: readonly { readonly enrollment_id: string | number | null }[],
): D1PreparedStatement {
  const ids = [...new Set(messages.map(({ enrollment_id }) => enrollment_id))];
  return db.prepare(NOTE).bind(JSON.stringify(ids));
}

/** A conversation with one lead. Times in milliseconds. */
export interface ThreadRow {
  readonly seq: number;
  readonly lastAt: number;
  readonly enrollmentId: string;
  readonly leadName: string | null;
  readonly leadEmail: string | null;
  readonly leadExternalId: string;
  readonly cadenceId: string;
  readonly state: EnrollmentState;
  readonly exitReason: string | null;
  readonly thread: ThreadState;
}

export interface ThreadFilter {
  readonly threads: readonly ThreadState[];
  readonly cadenceId?: string | undefined;
  readonly search?: string | undefined;
}

/** With a filter that no index has, so many conversations are looked through at once. */
export const THREADS_SEARCHED_AT_ONCE = 2_000;

/** One row more than the page where it is full, and else where the next look begins; null at the end. */
export interface FoundThreads {
  readonly rows: readonly ThreadRow[];
  readonly next: Position | null;
}

/** Newest first by their last message. */
export async function listThreads(
  db: D1Database,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  { threads, cadenceId, search }: ThreadFilter,
  { limit, before }: TimePage,
): Promise<FoundThreads> {
  const isSearch = cadenceId !== undefined || search !== undefined;
  const most = isSearch ? THREADS_SEARCHED_AT_ONCE : limit + 1;
  const spelled = search === undefined ? [] : spellings(search);
  const bound = [tenantId, mode, most, before?.at ?? null, Number(before?.id ?? 0), cadenceId ?? null, ...spelled];
  const beyond = before === null ? "" : "AND (last_message_at, seq) < (?4, ?5)";
  // One range of the index for each, in its order; all of them together would have to be sorted.
  const ranges = threads.map(
    (thread) =>
      `SELECT * FROM (SELECT seq, last_message_at AS at FROM enrollments WHERE tenant_id = ?1 AND mode = ?2 AND thread = '${thread}' ${beyond} ORDER BY last_message_at DESC, seq DESC LIMIT ?3)`,
  );
  const looked = `SELECT seq, at FROM (${ranges.join(" UNION ALL ")}) ORDER BY at DESC, seq DESC LIMIT ?3`;
  const hasText = ["e.lead_name", "e.lead_email", "e.lead_external_id"]
    .flatMap((column) => spelled.map((_, n) => `instr(lower(${column}), ?${n + 7}) > 0`))
    .join(" OR ");
  const [rows, looks] = await db.batch([
    db
      .prepare(
        `SELECT e.seq, looked.at AS lastAt, e.id AS enrollmentId, e.lead_name AS leadName, e.lead_email AS leadEmail, e.lead_external_id AS leadExternalId,
           e.cadence_id AS cadenceId, e.state, e.exit_reason AS exitReason, e.thread
         FROM (${looked}) looked CROSS JOIN enrollments e ON e.seq = looked.seq AND e.tenant_id = ?1
         WHERE (?6 IS NULL OR e.cadence_id = ?6) ${search === undefined ? "" : `AND (${hasText})`} ORDER BY looked.at DESC, looked.seq DESC LIMIT ${limit + 1}`,
      )
      .bind(...bound),
    db
      .prepare(`SELECT at, seq, count(*) OVER () AS count FROM (${looked}) ORDER BY at, seq LIMIT 1`)
      .bind(...bound.slice(0, before === null ? 3 : 5)),
  ]);
  const found = (rows?.results ?? []) as ThreadRow[];
  const [last] = (looks?.results ?? []) as { at: number; seq: number; count: number }[];
  const isMore = isSearch && found.length <= limit && last?.count === most;
  return { rows: found, next: isMore ? { at: last.at, id: String(last.seq) } : null };
}

/** What was said in a conversation, as the list of them shows it. */
export interface ThreadWords {
  readonly enrollmentId: string;
  /** Null for one without any message. */
  readonly lastDirection: "out" | "in" | null;
  /** Null for e-mail, and where there is no message. */
  readonly lastChannel: string | null;
  readonly excerpt: string | null;
  readonly subject: string | null;
  /** What the last mail that came in was taken for; null where none did, and where its words are no longer kept. */
  readonly lastKind: string | null;
  readonly messages: number;
  readonly inbound: number;
}

const EXCERPT_CHARACTERS = 200;

const OF_THREAD = "messages m WHERE m.enrollment_id = n.value AND m.tenant_id = ?1 AND m.mode = ?2";

/** What was said in these conversations. Of each by itself, in its own order: one of thousands of messages takes nothing from the others. */
export async function readThreadWords(
  db: D1Database,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  enrollmentIds: readonly string[],
): Promise<readonly ThreadWords[]> {
  const { results } = await db
    .prepare(
      `SELECT n.value AS enrollmentId, last.direction AS lastDirection, last.detail->>'channel' AS lastChannel,
         substr(coalesce(nullif(last.detail->>'cleanText', ''), last.text), 1, ${EXCERPT_CHARACTERS}) AS excerpt,
         (SELECT m.subject FROM ${OF_THREAD} AND m.subject IS NOT NULL ORDER BY m.at, m.id LIMIT 1) AS subject,
         (SELECT m.detail->'classification'->>'kind' FROM ${OF_THREAD} AND m.direction = 'in' ORDER BY m.at DESC, m.id DESC LIMIT 1) AS lastKind,
         (SELECT count(*) FROM ${OF_THREAD}) AS messages, (SELECT count(*) FROM ${OF_THREAD} AND m.direction = 'in') AS inbound
       FROM json_each(?3) n LEFT JOIN messages last
         ON last.tenant_id = ?1 AND last.id = (SELECT m.id FROM ${OF_THREAD} ORDER BY m.at DESC, m.id DESC LIMIT 1)`,
    )
    .bind(tenantId, mode, JSON.stringify(enrollmentIds))
    .all<ThreadWords>();
  return results;
}
