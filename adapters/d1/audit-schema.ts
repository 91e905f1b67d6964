import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/**
 * Who did what to what. Written by the API's door (worker/audit) and, in the same transaction as the change, by what the
 * system does by itself. Triggers in the migration refuse every UPDATE and DELETE but one: a row may once be redacted
 * (`redacted_at` set, and in the same statement `before`, `after`, `from_address`, `user_agent` and `actor_label` emptied
 * or left), and a redacted row may be deleted. That is the way of retention and erasure, and of nobody else.
 */
export const auditLog = sqliteTable(
  "audit_log",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    at: integer().notNull(),
    actorKind: text("actor_kind", { enum: ["key", "person", "link", "system"] }).notNull(),
    actorId: text("actor_id").notNull(),
    actorLabel: text("actor_label"),
    action: text().notNull(),
    outcome: text({ enum: ["done", "refused"] }).notNull(),
    targetKind: text("target_kind").notNull(),
    targetId: text("target_id"),
    fromAddress: text("from_address"),
    userAgent: text("user_agent"),
    requestId: text("request_id"),
    /** JSON of the fields that changed, as the API shows them. */
    before: text(),
    after: text(),
    redactedAt: integer("redacted_at"),
  },
  (table) => [
    uniqueIndex("audit_log_id").on(table.id),
    index("audit_log_newest").on(table.tenantId, table.mode, table.seq),
    index("audit_log_times").on(table.tenantId, table.mode, table.at, table.seq),
    index("audit_log_actor").on(table.actorId, table.seq),
    index("audit_log_action").on(table.tenantId, table.mode, table.action, table.seq),
    index("audit_log_kind").on(table.tenantId, table.mode, table.targetKind, table.seq),
    index("audit_log_target").on(table.targetId, table.seq),
  ],
);
