import { and, asc, eq, gt, sql } from "drizzle-orm";
import { z } from "zod";
import { journal } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

const Verdict = z.object({
  gate: z.string(),
  verdict: z.enum(["pass", "wait", "hold", "skip", "stop"]),
  read: z.record(z.string(), z.unknown()).catch({}),
  reason: z.string().nullable().catch(null),
  detail: z.string().nullable().catch(null),
  until: z.number().nullable().catch(null),
});

/** What the gates said of one step at one time (ms), as it was kept then. */
export interface Trace {
  readonly at: number;
  readonly step: number | null;
  /** `out` for a message that went, else the note's code. */
  readonly what: string;
  readonly gates: readonly z.infer<typeof Verdict>[];
}

/** Those of one enrollment, oldest first, at most `most`. */
export async function listTraces(tenant: Tenant, enrollmentId: string, most: number): Promise<readonly Trace[]> {
  const gates = sql<string | null>`${journal.detail} -> '$.gates'`;
  const rows = await tenant.db
    .select({ at: journal.at, step: journal.step, what: journal.what, gates })
    .from(journal)
    .where(
      own(
        tenant,
        journal,
        and(eq(journal.enrollmentId, enrollmentId), gt(journal.entry, 0), sql`${gates} IS NOT NULL`),
      ),
    )
    .orderBy(asc(journal.entry))
    .limit(most);
  return rows.map((row) => ({ ...row, gates: z.array(Verdict).parse(JSON.parse(row.gates ?? "[]")) }));
}
