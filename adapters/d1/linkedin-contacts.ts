import type { Mode } from "../../core/enrollment.ts";
import { notErased } from "./erasure.ts";
import type { AccountRef } from "./linkedin-accounts.ts";

/** What an enrollment knows of one person on LinkedIn, as of `revision`. Times are milliseconds. */
export interface LinkedinContact extends AccountRef {
  readonly mode: Mode;
  readonly profileId: string;
  readonly publicId: string | null;
  readonly enrollmentId: string;
  readonly cadenceId: string;
  readonly revision: number;
  readonly invitedAt: number | null;
  readonly invitationId: string | null;
  readonly acceptedAt: number | null;
  readonly withdrawnAt: number | null;
}

/** Writes one; what is newer stays. */
export async function putContact(db: D1Database, contact: LinkedinContact, now: number): Promise<void> {
  await projectContacts(db, [contact], now).run();
}

/** The statement that writes them, each only where it is newer than what is there. Of an erased enrollment nothing is written. */
export function projectContacts(
  db: D1Database,
  contacts: readonly LinkedinContact[],
  now: number,
): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO linkedin_contacts (tenant_id, mode, account_id, profile_id, enrollment_id, public_id, cadence_id, revision, invited_at, invitation_id, accepted_at, withdrawn_at, created_at)
       SELECT n.value ->> 'tenantId', n.value ->> 'mode', n.value ->> 'accountId', n.value ->> 'profileId', n.value ->> 'enrollmentId', n.value ->> 'publicId', n.value ->> 'cadenceId',
         n.value ->> 'revision', n.value ->> 'invitedAt', n.value ->> 'invitationId', n.value ->> 'acceptedAt', n.value ->> 'withdrawnAt', ?2
       FROM json_each(?1) n WHERE ${notErased("n.value ->> 'enrollmentId'")}
       ON CONFLICT (tenant_id, account_id, profile_id, enrollment_id) DO UPDATE SET public_id = coalesce(excluded.public_id, public_id), revision = excluded.revision,
         invited_at = excluded.invited_at, invitation_id = excluded.invitation_id, accepted_at = excluded.accepted_at, withdrawn_at = excluded.withdrawn_at
       WHERE excluded.revision > linkedin_contacts.revision`,
    )
    .bind(JSON.stringify(contacts), now);
}

/** An enrollment that a person on LinkedIn belongs to. */
export interface ContactRow {
  readonly enrollmentId: string;
  readonly cadenceId: string;
  readonly profileId: string;
  readonly publicId: string | null;
  readonly invitedAt: number | null;
  readonly invitationId: string | null;
  readonly acceptedAt: number | null;
  readonly withdrawnAt: number | null;
  readonly createdAt: number;
}

const CONTACT = `enrollment_id AS enrollmentId, cadence_id AS cadenceId, profile_id AS profileId, public_id AS publicId,
  invited_at AS invitedAt, invitation_id AS invitationId, accepted_at AS acceptedAt, withdrawn_at AS withdrawnAt, created_at AS createdAt`;

/** The account's enrollments with this person, newest first: by the profile id, or where that isn't known by the last part of the URL. */
export async function findEnrollmentsByProfile(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  person: { readonly profileId: string } | { readonly publicId: string },
): Promise<readonly ContactRow[]> {
  const [column, value] = "profileId" in person ? ["profile_id", person.profileId] : ["public_id", person.publicId];
  const { results } = await db
    .prepare(
      `SELECT ${CONTACT} FROM linkedin_contacts WHERE tenant_id = ?1 AND account_id = ?2 AND ${column} = ?3 ORDER BY created_at DESC, enrollment_id`,
    )
    .bind(tenantId, accountId, value)
    .all<ContactRow>();
  return results;
}

/** Those of the account's contacts that are among these people. */
export async function contactsAmong(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  profileIds: readonly string[],
): Promise<readonly ContactRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${CONTACT} FROM linkedin_contacts WHERE tenant_id = ?1 AND account_id = ?2 AND profile_id IN (SELECT value FROM json_each(?3))`,
    )
    .bind(tenantId, accountId, JSON.stringify(profileIds))
    .all<ContactRow>();
  return results;
}

/** Where the next page of open invitations begins: behind this one. */
export interface InvitationCursor {
  readonly invitedAt: number;
  readonly enrollmentId: string;
}

/** Invitations of the account that may still be accepted, oldest first; at most `limit`, from behind `after` on. */
export async function openInvitations(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  limit: number,
  after: InvitationCursor | null,
): Promise<readonly ContactRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${CONTACT} FROM linkedin_contacts WHERE tenant_id = ?1 AND account_id = ?2 AND ${IS_OPEN}
         AND (invited_at, enrollment_id) > (?4, ?5) ORDER BY invited_at, enrollment_id LIMIT ?3`,
    )
    .bind(tenantId, accountId, limit, after?.invitedAt ?? -1, after?.enrollmentId ?? "")
    .all<ContactRow>();
  return results;
}

/** Those that were sent before `before` (ms) and that nobody has answered, oldest first; at most `limit`. */
export async function staleInvitations(
  db: D1Database,
  { tenantId, accountId }: AccountRef,
  before: number,
  limit: number,
): Promise<readonly ContactRow[]> {
  const { results } = await db
    .prepare(
      `SELECT ${CONTACT} FROM linkedin_contacts WHERE tenant_id = ?1 AND account_id = ?2 AND ${IS_OPEN} AND invited_at < ?3
       ORDER BY invited_at, enrollment_id LIMIT ?4`,
    )
    .bind(tenantId, accountId, before, limit)
    .all<ContactRow>();
  return results;
}

/** As the partial index has it. */
const IS_OPEN = "invited_at IS NOT NULL AND accepted_at IS NULL AND withdrawn_at IS NULL";
