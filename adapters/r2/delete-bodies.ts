/** What R2 lists and deletes at once. */
const AT_ONCE = 1_000;

/** Deletes everything of one enrollment; answers how many objects that were. */
export async function deleteBodiesOf(bucket: R2Bucket, tenantId: string, enrollmentId: string): Promise<number> {
  let deleted = 0;
  for (;;) {
    const { objects } = await bucket.list({ prefix: `${tenantId}/${enrollmentId}/`, limit: AT_ONCE });
    if (objects.length === 0) return deleted;
    await bucket.delete(objects.map(({ key }) => key));
    deleted += objects.length;
  }
}

/** Deletes these; one that isn't there is no trouble. */
export async function deleteBodies(bucket: R2Bucket, keys: readonly string[]): Promise<void> {
  for (let start = 0; start < keys.length; start += AT_ONCE) await bucket.delete(keys.slice(start, start + AT_ONCE));
}

/** One page of a walk through a tenant's objects, in the order of their keys. */
export interface BodiesPage {
  readonly seen: number;
  readonly deleted: number;
  /** Where the next page begins; null at the end. */
  readonly after: string | null;
}

/** Deletes what of one page was put before `before` (ms). */
export async function deleteOldBodies(
  bucket: R2Bucket,
  tenantId: string,
  after: string | null,
  before: number,
): Promise<BodiesPage> {
  const from = after === null ? {} : { startAfter: after };
  const { objects, truncated } = await bucket.list({ prefix: `${tenantId}/`, limit: AT_ONCE, ...from });
  const old = objects.filter(({ uploaded }) => uploaded.getTime() < before).map(({ key }) => key);
  await deleteBodies(bucket, old);
  return { seen: objects.length, deleted: old.length, after: truncated ? (objects.at(-1)?.key ?? null) : null };
}
