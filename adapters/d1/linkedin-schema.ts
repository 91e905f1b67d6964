import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenants } from "./schema.ts";

/** LinkedIn accounts. Written by the API, by what the provider tells of an account, and by the sweeper that asks it; deleted by the API when unused. */
export const linkedinAccounts = sqliteTable(
  "linkedin_accounts",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    name: text().notNull(),
    provider: text({ enum: ["unipile", "manual"] }).notNull(),
    /** JSON: the API's URL and the account's id there; the API key is sealed in `secret`. */
    settings: text().notNull().default("{}"),
    secret: text(),
    /** What the provider's webhooks say in their header, sealed; made by us. Null where a person acts. */
    hooksSecret: text("hooks_secret"),
    /** How the account stands with its provider, and since when. */
    state: text({ enum: ["ok", "disconnected", "restricted", "unknown"] })
      .notNull()
      .default("unknown"),
    stateAt: integer("state_at"),
    isDefault: integer("is_default").notNull().default(0),
    enabled: integer().notNull().default(1),
    /** Why it was switched off, where that was not a person: it is disconnected or restricted. */
    pausedReason: text("paused_reason"),
    plan: text({ enum: ["free", "paid"] }).notNull(),
    /** IANA; null where it has none of its own. */
    timeZone: text("time_zone"),
    /** JSON of core's SendingWindow list; empty: at any hour. */
    workingHours: text("working_hours").notNull(),
    /** JSON of core's MailboxPace. */
    invitationsPace: text("invitations_pace").notNull(),
    messagesPace: text("messages_pace").notNull(),
    profileViewsPerDay: integer("profile_views_per_day").notNull(),
    /** An invitation that nobody answers is withdrawn after so many days; null: never. */
    withdrawAfterDays: integer("withdraw_after_days"),
    /** Until then none leaves, since LinkedIn has said that it is enough; null where it hasn't. */
    invitationsRestUntil: integer("invitations_rest_until"),
    messagesRestUntil: integer("messages_rest_until"),
    /** When the provider was last asked for what it didn't tell, and when it is asked next; null where nobody asks. */
    polledAt: integer("polled_at"),
    pollNextAt: integer("poll_next_at"),
    /** Up to where messages were read by asking. */
    messagesSeenUntil: integer("messages_seen_until"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("linkedin_accounts_id").on(table.id),
    index("linkedin_accounts_tenant").on(table.tenantId, table.mode, table.seq),
    index("linkedin_accounts_paused")
      .on(table.tenantId, table.mode)
      .where(sql`paused_reason IS NOT NULL AND enabled = 0`),
    index("linkedin_accounts_poll").on(table.pollNextAt).where(sql`poll_next_at IS NOT NULL`),
  ],
);

/** Whom an account has to do with, by enrollment: by it what LinkedIn tells of a person finds its enrollments. Written by the log queue; an erasure deletes from it. */
export const linkedinContacts = sqliteTable(
  "linkedin_contacts",
  {
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    accountId: text("account_id").notNull(),
    /** The provider's id of the person. */
    profileId: text("profile_id").notNull(),
    enrollmentId: text("enrollment_id").notNull(),
    /** The last part of the profile's URL; null where it isn't known. */
    publicId: text("public_id"),
    cadenceId: text("cadence_id").notNull(),
    /** Only a higher revision changes the row: queue messages come twice and out of order. */
    revision: integer().notNull().default(0),
    invitedAt: integer("invited_at"),
    invitationId: text("invitation_id"),
    acceptedAt: integer("accepted_at"),
    withdrawnAt: integer("withdrawn_at"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.accountId, table.profileId, table.enrollmentId] }),
    index("linkedin_contacts_enrollment").on(table.tenantId, table.enrollmentId),
    index("linkedin_contacts_public")
      .on(table.tenantId, table.accountId, table.publicId)
      .where(sql`public_id IS NOT NULL`),
    index("linkedin_contacts_open")
      .on(table.tenantId, table.accountId, table.invitedAt)
      .where(sql`invited_at IS NOT NULL AND accepted_at IS NULL AND withdrawn_at IS NULL`),
  ],
);
