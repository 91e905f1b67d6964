import { drizzleAdapter } from "better-auth/adapters/drizzle";
import { drizzle } from "drizzle-orm/d1";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { accounts, invitations, members, sessions, users, verifications } from "./people-schema.ts";

/**
 * An organisation is a tenant: the same row, so there is nothing to keep in step. better-auth wants a short name of its own
 * for each; that is the id. Nothing writes through this.
 */
const organizations = sqliteTable("tenants", {
  id: text().primaryKey(),
  name: text().notNull(),
  slug: text("id").notNull(),
  createdAt: integer("created_at", { mode: "timestamp_ms" }).notNull(),
});

/** The tables that better-auth reads and writes, by its own names for them. */
export function authTables(binding: D1Database) {
  return drizzleAdapter(drizzle(binding), {
    provider: "sqlite",
    schema: {
      user: users,
      session: sessions,
      account: accounts,
      verification: verifications,
      organization: organizations,
      member: members,
      invitation: invitations,
    },
  });
}
