import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Leads whose messages came back or who complained, by the mailbox that wrote to them. Written by the log queue; the sweeper deletes what is older than 90 days. */
export const mailboxOutcomes = sqliteTable(
  "mailbox_outcomes",
  {
    mailboxId: text("mailbox_id").notNull(),
    enrollmentId: text("enrollment_id").notNull(),
    kind: text({ enum: ["bounced", "complained"] }).notNull(),
    tenantId: text("tenant_id").notNull(),
    at: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.mailboxId, table.enrollmentId, table.kind] }),
    index("mailbox_outcomes_times").on(table.mailboxId, table.at),
    index("mailbox_outcomes_age").on(table.at),
  ],
);
