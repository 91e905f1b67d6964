import { integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

const counts = () => ({
  sent: integer().notNull().default(0),
  failed: integer().notNull().default(0),
  replied: integer().notNull().default(0),
  bounced: integer().notNull().default(0),
  unsubscribed: integer().notNull().default(0),
});

/** What a tenant's enrollments did in a quarter of an hour: every zone's days and hours are made of those. Written by the log queue, which deletes what is older than 40 days. */
export const tenantTallies = sqliteTable(
  "tenant_tallies",
  {
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    /** Since the epoch. */
    quarter: integer().notNull(),
    ...counts(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.mode, table.quarter] })],
);

/** The same of one step of a cadence, by the calendar day (YYYY-MM-DD) in the tenant's zone. Written by the log queue; never deleted. */
export const stepTallies = sqliteTable(
  "step_tallies",
  {
    cadenceId: text("cadence_id").notNull(),
    version: integer().notNull(),
    step: integer().notNull(),
    day: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    skipped: integer().notNull().default(0),
    ...counts(),
  },
  (table) => [primaryKey({ columns: [table.cadenceId, table.version, table.step, table.day] })],
);
