import type { Mode } from "../../core/enrollment.ts";
import { dayIn } from "../../core/schedule.ts";
import { type Tally, talliesOf } from "../../core/tally.ts";
import { IS_ERASED } from "./erasure.ts";
import type { LogLine, LogMessage } from "./log-message.ts";
import { zonesOf } from "./plan-usage.ts";

/** How long quarters are kept. */
const KEPT_MS = 40 * 24 * 3600_000;
const QUARTER_MS = 15 * 60_000;

interface Counted {
  readonly tenantId: string;
  readonly mode: Mode;
  readonly enrollmentId: string;
  readonly n: number;
  readonly what: Tally;
  readonly at: number;
  readonly quarter: number;
  readonly cadenceId: string;
  readonly version: number;
  readonly step: number | null;
}

/**
 * Counts what these lines of the log tell, by time and by step. It goes after the messages and before the lines are written,
 * in the same transaction: a line that is there already has been counted.
 */
export async function countLines(
  db: D1Database,
  lines: readonly { readonly message: LogMessage; readonly line: LogLine }[],
): Promise<readonly D1PreparedStatement[]> {
  const found = new Map<string, Counted>();
  for (const { message, line } of lines)
    for (const what of talliesOf(line.entry)) {
      const { tenantId, mode, enrollmentId, cadenceId, version } = message;
      const { at, step } = line.entry;
      // Said twice in one batch, by two lines or by one that came twice, it is once.
      const key = ONCE.has(what) ? `${enrollmentId} ${what}` : `${enrollmentId} ${what} ${line.n}`;
      const counted = { tenantId, mode, enrollmentId, n: line.n, what, at, quarter: quarterOf(at) };
      if (!found.has(key)) found.set(key, { ...counted, cadenceId, version, step });
    }
  if (found.size === 0) return [];
  const counted = [...found.values()];
  const zones = await zonesOf(db, new Set(counted.map(({ tenantId }) => tenantId)));
  const json = JSON.stringify(counted.map((one) => ({ ...one, day: dayIn(one.at, zones.get(one.tenantId) ?? "UTC") })));
  const oldest = quarterOf(Math.max(...counted.map(({ at }) => at)) - KEPT_MS);
  return [
    db.prepare(COUNT_BY_TIME).bind(json),
    db.prepare(COUNT_BY_STEP).bind(json),
    db.prepare(FORGET).bind(json, oldest),
  ];
}

const ONCE: ReadonlySet<Tally> = new Set(["replied", "bounced"]);

/** The same as core/tally.ts says, of the lines that are there already. */
const SAID_BEFORE = `EXISTS (SELECT 1 FROM journal j WHERE j.enrollment_id = value->>'enrollmentId' AND CASE value->>'what'
    WHEN 'replied' THEN j.kind = 'message' AND j.what = 'in' AND j.detail->'classification'->>'kind' = 'human'
    WHEN 'bounced' THEN j.kind = 'note' AND CASE
      WHEN j.what IN ('exited', 'address_suppressed') THEN j.detail->>'reason' = 'bounced'
      WHEN j.what = 'message_bounced' THEN j.detail->'bounce'->>'addressDead' = 1 OR j.detail->'bounce'->>'messagePermanent' = 1 END
    END)`;

const NEWS = `json_each(?1) WHERE NOT EXISTS (SELECT 1 FROM journal j WHERE j.enrollment_id = value->>'enrollmentId' AND j.entry = value->>'n')
  AND NOT ${SAID_BEFORE} AND NOT EXISTS (SELECT 1 FROM enrollments e WHERE e.id = value->>'enrollmentId' AND ${IS_ERASED})`;

const sums = (columns: readonly Tally[]) => columns.map((name) => `sum(what = '${name}')`).join(", ");
const added = (columns: readonly Tally[]) => columns.map((name) => `${name} = ${name} + excluded.${name}`).join(", ");

const BY_TIME: readonly Tally[] = ["sent", "failed", "replied", "bounced", "unsubscribed"];
const COUNT_BY_TIME = `
  INSERT INTO tenant_tallies (tenant_id, mode, quarter, ${BY_TIME.join(", ")})
  SELECT tenantId, mode, quarter, ${sums(BY_TIME)}
  FROM (SELECT value->>'tenantId' AS tenantId, value->>'mode' AS mode, value->>'quarter' AS quarter, value->>'what' AS what FROM ${NEWS})
  WHERE what <> 'skipped' GROUP BY tenantId, mode, quarter
  ON CONFLICT (tenant_id, mode, quarter) DO UPDATE SET ${added(BY_TIME)}`;

/** What a lead answers to is the last message that went out; the step in hand is a later one. */
const STEP = `CASE WHEN value->>'what' IN ('replied', 'bounced', 'unsubscribed')
  THEN (SELECT m.step FROM messages m WHERE m.enrollment_id = value->>'enrollmentId' AND m.direction = 'out' AND m.step IS NOT NULL AND m.at <= value->>'at' ORDER BY m.at DESC LIMIT 1)
  ELSE value->>'step' END`;

const BY_STEP: readonly Tally[] = [...BY_TIME, "skipped"];
const COUNT_BY_STEP = `
  INSERT INTO step_tallies (tenant_id, cadence_id, version, step, day, ${BY_STEP.join(", ")})
  SELECT tenantId, cadenceId, version, step, day, ${sums(BY_STEP)}
  FROM (SELECT value->>'tenantId' AS tenantId, value->>'cadenceId' AS cadenceId, value->>'version' AS version, ${STEP} AS step, value->>'day' AS day, value->>'what' AS what FROM ${NEWS})
  WHERE step IS NOT NULL GROUP BY tenantId, cadenceId, version, step, day
  ON CONFLICT (cadence_id, version, step, day) DO UPDATE SET ${added(BY_STEP)}`;

const FORGET = `
  DELETE FROM tenant_tallies WHERE (tenant_id, mode) IN (SELECT DISTINCT value->>'tenantId', value->>'mode' FROM json_each(?1)) AND quarter < ?2`;

/** What happened in a quarter of an hour that began at `at` (ms). */
export type TallyAt = Readonly<Record<Exclude<Tally, "skipped">, number>> & { readonly at: number };

/** What the tenant's enrollments did from `from` (ms) on, oldest first; quarters in which nothing happened are left out. */
export async function listTallies(
  db: D1Database,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  from: number,
): Promise<readonly TallyAt[]> {
  const { results } = await db
    .prepare(
      `SELECT quarter * ${QUARTER_MS} AS at, ${BY_TIME.join(", ")} FROM tenant_tallies WHERE tenant_id = ?1 AND mode = ?2 AND quarter >= ?3 ORDER BY quarter`,
    )
    .bind(tenantId, mode, quarterOf(from))
    .all<TallyAt>();
  return results;
}

function quarterOf(at: number): number {
  return Math.floor(at / QUARTER_MS);
}
