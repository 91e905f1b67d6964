import { findEndpoint } from "../../../adapters/d1/endpoints.ts";
import { findLinkedinAccount } from "../../../adapters/d1/linkedin-accounts.ts";
import { findMailbox, findMailboxes } from "../../../adapters/d1/mailboxes.ts";
import type { Tenant } from "../../../adapters/d1/tenant-db.ts";
import { readBlackoutDates, readTenant } from "../../../adapters/d1/tenants.ts";
import type { CadenceSettings } from "../../../core/cadence.ts";
import { BOTH_MAILBOXES } from "../../../core/contract/cadence.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import type { Step } from "../../../core/contract/step.ts";
import { hasSecondDelays } from "../../../core/contract/steps.ts";
import { opensWithinAYear } from "../../../core/sending-times.ts";

/** What of a cadence's body only the database or the deployment can tell; empty when all is well. */
export async function faultsOf(
  env: Env,
  tenant: Tenant,
  body: {
    readonly endpointId?: string | null | undefined;
    readonly mailboxId?: string | null | undefined;
    readonly mailboxIds?: readonly string[] | undefined;
    readonly linkedinAccountId?: string | null | undefined;
    readonly steps?: readonly Step[];
  },
): Promise<ProblemError[]> {
  const faults: ProblemError[] = [];
  if (body.endpointId != null && (await findEndpoint(tenant, body.endpointId)) === null)
    faults.push({ pointer: "/endpointId", detail: "is no endpoint that this key may see" });
  if (body.mailboxId != null && (await findMailbox(tenant, body.mailboxId)) === null)
    faults.push({ pointer: "/mailboxId", detail: "is no mailbox that this key may see" });
  const { mailboxIds = [] } = body;
  const known = mailboxIds.length === 0 ? [] : await findMailboxes(tenant, mailboxIds);
  for (const [index, id] of mailboxIds.entries())
    if (!known.some((mailbox) => mailbox.id === id))
      faults.push({ pointer: `/mailboxIds/${index}`, detail: "is no mailbox that this key may see" });
  if (body.linkedinAccountId != null && (await findLinkedinAccount(tenant, body.linkedinAccountId)) === null)
    faults.push({ pointer: "/linkedinAccountId", detail: "is no LinkedIn account that this key may see" });
  const inSeconds = tenant.mode === "sandbox" || env.LOCAL_MODE === "on";
  if (!inSeconds && body.steps !== undefined && hasSecondDelays(body.steps)) {
    const index = body.steps.findIndex((step) => step.delaySeconds !== undefined);
    faults.push({
      pointer: `/steps/${index}/delaySeconds`,
      detail: "is for sandbox and local use; give delayDays, of which fractions are allowed",
    });
  }
  return faults;
}

/** What is wrong with a change after which a cadence would name its mailboxes in both ways; empty when all is well. */
export function mailboxFaults(
  before: { readonly mailboxId: string | null; readonly mailboxIds: readonly string[] },
  change: { readonly mailboxId?: string | null | undefined; readonly mailboxIds?: readonly string[] | undefined },
): ProblemError[] {
  const { mailboxId = before.mailboxId, mailboxIds = before.mailboxIds } = change;
  if (mailboxId === null || mailboxIds.length === 0) return [];
  return [{ pointer: change.mailboxIds === undefined ? "/mailboxId" : "/mailboxIds", detail: BOTH_MAILBOXES }];
}

/** What is wrong with windows and closed days that leave no time to send in the year from `now` (ms); empty when some is left. */
export async function timesFaults(tenant: Tenant, settings: CadenceSettings, now: number): Promise<ProblemError[]> {
  const { blackoutDates = [], sendingWindows = [], holidayCalendars = [] } = settings;
  if (blackoutDates.length + sendingWindows.length + holidayCalendars.length === 0) return [];
  const row = await readTenant(tenant);
  if (opensWithinAYear(settings, readBlackoutDates(row.blackoutDates), row.timeZone, now)) return [];
  const pointer = blackoutDates.length > 0 ? "/blackoutDates" : "/sendingWindows";
  return [
    {
      pointer,
      detail:
        "with the sending windows and the tenant's blackout dates this leaves no time to send for a year from now; to stop a cadence, set its `enabled` to false",
    },
  ];
}
