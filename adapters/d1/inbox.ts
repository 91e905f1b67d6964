import { and, desc, eq, lt } from "drizzle-orm";
import type { InboundReply } from "../../core/events.ts";
import { inboundMail } from "./inbound-schema.ts";
import type { Page } from "./page.ts";
import { own, type Tenant } from "./tenant-db.ts";

/** A mail that came in for this tenant. Times in milliseconds; an unmatched one's `enrollmentId` is only a suggestion. */
export type InboundRecord = Omit<typeof inboundMail.$inferSelect, "reply"> & { readonly reply: InboundReply };

export type InboundStatus = InboundRecord["status"];

/** Newest first. */
export async function listInbound(
  tenant: Tenant,
  status: InboundStatus | undefined,
  page: Page,
): Promise<InboundRecord[]> {
  const rows = await tenant.db
    .select()
    .from(inboundMail)
    .where(
      own(
        tenant,
        inboundMail,
        status === undefined ? undefined : eq(inboundMail.status, status),
        page.before === null ? undefined : lt(inboundMail.seq, page.before),
      ),
    )
    .orderBy(desc(inboundMail.seq))
    .limit(page.limit + 1);
  return rows.map(toRecord);
}

/** One mail, or null when this key may not see such a one. */
export async function findInbound(tenant: Tenant, id: string): Promise<InboundRecord | null> {
  const row = await tenant.db
    .select()
    .from(inboundMail)
    .where(own(tenant, inboundMail, eq(inboundMail.id, id)))
    .get();
  return row === undefined ? null : toRecord(row);
}

/** Says whose an unmatched mail is, by a person's word; it is then to be handed over. False when another was faster. */
export async function claimForAttaching(tenant: Tenant, id: string, enrollmentId: string): Promise<boolean> {
  const claimed = await tenant.db
    .update(inboundMail)
    .set({ status: "attached", enrollmentId, reason: "attached by a person", handedOver: 0 })
    .where(own(tenant, inboundMail, and(eq(inboundMail.id, id), eq(inboundMail.status, "unmatched"))))
    .returning({ id: inboundMail.id });
  return claimed.length > 0;
}

/** It couldn't be handed over: it is as unmatched as it was. */
export async function unclaim(tenant: Tenant, { id, enrollmentId, reason }: InboundRecord): Promise<void> {
  await tenant.db
    .update(inboundMail)
    .set({ status: "unmatched", enrollmentId, reason, handedOver: 1 })
    .where(own(tenant, inboundMail, eq(inboundMail.id, id)));
}

function toRecord(row: typeof inboundMail.$inferSelect): InboundRecord {
  return { ...row, reply: JSON.parse(row.reply) as InboundReply };
}
