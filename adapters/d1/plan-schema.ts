import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { tenants } from "./schema.ts";

/** What a tenant has used of its plan in a calendar month (YYYY-MM, in its zone), live. Written with each enrollment and by the log queue. */
export const planUsage = sqliteTable(
  "plan_usage",
  {
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    month: text().notNull(),
    drafts: integer().notNull().default(0),
    messages: integer().notNull().default(0),
    enrollments: integer().notNull().default(0),
    /** Of which part of the quota, in percent, the endpoints were told: 0, 80 or 100. */
    draftsTold: integer("drafts_told").notNull().default(0),
    messagesTold: integer("messages_told").notNull().default(0),
    enrollmentsTold: integer("enrollments_told").notNull().default(0),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.month] })],
);
