import { tombstoneHash } from "../../adapters/crypto/tombstone.ts";
import { beginErasing, erasedOf, type SpokenOf } from "../../adapters/d1/erasure.ts";
import type { LogMessage } from "../../adapters/d1/log-message.ts";
import { eraseEnrollments } from "./erase-person.ts";

/**
 * After a batch of the log: what it brought of erased people goes again. A message may have been under way while they were
 * erased, and an enrollment may have been made, or given another address, at that very moment, before the index knew.
 */
export async function eraseLate(env: Env, messages: readonly LogMessage[], now: number): Promise<void> {
  const spokenOf = await Promise.all(messages.map((message) => spokenOfBy(env, message)));
  const late = new Map((await erasedOf(env.DB, spokenOf)).map((enrollment) => [enrollment.id, enrollment]));
  for (const { id, tenantId } of late.values()) {
    await beginErasing(env.DB, tenantId, [id], now);
    await eraseEnrollments(env, tenantId, [id]);
  }
}

async function spokenOfBy(env: Env, { tenantId, mode, enrollmentId, index }: LogMessage): Promise<SpokenOf> {
  // In what was under way before there was this field it is missing.
  const emails = [...(index.leadEmail === null ? [] : [index.leadEmail]), ...(index.formerEmails ?? [])];
  const hashes = await Promise.all(emails.map((email) => tombstoneHash(env, tenantId, email)));
  return { id: enrollmentId, tenantId, mode, hashes };
}
