import type { Mode } from "../../core/enrollment.ts";

/** Whose rows are counted. */
interface Owner {
  readonly tenantId: string;
  readonly mode: Mode;
}

/** A count that is no larger says nothing that a person would do otherwise. */
export const ATTENTION_MAX = 1_000;

export interface Attention {
  readonly held: number;
  readonly doubtful: number;
  readonly unmatched: number;
  readonly failingEndpoints: number;
  readonly disabledEndpoints: number;
  readonly pausedMailboxes: number;
  readonly openTasks: number;
  readonly overdueTasks: number;
  readonly pausedLinkedinAccounts: number;
}

// As text and not as parameters: the indexes are partial, and only a literal lets SQLite take them.
const counted = (table: string, which: string) =>
  `(SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE tenant_id = ?1 AND mode = ?2 AND ${which} LIMIT ${ATTENTION_MAX}))`;

/** What waits for a person at `now` (ms), each counted up to `ATTENTION_MAX`. */
export async function countAttention(db: D1Database, { tenantId, mode }: Owner, now: number): Promise<Attention> {
  const row = await db
    .prepare(
      `SELECT ${counted("enrollments", "held_reason IS NOT NULL")} AS held,
         ${counted("enrollments", "held_reason = 'ambiguous'")} AS doubtful,
         ${counted("inbound_mail", "status = 'unmatched'")} AS unmatched,
         ${counted("endpoints", "failing_since IS NOT NULL AND enabled = 1")} AS failingEndpoints,
         ${counted("endpoints", "enabled = 0")} AS disabledEndpoints,
         ${counted("mailboxes", "paused_reason IS NOT NULL AND enabled = 0")} AS pausedMailboxes,
         ${counted("enrollments", "task_due_at IS NOT NULL")} AS openTasks,
         ${counted("enrollments", "task_due_at IS NOT NULL AND task_due_at <= ?3")} AS overdueTasks,
         ${counted("linkedin_accounts", "paused_reason IS NOT NULL AND enabled = 0")} AS pausedLinkedinAccounts`,
    )
    .bind(tenantId, mode, now)
    .first<Attention>();
  if (row === null) throw new Error("a count answered nothing");
  return row;
}

/** As many of each state are counted. */
export const LIVE_MAX = 100_000;

export interface LiveEnrollments {
  readonly active: number;
  readonly paused: number;
  readonly held: number;
}

/** How many enrollments are under way, by state, each counted up to `LIVE_MAX`. */
export async function countLive(db: D1Database, { tenantId, mode }: Owner): Promise<LiveEnrollments> {
  const of = (state: string) =>
    `(SELECT count(*) FROM (SELECT 1 FROM enrollments WHERE tenant_id = ?1 AND mode = ?2 AND state = '${state}' LIMIT ${LIVE_MAX}))`;
  const row = await db
    .prepare(`SELECT ${of("active")} AS active, ${of("paused")} AS paused, ${of("held")} AS held`)
    .bind(tenantId, mode)
    .first<LiveEnrollments>();
  if (row === null) throw new Error("a count answered nothing");
  return row;
}
