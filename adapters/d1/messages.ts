import { asc, eq } from "drizzle-orm";
import { messages } from "./schema.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A message of a thread. Times in milliseconds. */
export type MessageRecord = typeof messages.$inferSelect;

/** The conversation with one lead, oldest first. Threads are short, so pages go by position. */
export async function listMessages(
  tenant: Tenant,
  enrollmentId: string,
  page: { readonly limit: number; readonly skip: number },
): Promise<MessageRecord[]> {
  return tenant.db
    .select()
    .from(messages)
    .where(own(tenant, messages, eq(messages.enrollmentId, enrollmentId)))
    .orderBy(asc(messages.at), asc(messages.id))
    .limit(page.limit + 1)
    .offset(page.skip);
}
