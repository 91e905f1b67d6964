import type { LinkedinAccountChanges, LinkedinAccountRow } from "../../../adapters/d1/linkedin-accounts.ts";
import { pacesOf } from "../../../adapters/d1/pace-of-account.ts";
import { checkLinkedinApi } from "../../../adapters/linkedin/check-api-url.ts";
import { StoredUnipile, type UpdateLinkedinAccount, unipileUrl } from "../../../core/contract/linkedin-account.ts";
import { changedPace, linkedinPaceFaults } from "../../../core/contract/linkedin-pace.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import { sealLinkedinSecret } from "./secret.ts";

type Plan =
  | { readonly ok: true; readonly changes: LinkedinAccountChanges }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/** What changes of an account at `now` (ms). What is left out stays, and the whole is judged. */
export async function planChanges(
  env: Env,
  before: LinkedinAccountRow,
  wish: UpdateLinkedinAccount,
  now: number,
): Promise<Plan> {
  const unipile = await planUnipile(env, before, wish.unipile, now);
  const paces = planPaces(before, wish, now);
  const faults = [...(unipile.ok ? [] : unipile.faults), ...(paces.ok ? [] : paces.faults), ...keyFaults(before, wish)];
  if (!unipile.ok || !paces.ok || faults.length > 0) return { ok: false, faults };
  const changes = { ...plainChanges(wish), ...switchedOn(before, wish, now), ...paces.changes, ...unipile.changes };
  return { ok: true, changes };
}

/** The stored key is never told to another address than it was given for. */
async function planUnipile(
  env: Env,
  before: LinkedinAccountRow,
  wish: UpdateLinkedinAccount["unipile"],
  now: number,
): Promise<Plan> {
  if (wish === undefined) return { ok: true, changes: {} };
  if (before.provider !== "unipile") {
    const detail = `belongs to an account with the provider unipile; this one has ${before.provider}`;
    return { ok: false, faults: [{ pointer: "/unipile", detail }] };
  }
  const was = StoredUnipile.parse(JSON.parse(before.settings));
  const { apiKey, apiUrl, accountId = was.accountId } = wish;
  const settings: StoredUnipile = { apiUrl: apiUrl === undefined ? was.apiUrl : unipileUrl(apiUrl), accountId };
  const verdict = await checkLinkedinApi(env, settings.apiUrl, now);
  if (!verdict.ok) return { ok: false, faults: [{ pointer: "/unipile/apiUrl", detail: verdict.detail }] };
  if (settings.apiUrl !== was.apiUrl && apiKey === undefined)
    return { ok: false, faults: [{ pointer: "/unipile/apiKey", detail: "must come with another apiUrl" }] };
  const secret =
    apiKey === undefined ? {} : { secret: await sealLinkedinSecret(env, before.tenantId, before.id, apiKey) };
  // Who it is may be another thing now, so it is asked at once.
  const unknown = { state: "unknown", stateAt: null, pollNextAt: now } as const;
  return { ok: true, changes: { settings: JSON.stringify(settings), ...secret, ...unknown } };
}

/** What was imported has no key. */
function keyFaults(
  { provider, secret }: LinkedinAccountRow,
  { enabled, unipile }: UpdateLinkedinAccount,
): ProblemError[] {
  if (provider !== "unipile" || secret !== null || enabled !== true || unipile?.apiKey !== undefined) return [];
  return [{ pointer: "/unipile/apiKey", detail: "must be saved before the account is switched on: it has none" }];
}

function planPaces(before: LinkedinAccountRow, wish: UpdateLinkedinAccount, now: number): Plan {
  const paces = pacesOf(before);
  const invitations = changedPace(paces.invitations, wish.invitations ?? {}, now);
  const messages = changedPace(paces.messages, wish.messages ?? {}, now);
  const faults = [...linkedinPaceFaults("invitations", invitations), ...linkedinPaceFaults("messages", messages)];
  if (faults.length > 0) return { ok: false, faults };
  const changes = {
    ...(wish.invitations === undefined ? {} : { invitationsPace: JSON.stringify(invitations) }),
    ...(wish.messages === undefined ? {} : { messagesPace: JSON.stringify(messages) }),
  };
  return { ok: true, changes };
}

/**
 * Who switches on what was stopped by itself says that it is well again; whether it is, the provider is asked. Who switches
 * off what was off by itself wants it off, whatever the provider says later.
 */
function switchedOn({ pausedReason, provider }: LinkedinAccountRow, { enabled }: UpdateLinkedinAccount, now: number) {
  if (enabled === undefined || pausedReason === null) return {};
  if (!enabled) return { pausedReason: null } as const;
  const polled = provider === "unipile" ? { pollNextAt: now } : {};
  return { pausedReason: null, state: "unknown", stateAt: null, ...polled } as const;
}

function plainChanges(wish: UpdateLinkedinAccount): LinkedinAccountChanges {
  const { name, enabled, plan, timeZone, workingHours, profileViewsPerDay, withdrawAfterDays } = wish;
  return {
    ...(name === undefined ? {} : { name }),
    ...(enabled === undefined ? {} : { enabled: enabled ? 1 : 0 }),
    ...(plan === undefined ? {} : { plan }),
    ...(timeZone === undefined ? {} : { timeZone }),
    ...(workingHours === undefined ? {} : { workingHours: JSON.stringify(workingHours) }),
    ...(profileViewsPerDay === undefined ? {} : { profileViewsPerDay }),
    ...(withdrawAfterDays === undefined ? {} : { withdrawAfterDays }),
  };
}
