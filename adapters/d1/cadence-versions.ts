import { and, desc, eq, lt, sql } from "drizzle-orm";
import { z } from "zod";
import type { CadenceVersion } from "../../core/cadence.ts";
import { Settings } from "../../core/contract/cadence.ts";
import { Step } from "../../core/contract/step.ts";
import type { Page } from "./page.ts";
import { cadenceVersions } from "./schema.ts";
import type { Tenant } from "./tenant-db.ts";

/** A published version with the mailbox and the LinkedIn account that it gives to enrollments. `publishedAt` in milliseconds. */
export interface VersionRecord {
  readonly definition: CadenceVersion;
  readonly mailboxId: string | null;
  readonly mailboxIds: readonly string[];
  readonly linkedinAccountId: string | null;
  readonly publishedAt: number;
}

const Definition = z.strictObject({
  id: z.string(),
  name: z.string(),
  version: z.number(),
  endpointId: z.string().nullable(),
  settings: Settings,
  steps: z.array(Step),
});

/** Reads a stored definition. Throws on what isn't one: we wrote it. */
export function parseVersion(definition: string): CadenceVersion {
  return Definition.parse(JSON.parse(definition));
}

/** The mailboxes of the column `mailbox_ids`. Throws on what are none: we wrote it, or checked it. */
export function readPool(stored: string): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(stored));
}

/** One version, or null. The tenant's cadence must have been found before: versions carry no mode. */
export async function findVersion(tenant: Tenant, cadenceId: string, version: number): Promise<VersionRecord | null> {
  const row = await tenant.db
    .select()
    .from(cadenceVersions)
    .where(and(ofCadence(tenant, cadenceId), eq(cadenceVersions.version, version)))
    .get();
  return row === undefined ? null : toRecord(row);
}

/** Those of the numbered versions that there are, in whatever order; in one question, however many. As for `findVersion`. */
export async function findVersions(
  tenant: Tenant,
  cadenceId: string,
  versions: readonly number[],
): Promise<VersionRecord[]> {
  const named = sql`${cadenceVersions.version} IN (SELECT value FROM json_each(${JSON.stringify(versions)}))`;
  const rows = await tenant.db
    .select()
    .from(cadenceVersions)
    .where(and(ofCadence(tenant, cadenceId), named));
  return rows.map(toRecord);
}

/** Versions of any of the tenant's cadences; those that aren't there are left out. */
export async function readDefinitions(
  db: D1Database,
  tenantId: string,
  versions: readonly { readonly cadenceId: string; readonly version: number }[],
): Promise<readonly CadenceVersion[]> {
  const { results } = await db
    .prepare(
      `SELECT v.definition FROM json_each(?2) n CROSS JOIN cadence_versions v
         ON v.cadence_id = n.value->>'cadenceId' AND v.version = n.value->>'version' WHERE v.tenant_id = ?1`,
    )
    .bind(tenantId, JSON.stringify(versions))
    .all<{ definition: string }>();
  return results.map(({ definition }) => parseVersion(definition));
}

/** Newest first; pages go by the version's number. */
export async function listVersions(tenant: Tenant, cadenceId: string, page: Page): Promise<VersionRecord[]> {
  const rows = await tenant.db
    .select()
    .from(cadenceVersions)
    .where(
      and(ofCadence(tenant, cadenceId), page.before === null ? undefined : lt(cadenceVersions.version, page.before)),
    )
    .orderBy(desc(cadenceVersions.version))
    .limit(page.limit + 1);
  return rows.map(toRecord);
}

function ofCadence(tenant: Tenant, cadenceId: string) {
  return and(eq(cadenceVersions.cadenceId, cadenceId), eq(cadenceVersions.tenantId, tenant.tenantId));
}

function toRecord(row: typeof cadenceVersions.$inferSelect): VersionRecord {
  return {
    definition: parseVersion(row.definition),
    mailboxId: row.mailboxId,
    mailboxIds: readPool(row.mailboxIds),
    linkedinAccountId: row.linkedinAccountId,
    publishedAt: row.publishedAt,
  };
}
