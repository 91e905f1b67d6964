import { z } from "zod";
import { StepKind } from "../../core/contract/step.ts";
import type { EnrollmentState } from "../../core/enrollment.ts";
import type { Tally } from "../../core/tally.ts";

/** The cadence that is asked about, and one of its versions; null: all of them. */
export interface FunnelOf {
  readonly tenantId: string;
  readonly cadenceId: string;
  readonly version: number | null;
}

/** Enrollments of a cadence that stand alike. `exitReason` of those that were unenrolled is left out: it is the customer's own words. */
export interface StandingCount {
  readonly state: EnrollmentState;
  readonly step: number;
  readonly exitReason: string | null;
  readonly count: number;
}

export type StepTally = Readonly<Record<Tally, number>> & { readonly step: number };

export interface DayTally {
  readonly day: string;
  readonly sent: number;
  readonly replied: number;
}

export interface FunnelCounts {
  readonly standings: readonly StandingCount[];
  readonly steps: readonly StepTally[];
  readonly days: readonly DayTally[];
  readonly versions: readonly number[];
  /** What kinds of steps the newest versions have, newest first; of the one version that is asked about. */
  readonly kinds: readonly (readonly StepKind[])[];
}

const VERSIONS_MAX = 1_000;
/** The newest of them say of what kind a step is. */
const KINDS_MAX = 50;
const Kinds = z.array(StepKind);

/** How the enrollments of a cadence stand, and what its steps came to, in all and on the days (YYYY-MM-DD) from `fromDay` on. */
export async function readFunnel(
  db: D1Database,
  { tenantId, cadenceId, version }: FunnelOf,
  fromDay: string,
): Promise<FunnelCounts> {
  const bound = version === null ? [tenantId, cadenceId] : [tenantId, cadenceId, version];
  const ofVersion = version === null ? "" : "AND version = ?3";
  const [standings, steps, days, versions, kinds] = await db.batch([
    db
      .prepare(
        `SELECT state, step, iif(state = 'unenrolled', NULL, exit_reason) AS exitReason, count(*) AS count FROM enrollments
         WHERE tenant_id = ?1 AND cadence_id = ?2 ${ofVersion} GROUP BY state, step, exitReason`,
      )
      .bind(...bound),
    db
      .prepare(
        `SELECT step, sum(sent) AS sent, sum(skipped) AS skipped, sum(failed) AS failed, sum(replied) AS replied, sum(bounced) AS bounced, sum(unsubscribed) AS unsubscribed
         FROM step_tallies WHERE tenant_id = ?1 AND cadence_id = ?2 ${ofVersion} GROUP BY step`,
      )
      .bind(...bound),
    db
      .prepare(
        `SELECT day, sum(sent) AS sent, sum(replied) AS replied FROM step_tallies
         WHERE tenant_id = ?1 AND cadence_id = ?2 ${ofVersion} AND day >= ?${bound.length + 1} GROUP BY day`,
      )
      .bind(...bound, fromDay),
    db
      .prepare(
        `SELECT version FROM cadence_versions WHERE tenant_id = ?1 AND cadence_id = ?2 ORDER BY version DESC LIMIT ${VERSIONS_MAX}`,
      )
      .bind(tenantId, cadenceId),
    // Their kinds alone: with the words of its steps a version may have two megabytes.
    db
      .prepare(
        `SELECT (SELECT json_group_array(step.value->>'kind') FROM json_each(definition, '$.steps') step) AS kinds FROM cadence_versions
         WHERE tenant_id = ?1 AND cadence_id = ?2 ${ofVersion} ORDER BY version DESC LIMIT ${KINDS_MAX}`,
      )
      .bind(...bound),
  ]);
  return {
    standings: (standings?.results ?? []) as StandingCount[],
    steps: (steps?.results ?? []) as StepTally[],
    days: (days?.results ?? []) as DayTally[],
    versions: ((versions?.results ?? []) as { version: number }[]).map((row) => row.version).reverse(),
    kinds: ((kinds?.results ?? []) as { kinds: string }[]).map((row) => Kinds.parse(JSON.parse(row.kinds))),
  };
}
