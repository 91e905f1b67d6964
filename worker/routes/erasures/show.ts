import type { TombstoneRow } from "../../../adapters/d1/tombstones.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import type { Erasure } from "../../../core/contract/erasure.ts";

/** A tombstone as the API shows it. */
export function showErasure({ id, mode, hash, createdAt }: TombstoneRow): Erasure {
  return { id, mode, hash, erasedAt: toTimestamp(createdAt) };
}
