import type { BodyObject } from "./bodies.ts";

export type { BodyObject };

/** The bytes of one exchange as they were stored, tokens included; null when they are gone (erased, or past their time). */
export async function readExchange(bucket: R2Bucket, key: string): Promise<BodyObject | null> {
  const object = await bucket.get(key);
  return object === null ? null : await object.json<BodyObject>();
}
