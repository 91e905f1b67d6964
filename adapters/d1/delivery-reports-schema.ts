import { sql } from "drizzle-orm";
import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** What a provider's event feed said of our messages, for two days. Written by the delivery queue. */
export const deliveryReports = sqliteTable(
  "delivery_reports",
  {
    /** The feed's own id of the event, so that what comes twice is one row. */
    id: text().primaryKey(),
    provider: text({ enum: ["cloudflare"] }).notNull(),
    messageId: text("message_id").notNull(),
    sender: text().notNull(),
    recipient: text().notNull(),
    subject: text().notNull(),
    status: text().notNull(),
    at: integer().notNull(),
    /** JSON of core's DeliveryEvent, to hand over to the enrollment; null where the status is none of its kinds. */
    event: text(),
    /** 1 once the enrollment has it; mail that isn't ours stays at 0. */
    handedOver: integer("handed_over").notNull().default(0),
  },
  (table) => [
    index("delivery_reports_recipient").on(table.recipient, table.at),
    index("delivery_reports_at").on(table.at),
    index("delivery_reports_waiting").on(table.at).where(sql`handed_over = 0`),
  ],
);
