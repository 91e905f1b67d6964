import { eq } from "drizzle-orm";
import { newId } from "../crypto/ids.ts";
import { users } from "./people-schema.ts";
import type { Database } from "./tenant-db.ts";

/** The first owner of an installation, and what they own. `at` in milliseconds. */
export interface FirstOwner {
  readonly tenantId: string;
  readonly organizationName: string;
  readonly email: string;
  readonly at: number;
}

/** Whether somebody has an account with this address (in lower case). */
export async function hasAccount(db: Database, email: string): Promise<boolean> {
  return (await db.select({ id: users.id }).from(users).where(eq(users.email, email)).get()) !== undefined;
}

/** Notes that mail to the address reaches who has this account. */
export async function noteVerified(db: Database, email: string): Promise<void> {
  await db.update(users).set({ emailVerified: true }).where(eq(users.email, email));
}

/**
 * Makes the first owner with their tenant, in an installation that has none: false when it has. All of it or nothing, and
 * of two at once one.
 */
export async function makeFirstOwner(db: D1Database, owner: FirstOwner): Promise<boolean> {
  const { tenantId, organizationName, email, at } = owner;
  try {
    await db.batch([
      db.prepare("INSERT INTO tenants (id, name, created_at) VALUES (?1, ?2, ?3)").bind(tenantId, organizationName, at),
      ...ownerStatements(db, { tenantId, email, name: email, at }),
      db
        .prepare(
          "INSERT INTO bootstraps (id, tenant_id, user_id, created_at) SELECT 1, ?1, id, ?3 FROM users WHERE email = ?2",
        )
        .bind(tenantId, email, at),
    ]);
    return true;
  } catch (error) {
    if (await isBootstrapped(db)) return false;
    throw error;
  }
}

/** Whether the first owner has been made. */
export async function isBootstrapped(db: D1Database): Promise<boolean> {
  return (await db.prepare("SELECT id FROM bootstraps WHERE id = 1").first()) !== null;
}

/** Who is to own a tenant. `email` in lower case, `at` in milliseconds. */
export interface Owner {
  readonly tenantId: string;
  readonly email: string;
  readonly name: string;
  readonly at: number;
}

/** Makes a person the owner of a tenant, with an account where they have none. Safe to run again. */
export async function ensureOwner(db: D1Database, owner: Owner): Promise<void> {
  await db.batch(ownerStatements(db, owner));
}

/** The address counts as theirs: whoever makes the first owner has the whole installation in their hands. */
function ownerStatements(db: D1Database, { tenantId, email, name, at }: Owner): D1PreparedStatement[] {
  return [
    db
      .prepare(
        "INSERT INTO users (id, name, email, email_verified, created_at, updated_at) VALUES (?1, ?2, ?3, 1, ?4, ?4) ON CONFLICT (email) DO NOTHING",
      )
      .bind(newId("usr"), name, email, at),
    db
      .prepare(
        "INSERT INTO members (id, tenant_id, user_id, role, created_at) SELECT ?1, ?2, id, 'owner', ?4 FROM users WHERE email = ?3 ON CONFLICT (tenant_id, user_id) DO NOTHING",
      )
      .bind(newId("mem"), tenantId, email, at),
  ];
}
