import { desc, eq, lt, ne, sql } from "drizzle-orm";
import type { Page } from "./page.ts";
import { cadences, cadenceVersions, endpoints } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

export type EndpointRow = typeof endpoints.$inferSelect;

/** A new endpoint. `secret` is sealed, `eventTypes` null for all. */
export type NewEndpoint = Pick<EndpointRow, "id" | "name" | "url" | "secret" | "compatibility"> & {
  readonly eventTypes: readonly string[] | null;
};

/** What may be changed; what is left out stays. */
export interface EndpointChanges {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly compatibility?: EndpointRow["compatibility"] | undefined;
  readonly eventTypes?: readonly string[] | null | undefined;
  readonly enabled?: boolean | undefined;
}

/** Keeps a new endpoint, made at `at` (ms). */
export async function insertEndpoint(tenant: Tenant, endpoint: NewEndpoint, at: number): Promise<EndpointRow> {
  return tenant.db
    .insert(endpoints)
    .values({
      ...endpoint,
      eventTypes: toJson(endpoint.eventTypes),
      tenantId: tenant.tenantId,
      mode: tenant.mode,
      createdAt: at,
      updatedAt: at,
    })
    .returning()
    .get();
}

/** Newest first; one row more than the page. */
export async function listEndpoints(tenant: Tenant, page: Page): Promise<EndpointRow[]> {
  const before = page.before === null ? undefined : lt(endpoints.seq, page.before);
  return tenant.db
    .select()
    .from(endpoints)
    .where(own(tenant, endpoints, before))
    .orderBy(desc(endpoints.seq))
    .limit(page.limit + 1);
}

/** The tenant's endpoints that are on and want this event, but for `exceptId`; 100 at most. */
export async function listEndpointsToTell(
  tenant: Tenant,
  exceptId: string | null,
  eventType: string,
): Promise<EndpointRow[]> {
  const rows = await tenant.db
    .select()
    .from(endpoints)
    .where(own(tenant, endpoints, exceptId === null ? undefined : ne(endpoints.id, exceptId), eq(endpoints.enabled, 1)))
    .orderBy(desc(endpoints.seq))
    .limit(100);
  return rows.filter((row) => row.eventTypes === null || row.eventTypes.includes(`"${eventType}"`));
}

export async function findEndpoint(tenant: Tenant, id: string): Promise<EndpointRow | null> {
  return (
    (await tenant.db
      .select()
      .from(endpoints)
      .where(own(tenant, endpoints, eq(endpoints.id, id)))
      .get()) ?? null
  );
}

/** A row before and after a change, read in its transaction. */
export interface ChangedEndpoint {
  readonly before: EndpointRow;
  readonly after: EndpointRow;
}

/** Null when there is no such endpoint. Switching it on forgets why it was off; another URL has no failures yet. */
export async function updateEndpoint(
  tenant: Tenant,
  id: string,
  changes: EndpointChanges,
  at: number,
): Promise<ChangedEndpoint | null> {
  const { name, url, compatibility, enabled, eventTypes } = changes;
  const update = tenant.db
    .update(endpoints)
    .set({
      ...(name === undefined ? {} : { name }),
      ...(url === undefined ? {} : { url }),
      ...(compatibility === undefined ? {} : { compatibility }),
      ...(eventTypes === undefined ? {} : { eventTypes: toJson(eventTypes) }),
      ...(enabled === undefined
        ? {}
        : {
            enabled: enabled ? 1 : 0,
            disabledReason: enabled ? null : "switched off through the API",
          }),
      ...(enabled === undefined && url === undefined ? {} : { failingSince: null, failingDays: 0, failingDay: null }),
      updatedAt: at,
    })
    .where(own(tenant, endpoints, eq(endpoints.id, id)))
    .returning();
  const [[before], [after]] = await tenant.db.batch([byId(tenant, id), update]);
  return before === undefined || after === undefined ? null : { before, after };
}

/** Puts a new sealed secret in; the one before signs too until `previousUntil` (ms). In one statement, so that two rotations at once lose none in silence. */
export async function rotateEndpointSecret(
  tenant: Tenant,
  id: string,
  secret: string,
  previousUntil: number,
  at: number,
): Promise<ChangedEndpoint | null> {
  const update = tenant.db
    .update(endpoints)
    .set({ previousSecret: sql`${endpoints.secret}`, previousSecretUntil: previousUntil, secret, updatedAt: at })
    .where(own(tenant, endpoints, eq(endpoints.id, id)))
    .returning();
  const [[before], [after]] = await tenant.db.batch([byId(tenant, id), update]);
  return before === undefined || after === undefined ? null : { before, after };
}

/** Deletes it, and answers what it was, unless a cadence, or a published version that enrollments may still be on, names it. */
export async function deleteEndpoint(tenant: Tenant, id: string): Promise<EndpointRow | "in_use" | "not_found"> {
  const [gone] = await tenant.db
    .delete(endpoints)
    .where(
      own(
        tenant,
        endpoints,
        eq(endpoints.id, id),
        sql`NOT EXISTS (SELECT 1 FROM ${cadences} WHERE ${cadences.tenantId} = ${tenant.tenantId} AND ${cadences.endpointId} = ${id})`,
        sql`NOT EXISTS (SELECT 1 FROM ${cadenceVersions} WHERE ${cadenceVersions.tenantId} = ${tenant.tenantId} AND json_extract(${cadenceVersions.definition}, '$.endpointId') = ${id})`,
      ),
    )
    .returning();
  if (gone !== undefined) return gone;
  return (await findEndpoint(tenant, id)) === null ? "not_found" : "in_use";
}

function byId(tenant: Tenant, id: string) {
  return tenant.db
    .select()
    .from(endpoints)
    .where(own(tenant, endpoints, eq(endpoints.id, id)));
}

function toJson(eventTypes: readonly string[] | null): string | null {
  return eventTypes === null ? null : JSON.stringify(eventTypes);
}
