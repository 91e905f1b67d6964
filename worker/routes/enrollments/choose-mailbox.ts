import { lastMailboxOf } from "../../../adapters/d1/enrollments.ts";
import { findDefaultMailbox, findMailbox, findMailboxes, type MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { paceOf } from "../../../adapters/d1/pace-of.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readTenant } from "../../../adapters/d1/tenants.ts";
import type { ChosenMailbox } from "../../../core/contract/enrollment.ts";
import { needsMailbox } from "../../../core/contract/steps.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import { chooseMailbox, type PoolMailbox } from "../../../core/pace/choose-mailbox.ts";
import type { VersionDraft } from "../../../core/publish.ts";
import { readLoad } from "../../../durable-objects/ask-pace.ts";

/** Who is to be enrolled, as far as it says which mailbox sends. */
export interface NewLead {
  readonly enrollmentId: string;
  /** In ASCII, as it is stored. */
  readonly email: string | null;
  readonly inboxId: string | null;
}

type Outcome =
  | { readonly ok: true; readonly mailbox: ChosenMailbox | null }
  | { readonly ok: false; readonly detail: string };

/** The mailbox that will send: the lead's own, else one of the version's pool, else the version's, else the default one. None is needed where nothing is mailed. */
export async function mailboxFor(env: Env, tenant: Tenant, lead: NewLead, version: VersionDraft): Promise<Outcome> {
  if (lead.inboxId !== null)
    return (await findMailbox(tenant, lead.inboxId)) === null
      ? { ok: false, detail: "is no mailbox that this key may see" }
      : { ok: true, mailbox: { id: lead.inboxId, why: "named" } };
  const chosen = await fromPool(env, tenant, lead, version.mailboxIds);
  if (chosen !== null) return { ok: true, mailbox: chosen };
  if (version.mailboxId !== null) return { ok: true, mailbox: { id: version.mailboxId, why: "cadence" } };
  const id = (await findDefaultMailbox(tenant))?.id ?? null;
  if (id !== null) return { ok: true, mailbox: { id, why: "default" } };
  if (!needsMailbox(version.definition.steps)) return { ok: true, mailbox: null };
  return {
    ok: false,
    detail:
      "this cadence sends e-mail, and nothing says from where: give inboxId, set the cadence's mailboxId or mailboxIds, or make a default mailbox with POST /v1/mailboxes",
  };
}

async function fromPool(
  env: Env,
  tenant: Tenant,
  { enrollmentId, email }: NewLead,
  ids: readonly string[],
): Promise<ChosenMailbox | null> {
  if (ids.length === 0) return null;
  const [rows, before, { timeZone }] = await Promise.all([
    findMailboxes(tenant, ids),
    email === null ? null : lastMailboxOf(tenant, email, ids),
    readTenant(tenant),
  ]);
  // Who stays with its mailbox needs nobody to be asked.
  const stays = rows.find((row) => row.id === before && row.enabled === 1);
  if (stays !== undefined) return { id: stays.id, why: "same_lead" };
  const pool = await Promise.all(rows.map((row) => standing(env, row, timeZone)));
  return chooseMailbox(pool, null, enrollmentId);
}

async function standing(env: Env, row: MailboxRow, tenantZone: string): Promise<PoolMailbox> {
  const { id, tenantId } = row;
  const enabled = row.enabled === 1;
  const { timeZone } = capZone(row.timeZone, tenantZone);
  if (!enabled) return { id, enabled, load: null, cap: null };
  try {
    return { id, enabled, ...(await readLoad(env, tenantId, { id, pace: paceOf(row), timeZone })) };
  } catch (error) {
    console.error(`mailbox ${id} can't say how much it has before it; a lead is spread without it`, error);
    return { id, enabled, load: null, cap: null };
  }
}
