import { and, desc, eq, getTableColumns, lt, type SQL, sql } from "drizzle-orm";
import { z } from "zod";
import { Settings } from "../../core/contract/cadence.ts";
import { Step } from "../../core/contract/step.ts";
import type { CadenceDraft, VersionDraft } from "../../core/publish.ts";
import { parseVersion, readPool } from "./cadence-versions.ts";
import type { Page } from "./page.ts";
import { cadences, cadenceVersions, endpoints } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A cadence with its draft, and what is published of it. Times in milliseconds. */
export interface CadenceRecord extends CadenceDraft {
  readonly seq: number;
  readonly mode: Tenant["mode"];
  readonly description: string | null;
  readonly enabled: boolean;
  readonly autoPublish: boolean;
  readonly version: number | null;
  readonly published: VersionDraft | null;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a new cadence is made of. `endpoint` is one of its own, in the same transaction; its secret comes sealed. */
export interface NewCadence extends CadenceDraft {
  readonly description: string | null;
  readonly autoPublish: boolean;
  readonly endpoint: { readonly id: string; readonly url: string; readonly sealedSecret: string } | null;
  /** Published at once as version 1, or not yet. */
  readonly publish: VersionDraft | null;
}

/** What can be changed of a draft, and the switches beside it. */
export interface CadenceChange {
  readonly name?: string | undefined;
  readonly description?: string | null | undefined;
  /** Only what changes: it is merged into what is there. */
  readonly settings?: { readonly [Name in keyof Settings]?: Settings[Name] | undefined } | undefined;
  readonly steps?: readonly Step[] | undefined;
  readonly endpointId?: string | null | undefined;
  readonly mailboxId?: string | null | undefined;
  readonly mailboxIds?: readonly string[] | undefined;
  readonly linkedinAccountId?: string | null | undefined;
  readonly enabled?: boolean | undefined;
  readonly autoPublish?: boolean | undefined;
}

/** Writes a cadence, and with it the endpoint and the version that belong to it: all of it or nothing. */
export async function insertCadence(tenant: Tenant, cadence: NewCadence, now: number): Promise<void> {
  const { db, tenantId, mode } = tenant;
  const insert = db.insert(cadences).values({
    id: cadence.id,
    tenantId,
    mode,
    name: cadence.name,
    description: cadence.description,
    settings: JSON.stringify(cadence.settings),
    steps: JSON.stringify(cadence.steps),
    endpointId: cadence.endpointId,
    mailboxId: cadence.mailboxId,
    mailboxIds: JSON.stringify(cadence.mailboxIds),
    linkedinAccountId: cadence.linkedinAccountId,
    version: cadence.publish === null ? null : 1,
    autoPublish: cadence.autoPublish ? 1 : 0,
    createdAt: now,
    updatedAt: now,
  });
  const endpoint =
    cadence.endpoint === null
      ? []
      : [
          db.insert(endpoints).values({
            id: cadence.endpoint.id,
            tenantId,
            mode,
            name: cadence.name,
            url: cadence.endpoint.url,
            secret: cadence.endpoint.sealedSecret,
            compatibility: "myagentmail",
            createdAt: now,
            updatedAt: now,
          }),
        ];
  const version =
    cadence.publish === null
      ? []
      : [db.insert(cadenceVersions).values({ ...versionRow(tenant, cadence.publish), publishedAt: now })];
  await db.batch([insert, ...endpoint, ...version]);
}

/** The cadence, or null when this key may not see such a one. */
export async function findCadence(tenant: Tenant, id: string): Promise<CadenceRecord | null> {
  const row = await select(tenant, eq(cadences.id, id)).get();
  return row === undefined ? null : toRecord(row);
}

/** Newest first. */
export async function listCadences(tenant: Tenant, page: Page): Promise<CadenceRecord[]> {
  const rows = await select(tenant, page.before === null ? undefined : lt(cadences.seq, page.before))
    .orderBy(desc(cadences.seq))
    .limit(page.limit + 1);
  return rows.map(toRecord);
}

/**
 * Changes a draft or its switches; null when there is no such cadence, or none that was last changed at `readAt` (ms; null
 * for whenever). Answers how it was and is, as of one transaction.
 */
export async function changeCadence(
  tenant: Tenant,
  id: string,
  change: CadenceChange,
  now: number,
  readAt: number | null = null,
): Promise<{ readonly before: CadenceRecord; readonly after: CadenceRecord } | null> {
  const { settings, steps, enabled, autoPublish, mailboxIds, ...same } = change;
  const update = tenant.db
    .update(cadences)
    .set({
      ...same,
      ...(settings === undefined
        ? {}
        : { settings: sql`json_patch(${cadences.settings}, ${JSON.stringify(settings)})` }),
      ...(mailboxIds === undefined ? {} : { mailboxIds: JSON.stringify(mailboxIds) }),
      ...(steps === undefined ? {} : { steps: JSON.stringify(steps) }),
      ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
      ...(autoPublish === undefined ? {} : { autoPublish: autoPublish ? 1 : 0 }),
      updatedAt: laterThanBefore(now),
    })
    .where(own(tenant, cadences, eq(cadences.id, id), readAt === null ? undefined : eq(cadences.updatedAt, readAt)))
    .returning({ id: cadences.id });
  const [[before], done, [after]] = await tenant.db.batch([
    select(tenant, eq(cadences.id, id)),
    update,
    select(tenant, eq(cadences.id, id)),
  ]);
  if (done.length === 0 || before === undefined || after === undefined) return null;
  return { before: toRecord(before), after: toRecord(after) };
}

/** Publishes what was read: false when the cadence has changed since, so that nobody publishes what they haven't seen. */
export async function publishVersion(
  tenant: Tenant,
  read: CadenceRecord,
  version: VersionDraft,
  now: number,
): Promise<boolean> {
  const unchanged = own(
    tenant,
    cadences,
    eq(cadences.id, read.id),
    eq(cadences.updatedAt, read.updatedAt),
    sql`coalesce(${cadences.version}, 0) = ${read.version ?? 0}`,
  );
  const {
    cadenceId,
    version: number,
    tenantId,
    definition,
    mailboxId,
    mailboxIds,
    linkedinAccountId,
  } = versionRow(tenant, version);
  const insert = tenant.db.insert(cadenceVersions).select(
    tenant.db
      .select({
        cadenceId: sql<string>`${cadenceId}`.as("cadence_id"),
        version: sql<number>`${number}`.as("version"),
        tenantId: sql<string>`${tenantId}`.as("tenant_id"),
        definition: sql<string>`${definition}`.as("definition"),
        mailboxId: sql<string | null>`${mailboxId}`.as("mailbox_id"),
        mailboxIds: sql<string>`${mailboxIds}`.as("mailbox_ids"),
        linkedinAccountId: sql<string | null>`${linkedinAccountId}`.as("linkedin_account_id"),
        publishedAt: sql<number>`${now}`.as("published_at"),
      })
      .from(cadences)
      .where(unchanged),
  );
  const point = tenant.db
    .update(cadences)
    .set({ version: number, updatedAt: laterThanBefore(now) })
    .where(unchanged)
    .returning({ id: cadences.id });
  const [, pointed] = await tenant.db.batch([insert, point]);
  return pointed.length === 1;
}

/** Two changes in one millisecond still have two times: `updatedAt` tells whether what was read is what is there. */
function laterThanBefore(now: number) {
  return sql`max(${now}, ${cadences.updatedAt} + 1)`;
}

function versionRow(tenant: Tenant, { definition, mailboxId, mailboxIds, linkedinAccountId }: VersionDraft) {
  return {
    cadenceId: definition.id,
    version: definition.version,
    tenantId: tenant.tenantId,
    definition: JSON.stringify(definition),
    mailboxId,
    mailboxIds: JSON.stringify(mailboxIds),
    linkedinAccountId,
  };
}

function select(tenant: Tenant, further: SQL | undefined) {
  return tenant.db
    .select({
      ...getTableColumns(cadences),
      definition: cadenceVersions.definition,
      // Under a name of its own: the rows of a batch are read by the names of their columns.
      publishedMailboxId: sql<string | null>`${cadenceVersions.mailboxId}`.as("published_mailbox_id"),
      publishedMailboxIds: sql<string | null>`${cadenceVersions.mailboxIds}`.as("published_mailbox_ids"),
      publishedLinkedinAccountId: sql<string | null>`${cadenceVersions.linkedinAccountId}`.as(
        "published_linkedin_account_id",
      ),
    })
    .from(cadences)
    .leftJoin(
      cadenceVersions,
      and(
        eq(cadenceVersions.cadenceId, cadences.id),
        eq(cadenceVersions.version, cadences.version),
        eq(cadenceVersions.tenantId, cadences.tenantId),
      ),
    )
    .where(own(tenant, cadences, further));
}

type Row = typeof cadences.$inferSelect & {
  readonly definition: string | null;
  readonly publishedMailboxId: string | null;
  readonly publishedMailboxIds: string | null;
  readonly publishedLinkedinAccountId: string | null;
};

function toRecord(row: Row): CadenceRecord {
  return {
    seq: row.seq,
    id: row.id,
    mode: row.mode,
    name: row.name,
    description: row.description,
    settings: Settings.parse(JSON.parse(row.settings)),
    steps: z.array(Step).parse(JSON.parse(row.steps)),
    endpointId: row.endpointId,
    mailboxId: row.mailboxId,
    mailboxIds: readPool(row.mailboxIds),
    linkedinAccountId: row.linkedinAccountId,
    enabled: row.enabled === 1,
    autoPublish: row.autoPublish === 1,
    version: row.version,
    published:
      row.definition === null
        ? null
        : {
            definition: parseVersion(row.definition),
            mailboxId: row.publishedMailboxId,
            mailboxIds: readPool(row.publishedMailboxIds ?? "[]"),
            linkedinAccountId: row.publishedLinkedinAccountId,
          },
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
  };
}
