import { index, integer, primaryKey, sqliteTable, text } from "drizzle-orm/sqlite-core";

/** Answers to POSTs by their Idempotency-Key, for 24 hours. Written by the API's middleware; the sweeper deletes old ones. */
export const idempotencyKeys = sqliteTable(
  "idempotency_keys",
  {
    tenantId: text("tenant_id").notNull(),
    route: text().notNull(),
    key: text().notNull(),
    fingerprint: text().notNull(),
    /** Null while the first request runs; then a repeat waits for `leaseUntil`. */
    status: integer(),
    response: text(),
    leaseUntil: integer("lease_until").notNull(),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.route, table.key] }),
    index("idempotency_keys_age").on(table.createdAt),
  ],
);
