import { env } from "cloudflare:workers";
import { beforeEach, expect, test } from "vitest";
import { newId } from "../../../adapters/crypto/ids.ts";
import { beginErasing, finishErasing } from "../../../adapters/d1/erasure.ts";
import {
  dueForPolling,
  restLinkedinAccount,
  resumeLinkedinAccount,
  setPolled,
} from "../../../adapters/d1/linkedin-accounts.ts";
import {
  contactsAmong,
  findEnrollmentsByProfile,
  type LinkedinContact,
  openInvitations,
  projectContacts,
  putContact,
  staleInvitations,
} from "../../../adapters/d1/linkedin-contacts.ts";
import { api, type SeededTenant, seedTenant } from "../../support/worker.ts";

let tenant: SeededTenant;
let account: { readonly tenantId: string; readonly accountId: string };
const path = () => `/v1/linkedin-accounts/${account.accountId}`;

beforeEach(async () => {
  tenant = await seedTenant();
  const unipile = { apiUrl: "api8.unipile.com:13851", accountId: "a", apiKey: "k" };
  const { body } = await api(tenant.liveKey).post("/v1/linkedin-accounts", { provider: "unipile", name: "x", unipile });
  account = { tenantId: tenant.tenantId, accountId: body.id };
});

function contact(more: Partial<LinkedinContact> = {}): LinkedinContact {
  return {
    ...account,
    mode: "live",
    profileId: "ACo1",
    publicId: "jane-doe",
    enrollmentId: newId("enr"),
    cadenceId: "cad_x",
    revision: 1,
    ...{ invitedAt: null, invitationId: null, acceptedAt: null, withdrawnAt: null },
    ...more,
  };
}

const idsOf = (rows: readonly { readonly enrollmentId: string }[]) => rows.map(({ enrollmentId }) => enrollmentId);

test("what is told of a person finds their enrollments, by the profile's id or the end of its URL, and only those of the account", async () => {
  const [mine, other] = [contact(), contact({ profileId: "ACo2", publicId: "joe" })];
  const foreign = contact({ tenantId: (await seedTenant()).tenantId });
  const elsewhere = contact({ accountId: "lia_other" });
  await projectContacts(env.DB, [mine, other, foreign, elsewhere], 5).run();
  expect(idsOf(await findEnrollmentsByProfile(env.DB, account, { profileId: "ACo1" }))).toEqual([mine.enrollmentId]);
  expect(idsOf(await findEnrollmentsByProfile(env.DB, account, { publicId: "joe" }))).toEqual([other.enrollmentId]);
  expect(await findEnrollmentsByProfile(env.DB, account, { profileId: "nobody" })).toEqual([]);
  const among = await contactsAmong(env.DB, account, ["ACo2", "ACo1", "ACo9"]);
  expect(idsOf(among).sort()).toEqual([mine.enrollmentId, other.enrollmentId].sort());
});

test("news that comes twice or late changes nothing; what is newer does", async () => {
  const first = contact({ revision: 4, invitedAt: 10, invitationId: "inv" });
  await putContact(env.DB, first, 5);
  await putContact(env.DB, { ...first, revision: 6, publicId: null, acceptedAt: 20 }, 6);
  await putContact(env.DB, { ...first, revision: 5, withdrawnAt: 15 }, 7);
  await putContact(env.DB, { ...first, revision: 6, withdrawnAt: 16 }, 8);
  expect(await findEnrollmentsByProfile(env.DB, account, { profileId: "ACo1" })).toEqual([
    {
      enrollmentId: first.enrollmentId,
      cadenceId: "cad_x",
      profileId: "ACo1",
      // What was known once isn't forgotten.
      publicId: "jane-doe",
      invitedAt: 10,
      invitationId: "inv",
      acceptedAt: 20,
      withdrawnAt: null,
      createdAt: 5,
    },
  ]);
});

test("open invitations come page by page, oldest first; stale are those that were sent long ago", async () => {
  const open = [30, 10, 20].map((invitedAt, n) => contact({ profileId: `ACo${n}`, invitedAt }));
  const closed = [contact({ invitedAt: 1, acceptedAt: 2 }), contact({ invitedAt: 1, withdrawnAt: 2 }), contact()];
  await projectContacts(env.DB, [...open, ...closed], 5).run();
  const first = await openInvitations(env.DB, account, 2, null);
  expect(first.map(({ invitedAt }) => invitedAt)).toEqual([10, 20]);
  const last = first.at(-1);
  const after = { invitedAt: last?.invitedAt ?? 0, enrollmentId: last?.enrollmentId ?? "" };
  expect((await openInvitations(env.DB, account, 2, after)).map(({ invitedAt }) => invitedAt)).toEqual([30]);
  expect((await staleInvitations(env.DB, account, 20, 9)).map(({ invitedAt }) => invitedAt)).toEqual([10]);
  const { results } = await env.DB.prepare(
    "EXPLAIN QUERY PLAN SELECT * FROM linkedin_contacts WHERE tenant_id = ?1 AND account_id = ?2 AND invited_at IS NOT NULL AND accepted_at IS NULL AND withdrawn_at IS NULL AND invited_at < ?3 ORDER BY invited_at",
  )
    .bind("t", "a", 1)
    .all<{ detail: string }>();
  expect(results.map(({ detail }) => detail).join()).toContain("linkedin_contacts_open");
});

test("an erased enrollment leaves no contact, and late news brings none back", async () => {
  const erased = contact();
  await env.DB.prepare(
    "INSERT INTO enrollments (id, tenant_id, mode, cadence_id, version, lead_external_id, beginning, linkedin_account_id, task_kind, task_due_at, state, phase, created_at, updated_at) VALUES (?, ?, 'live', 'cad_x', 1, ?, '{\"lead\":{}}', ?, 'linkedin_message', 9, 'active', 'waiting', 0, 0)",
  )
    .bind(erased.enrollmentId, account.tenantId, erased.enrollmentId, account.accountId)
    .run();
  await putContact(env.DB, erased, 5);
  await beginErasing(env.DB, account.tenantId, [erased.enrollmentId], 6);
  await finishErasing(env.DB, account.tenantId, [erased.enrollmentId]);
  await putContact(env.DB, { ...erased, revision: 9 }, 7);
  expect(await findEnrollmentsByProfile(env.DB, account, { profileId: "ACo1" })).toEqual([]);
  const row = await env.DB.prepare("SELECT task_kind, task_due_at FROM enrollments WHERE id = ?")
    .bind(erased.enrollmentId)
    .first();
  expect(row).toEqual({ task_kind: null, task_due_at: null });
});

test("a new account is asked at once, and then when it is due; what was seen goes only forward", async () => {
  const due = async (now: number) =>
    (await dueForPolling(env.DB, now, 1_000)).find(({ id }) => id === account.accountId);
  const now = Date.now();
  expect(await due(now)).toMatchObject({
    ...{ tenantId: account.tenantId, mode: "live", enabled: true, polledAt: null },
  });
  await setPolled(env.DB, account, { polledAt: now, pollNextAt: now + 1_000, messagesSeenUntil: now + 500 });
  expect(await due(now + 999)).toBeUndefined();
  await setPolled(env.DB, account, { polledAt: now + 1, pollNextAt: now + 1_000, messagesSeenUntil: now });
  await setPolled(env.DB, account, { polledAt: now + 2, pollNextAt: now + 1_000, messagesSeenUntil: null });
  // Also one that is off: people still reply.
  await api(tenant.liveKey).patch(path(), { enabled: false });
  expect(await due(now + 1_000)).toMatchObject({ enabled: false, polledAt: now + 2, messagesSeenUntil: now + 500 });
});

test("a rest is the longest that was asked for, and is shown while it lasts", async () => {
  const [soon, later] = [Date.now() + 60_000, Date.now() + 120_000];
  await restLinkedinAccount(env.DB, account, "invitations", later);
  await restLinkedinAccount(env.DB, account, "invitations", soon);
  await restLinkedinAccount(env.DB, account, "messages", 5);
  await resumeLinkedinAccount(env.DB, { ...account, mode: "live" }, 7);
  const { body } = await api(tenant.liveKey).get(path());
  expect(body.restUntil).toEqual({ invitations: new Date(later).toISOString(), messages: null });
  expect([body.state, body.stateAt]).toEqual(["ok", "1970-01-01T00:00:00.007Z"]);
});
