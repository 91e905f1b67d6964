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
