import { tombstoneHash } from "../../adapters/crypto/tombstone.ts";
import {
  beginErasing,
  deleteMails,
  type ErasedPerson,
  type ErasedRows,
  enrollmentsOf,
  finishErasing,
  forgetAddress,
  mailsOf,
  noticeBodies,
  type PersonsEnrollment,
} from "../../adapters/d1/erasure.ts";
import { keepTombstones } from "../../adapters/d1/tombstones.ts";
import { comparable } from "../../adapters/mail/ascii-domain.ts";
import { deleteBodies, deleteBodiesOf } from "../../adapters/r2/delete-bodies.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { EraseJob } from "../../core/jobs.ts";
import { noticeIdOf } from "../../core/notice-id.ts";
import { personStub } from "../../durable-objects/ask-contacts.ts";
import { enrollmentStub } from "../../durable-objects/stub.ts";

/** Each enrollment costs six subrequests, and Workers Free has fifty. Nearly nobody has more; the others' go by the queue. */
const AT_ONCE = 4;
const MAILS_AT_ONCE = 500;
/** What was under way to the log, to R2 or to an endpoint has come by then, and goes too. */
const LOOK_AGAIN_SECONDS = 120;

/** What an erasure found and took away. `goesOn`: some enrollments are still to be emptied, by the queue. */
export interface Erased {
  readonly removed: ErasedRows;
  readonly inboundMails: number;
  readonly storedBodies: number;
  readonly otherEmails: readonly string[];
  readonly goesOn: boolean;
}

/**
 * Erases a person from one tenant. First the tombstone: from then on nothing is sent and nobody enrolls them. Then whatever is
 * found, each step so that a repeat after a crash finds it again; the rows that lead to the rest go last.
 */
export async function erasePerson(
  env: Env,
  { tenantId, mode }: { readonly tenantId: string; readonly mode: Mode },
  givenEmail: string,
  now: number,
): Promise<Erased> {
  // A live key erases test data too: who tries things out does so with people.
  const modes = mode === "live" ? (["live", "sandbox"] as const) : (["sandbox"] as const);
  const person: ErasedPerson = { tenantId, modes, email: comparable(givenEmail) };
  await keepTombstones(env.DB, tenantId, modes, [await tombstoneHash(env, tenantId, person.email)], now);
  const found = await enrollmentsOf(env.DB, person);
  const ids = found.map(({ id }) => id);
  const otherEmails = await otherEmailsOf(env, person, found);
  const hashes = await Promise.all(otherEmails.map((email) => tombstoneHash(env, tenantId, email)));
  if (hashes.length > 0) await keepTombstones(env.DB, tenantId, modes, hashes, now);
  await beginErasing(env.DB, tenantId, ids, now);
  // They are stopped before anything else can fail; the others' next step meets the tombstone.
  await Promise.all(ids.slice(0, AT_ONCE).map((id) => enrollmentStub(env, tenantId, id).erase()));
  for (const email of [person.email, ...otherEmails])
    for (const each of modes) await (await personStub(env, { tenantId, mode: each }, email)).erase();
  const mails = await eraseMails(env, person, ids);
  const forgotten = await forgetAddress(env.DB, person, ids, now);
  const emptied = await eraseEnrollments(env, tenantId, ids.slice(0, AT_ONCE));
  for (let start = AT_ONCE; start < ids.length; start += AT_ONCE)
    await eraseLater(env, tenantId, ids.slice(start, start + AT_ONCE), 0);
  for (let start = 0; start < ids.length; start += AT_ONCE)
    await eraseLater(env, tenantId, ids.slice(start, start + AT_ONCE), LOOK_AGAIN_SECONDS);
  return {
    removed: {
      ...emptied.rows,
      ...forgotten,
      enrollments: ids.length,
      sandbox_mail: (emptied.rows["sandbox_mail"] ?? 0) + (forgotten["sandbox_mail"] ?? 0),
    },
    inboundMails: mails.mails,
    storedBodies: mails.bodies + emptied.bodies,
    otherEmails,
    goesOn: ids.length > AT_ONCE,
  };
}

/** Empties enrollments that `beginErasing` has ended: their objects, their bytes, then their rows. Doing it twice changes nothing more. */
export async function eraseEnrollments(
  env: Env,
  tenantId: string,
  ids: readonly string[],
): Promise<{ readonly rows: ErasedRows; readonly bodies: number }> {
  let bodies = 0;
  for (const id of ids) {
    await enrollmentStub(env, tenantId, id).erase();
    bodies += await deleteBodiesOf(env.BODIES, tenantId, id);
  }
  const rows = ids.length === 0 ? {} : await finishErasing(env.DB, tenantId, ids);
  return { rows, bodies };
}

/** Addresses of the same leads, as the index knows them and, since it may be behind, as the objects do. */
async function otherEmailsOf(
  env: Env,
  { tenantId, email }: ErasedPerson,
  found: readonly PersonsEnrollment[],
): Promise<readonly string[]> {
  const states = await Promise.all(found.slice(0, AT_ONCE).map(({ id }) => enrollmentStub(env, tenantId, id).read()));
  const known = states.flatMap((state) => (state === null ? [] : [state.lead.email ?? email, ...state.formerEmails]));
  const all = new Set([...found.flatMap(({ emails }) => emails), ...known].map(comparable));
  all.delete(email);
  return [...all];
}

/** The bytes first: a row without them can be found again, bytes without a row can't. */
async function eraseMails(
  env: Env,
  person: ErasedPerson,
  enrollmentIds: readonly string[],
): Promise<{ readonly mails: number; readonly bodies: number }> {
  let [mails, bodies] = [0, 0];
  for (;;) {
    const page = await mailsOf(env.DB, person, enrollmentIds, MAILS_AT_ONCE);
    if (page.length === 0) return { mails, bodies };
    const ids = page.map(({ id }) => id);
    const keys = [
      ...page.map(({ rawKey }) => rawKey),
      ...(await noticeBodies(env.DB, person.tenantId, ids.map(noticeIdOf))),
    ];
    await deleteBodies(env.BODIES, keys);
    await deleteMails(env.DB, person.tenantId, ids, ids.map(noticeIdOf));
    mails += page.length;
    bodies += keys.length;
  }
}

async function eraseLater(env: Env, tenantId: string, ids: readonly string[], delaySeconds: number): Promise<void> {
  await env.JOB_QUEUE.send({ type: "erase_enrollments", tenantId, ids } satisfies EraseJob, { delaySeconds });
}
