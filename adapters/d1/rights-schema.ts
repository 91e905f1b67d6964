import { integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/** People who were erased, as hashes that only this installation can make. Written by an erasure; deleted from by whoever lifts it. */
export const tombstones = sqliteTable(
  "tombstones",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    /** Of the address (adapters/crypto/tombstone.ts): it says whether an address is meant, and never which. */
    hash: text().notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("tombstones_hash").on(table.tenantId, table.mode, table.hash),
    uniqueIndex("tombstones_id").on(table.id),
  ],
);

/** How far a tenant's retention has come. One row a tenant that has any, written and read by the cron alone. */
export const retentionRuns = sqliteTable("retention_runs", {
  tenantId: text("tenant_id").primaryKey(),
  /** When it last had its turn: who waits longest is next. */
  ranAt: integer("ran_at").notNull(),
  /** The walk through the tenant's stored bodies: where it stands, null between two walks, and when the last one began. */
  bodiesAfter: text("bodies_after"),
  walkBeganAt: integer("walk_began_at").notNull().default(0),
});
