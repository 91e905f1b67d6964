import type { Cadence, PublishedVersion, Settings } from "../../../../core/contract/cadence.ts";
import type { Step } from "../../../../core/contract/step.ts";

/** What a publishing freezes, whether it is a draft or a version. */
export interface Definition {
  readonly name: string;
  readonly endpointId: string | null;
  readonly mailboxId: string | null;
  readonly mailboxIds: readonly string[];
  readonly linkedinAccountId: string | null;
  readonly settings: Settings;
  readonly steps: readonly Step[];
}

/** The draft of a cadence. */
export function draftOf(cadence: Cadence): Definition {
  const { name, endpointId, mailboxId, mailboxIds, linkedinAccountId, steps } = cadence;
  return { name, endpointId, mailboxId, mailboxIds, linkedinAccountId, settings: settingsOf(cadence), steps };
}

/** A version as it was published. */
export function definitionOf({
  name,
  endpointId,
  mailboxId,
  mailboxIds,
  linkedinAccountId,
  settings,
  steps,
}: PublishedVersion): Definition {
  return { name, endpointId, mailboxId, mailboxIds, linkedinAccountId, settings, steps };
}

/** The settings of a cadence's draft, by themselves. */
export function settingsOf(cadence: Cadence): Settings {
  return {
    businessHoursOnly: cadence.businessHoursOnly,
    exitOnReply: cadence.exitOnReply,
    exitOnReplyElsewhere: cadence.exitOnReplyElsewhere,
    exitOnUnsubscribe: cadence.exitOnUnsubscribe,
    dailySendCap: cadence.dailySendCap,
    onAmbiguous: cadence.onAmbiguous,
    addFooter: cadence.addFooter,
    onOutOfOffice: cadence.onOutOfOffice,
    onLeftCompany: cadence.onLeftCompany,
    onSoftBounce: cadence.onSoftBounce,
    onLinkedinUnreachable: cadence.onLinkedinUnreachable,
    unsubscribeLink: cadence.unsubscribeLink,
    sendingWindows: cadence.sendingWindows,
    blackoutDates: cadence.blackoutDates,
    holidayCalendars: cadence.holidayCalendars,
    jitterMinutes: cadence.jitterMinutes,
    reenroll: cadence.reenroll,
  };
}
