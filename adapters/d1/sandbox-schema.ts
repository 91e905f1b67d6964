import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Mail that the sandbox provider "sent". Written by that provider; erased with the tenant's test data. */
export const sandboxMail = sqliteTable(
  "sandbox_mail",
  {
    sendKey: text("send_key").primaryKey(),
    tenantId: text("tenant_id").notNull(),
    enrollmentId: text("enrollment_id").notNull(),
    at: integer().notNull(),
    fromEmail: text("from_email").notNull(),
    toEmail: text("to_email").notNull(),
    subject: text().notNull(),
    raw: text().notNull(),
  },
  (table) => [index("sandbox_mail_tenant").on(table.tenantId, table.at, table.sendKey)],
);
