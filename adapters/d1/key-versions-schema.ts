import { integer, sqliteTable } from "drizzle-orm/sqlite-core";

/**
 * The key-encryption keys that this installation has had, by version, and how far the secrets have moved under each: up to
 * which `seq` of each table, and how many couldn't be opened. Written by the sweeper; never deleted.
 */
export const keyVersions = sqliteTable("key_versions", {
  version: integer().primaryKey(),
  firstSeenAt: integer("first_seen_at").notNull(),
  endpointsUpTo: integer("endpoints_up_to").notNull().default(0),
  mailboxesUpTo: integer("mailboxes_up_to").notNull().default(0),
  linkedinAccountsUpTo: integer("linkedin_accounts_up_to").notNull().default(0),
  unreadable: integer().notNull().default(0),
  /** Null while secrets may still be under an older one. */
  doneAt: integer("done_at"),
});
