import { and, eq, sql } from "drizzle-orm";
import { idempotencyKeys } from "./idempotency-schema.ts";
import type { Tenant } from "./tenant-db.ts";

const LEASE_MS = 60_000;
const KEPT_MS = 24 * 3600_000;

/** Where a key counts. `route` carries mode, method and path. */
export interface IdempotencySlot {
  readonly tenant: Tenant;
  readonly route: string;
  readonly key: string;
}

/** What a key's first look says: ours to run until `leaseUntil` (ms), or what became of the request before. */
export type IdempotencyClaim =
  | { readonly kind: "claimed"; readonly leaseUntil: number }
  | { readonly kind: "running" }
  | { readonly kind: "other_body" }
  | { readonly kind: "answered"; readonly status: number; readonly response: string };

/** Takes the key in one statement, so that of a thousand at once one runs. A dead lease or a day-old row is taken over. */
export async function claimKey(slot: IdempotencySlot, fingerprint: string, at: number): Promise<IdempotencyClaim> {
  const row = { fingerprint, status: null, response: null, leaseUntil: at + LEASE_MS, createdAt: at };
  const taken = await slot.tenant.db
    .insert(idempotencyKeys)
    .values({ tenantId: slot.tenant.tenantId, route: slot.route, key: slot.key, ...row })
    .onConflictDoUpdate({
      target: [idempotencyKeys.tenantId, idempotencyKeys.route, idempotencyKeys.key],
      set: row,
      setWhere: sql`${idempotencyKeys.createdAt} < ${at - KEPT_MS}
        OR (${idempotencyKeys.status} IS NULL AND ${idempotencyKeys.leaseUntil} < ${at} AND ${idempotencyKeys.fingerprint} = ${fingerprint})`,
    })
    .returning({ leaseUntil: idempotencyKeys.leaseUntil });
  if (taken[0] !== undefined) return { kind: "claimed", leaseUntil: taken[0].leaseUntil };
  return read(slot, fingerprint);
}

/** Keeps the answer, unless another request has taken the key over since. */
export async function keepAnswer(
  slot: IdempotencySlot,
  leaseUntil: number,
  status: number,
  response: string,
): Promise<void> {
  await slot.tenant.db.update(idempotencyKeys).set({ status, response }).where(held(slot, leaseUntil));
}

/** Frees the key: the request did nothing that a repeat must not do again. */
export async function forgetKey(slot: IdempotencySlot, leaseUntil: number): Promise<void> {
  await slot.tenant.db.delete(idempotencyKeys).where(held(slot, leaseUntil));
}

/** Keys of all tenants that are older than `before` (ms): they answer nobody any more. */
export async function forgetOldKeys(db: D1Database, before: number): Promise<void> {
  await db.prepare("DELETE FROM idempotency_keys WHERE created_at < ?1").bind(before).run();
}

async function read(slot: IdempotencySlot, fingerprint: string): Promise<IdempotencyClaim> {
  const row = await slot.tenant.db.select().from(idempotencyKeys).where(at(slot)).get();
  // Freed in between: the caller's next try will get it.
  if (row === undefined) return { kind: "running" };
  if (row.fingerprint !== fingerprint) return { kind: "other_body" };
  return row.status === null
    ? { kind: "running" }
    : { kind: "answered", status: row.status, response: row.response ?? "" };
}

function at(slot: IdempotencySlot) {
  return and(
    eq(idempotencyKeys.tenantId, slot.tenant.tenantId),
    eq(idempotencyKeys.route, slot.route),
    eq(idempotencyKeys.key, slot.key),
  );
}

/** The lease's end tells two holders of one key apart: the second can only begin after it. */
function held(slot: IdempotencySlot, leaseUntil: number) {
  return and(at(slot), eq(idempotencyKeys.leaseUntil, leaseUntil));
}
