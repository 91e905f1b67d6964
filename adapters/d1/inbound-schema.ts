import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** Every mail that came in, matched or not; nothing inbound is ever dropped. Written by `email()` and by attaching. */
export const inboundMail = sqliteTable(
  "inbound_mail",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    /** Whose it is and what its sender wrote, hashed (adapters/mail/inbound-id.ts): the same mail twice is one row. */
    id: text().notNull(),
    /** Null when nothing tells whose it is. */
    tenantId: text("tenant_id"),
    mode: text({ enum: ["live", "sandbox"] })
      .notNull()
      .default("live"),
    at: integer().notNull(),
    envelopeFrom: text("envelope_from").notNull(),
    envelopeTo: text("envelope_to").notNull(),
    fromEmail: text("from_email"),
    subject: text(),
    messageId: text("message_id"),
    status: text({ enum: ["matched", "unmatched", "attached"] }).notNull(),
    enrollmentId: text("enrollment_id"),
    reason: text(),
    kind: text().notNull(),
    excerpt: text(),
    sizeBytes: integer("size_bytes").notNull(),
    rawKey: text("raw_key").notNull(),
    /** JSON of core's InboundReply, to hand over when it is attached. */
    reply: text().notNull(),
    /** 0 until the enrollment that it belongs to has it. */
    handedOver: integer("handed_over").notNull().default(1),
  },
  (table) => [
    uniqueIndex("inbound_mail_id").on(table.id),
    index("inbound_mail_tenant").on(table.tenantId, table.status, table.seq),
    index("inbound_mail_unmatched").on(table.tenantId, table.mode).where(sql`status = 'unmatched'`),
    index("inbound_mail_times").on(table.tenantId, table.at),
    index("inbound_mail_waiting").on(table.at).where(sql`handed_over = 0`),
  ],
);
