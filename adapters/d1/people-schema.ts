import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import { tenants } from "./schema.ts";

/*
 * People, as better-auth (adapters/auth) keeps them: its fields under our names. A person belongs to no tenant; `members`
 * says where they are let in. Times are milliseconds since the epoch. What opens anything is here as a hash, or of no use
 * without the secret that signs cookies.
 */

const time = (name: string) => integer(name, { mode: "timestamp_ms" });

/** Everybody with an account. Written when somebody is invited in, or is the first owner; never deleted. */
export const users = sqliteTable(
  "users",
  {
    id: text().primaryKey(),
    name: text().notNull(),
    /** In lower case. */
    email: text().notNull(),
    /** 1 once who has the account has shown that mail to the address reaches them. */
    emailVerified: integer("email_verified", { mode: "boolean" }).notNull().default(false),
    image: text(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [uniqueIndex("users_email").on(table.email)],
);

const userId = () =>
  text("user_id")
    .notNull()
    .references(() => users.id, { onDelete: "cascade" });

/** Who is signed in. Written by signing in and kept alive by use; deleted by signing out, and by the sweeper when over. */
export const sessions = sqliteTable(
  "sessions",
  {
    id: text().primaryKey(),
    /** Half of what opens it: the cookie is this with a signature, and the key of that isn't in the database. */
    token: text().notNull(),
    userId: userId(),
    /** The tenant that requests are for; null before one is chosen. Whether the person is a member is asked each time. */
    activeOrganizationId: text("active_tenant_id"),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("sessions_token").on(table.token),
    index("sessions_user").on(table.userId),
    index("sessions_age").on(table.expiresAt),
  ],
);

/** How a person proves who they are: a password (hashed), or an account at the sign-on of their company. Written by setting either. */
export const accounts = sqliteTable(
  "accounts",
  {
    id: text().primaryKey(),
    userId: userId(),
    /** `credential` for a password. */
    providerId: text("provider_id").notNull(),
    accountId: text("account_id").notNull(),
    password: text(),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: time("access_token_expires_at"),
    refreshTokenExpiresAt: time("refresh_token_expires_at"),
    scope: text(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [
    index("accounts_user").on(table.userId),
    uniqueIndex("accounts_provider").on(table.providerId, table.accountId),
  ],
);

/** Links that work once, by the hash of their token. Written by asking for one; deleted by its use, and by the sweeper when over. */
export const verifications = sqliteTable(
  "verifications",
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at").notNull(),
    updatedAt: time("updated_at").notNull(),
  },
  (table) => [index("verifications_identifier").on(table.identifier), index("verifications_age").on(table.expiresAt)],
);

/** Who is let into which tenant, and as what. Written by accepting an invitation; changed and deleted by the members routes. */
export const members = sqliteTable(
  "members",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    userId: userId(),
    role: text().notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("members_person").on(table.tenantId, table.userId),
    index("members_user").on(table.userId, table.createdAt),
  ],
);

/** Who may become a member. Written by the invitations routes; one that is over stays, so that it can be seen. */
export const invitations = sqliteTable(
  "invitations",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id")
      .notNull()
      .references(() => tenants.id),
    /** In lower case. */
    email: text().notNull(),
    role: text().notNull(),
    status: text({ enum: ["pending", "accepted", "rejected", "canceled"] }).notNull(),
    /** SHA-256 of the token in its link. */
    tokenHash: text("token_hash").notNull(),
    /** 1: the link went to the address and to nobody else, so whoever has it reads that mail. */
    mailed: integer({ mode: "boolean" }).notNull(),
    /** A person's id or a key's. */
    inviterId: text("inviter_id").notNull(),
    expiresAt: time("expires_at").notNull(),
    createdAt: time("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("invitations_token").on(table.tokenHash),
    index("invitations_newest").on(table.tenantId, table.createdAt, table.id),
  ],
);

/** How often somebody has tried to sign in lately, by a hash of who and how. Written by each try; the sweeper deletes old ones. */
export const attempts = sqliteTable(
  "attempts",
  {
    key: text().primaryKey(),
    count: integer().notNull(),
    since: integer().notNull(),
  },
  (table) => [index("attempts_age").on(table.since)],
);

/** That the first owner of this installation has been made: one row at most. Written by `POST /auth/bootstrap`; never deleted. */
export const bootstraps = sqliteTable("bootstraps", {
  id: integer().primaryKey(),
  tenantId: text("tenant_id")
    .notNull()
    .references(() => tenants.id),
  userId: userId(),
  createdAt: integer("created_at").notNull(),
});
