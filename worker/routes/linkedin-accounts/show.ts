import type { LinkedinAccountRow } from "../../../adapters/d1/linkedin-accounts.ts";
import { pacesOf } from "../../../adapters/d1/pace-of-account.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { HOOK_HEADER, type LinkedinAccount, StoredUnipile } from "../../../core/contract/linkedin-account.ts";
import { perWeekOf, type StoredPace } from "../../../core/contract/linkedin-pace.ts";
import { Calendar } from "../../../core/pace/calendar.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import { capOn } from "../../../core/pace/settings.ts";

/** A row as the API shows it: without its secrets. Its days are counted in `tenantZone` where it has no zone of its own. */
export function showLinkedinAccount(row: LinkedinAccountRow, publicUrl: string, tenantZone: string): LinkedinAccount {
  const { invitations, messages, workingHours } = pacesOf(row);
  const calendar = new Calendar(capZone(row.timeZone, tenantZone).timeZone);
  const takesHooks = row.hooksSecret !== null;
  return {
    id: row.id,
    mode: row.mode,
    name: row.name,
    provider: row.provider,
    unipile: row.provider === "unipile" ? StoredUnipile.parse(JSON.parse(row.settings)) : null,
    isDefault: row.isDefault === 1,
    enabled: row.enabled === 1,
    pausedReason: row.pausedReason,
    state: row.state,
    stateAt: timestampOr(row.stateAt),
    plan: row.plan,
    timeZone: row.timeZone,
    workingHours: [...workingHours].map((window) => ({ ...window, days: [...window.days] })),
    invitations: {
      ...showPace(invitations, calendar),
      perWeek: perWeekOf(invitations) ?? invitations.dailySendCap * 7,
    },
    messages: showPace(messages, calendar),
    profileViewsPerDay: row.profileViewsPerDay,
    withdrawAfterDays: row.withdrawAfterDays,
    restUntil: {
      invitations: restOf(row.invitationsRestUntil),
      messages: restOf(row.messagesRestUntil),
    },
    hookUrl: takesHooks ? new URL(`/linkedin-hooks/${row.id}`, publicUrl).href : null,
    hookHeader: takesHooks ? { name: HOOK_HEADER } : null,
    createdAt: toTimestamp(row.createdAt),
    updatedAt: toTimestamp(row.updatedAt),
  };
}

function showPace(pace: StoredPace, calendar: Calendar) {
  const { dailySendCap: perDay, ramp, minGapSeconds, gapSpreadSeconds } = pace;
  return {
    perDay,
    ramp: ramp === null ? null : { ...ramp, since: toTimestamp(ramp.since) },
    minGapSeconds,
    gapSpreadSeconds,
    today: capOn(pace, calendar.dayOf(Date.now()), calendar.nameOf).most ?? perDay,
  };
}

/** A rest that is over is none. */
function restOf(until: number | null): string | null {
  return until !== null && until > Date.now() ? toTimestamp(until) : null;
}

function timestampOr(at: number | null): string | null {
  return at === null ? null : toTimestamp(at);
}
