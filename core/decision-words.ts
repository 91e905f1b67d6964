import type { GateWord } from "./decision.ts";
import { WEEKDAYS } from "./opening.ts";
import { weekdayOf } from "./schedule.ts";
import { wallClock } from "./wall-clock.ts";

/** What happens next to a step, as far as it is known. Times in milliseconds. */
export interface Outlook {
  /** Counts from 0. */
  readonly step: number;
  readonly kind: string;
  /** The first time at which all gates pass; null where there is none that is known. */
  readonly openAt: number | null;
  readonly now: number;
  /** The gate that opens last, or that no time opens; null where all pass now. */
  readonly by: GateWord | null;
  readonly timeZone: string;
}

/** The outlook as one sentence for people: what, when by the clock that counts, and why not now. */
export function sayOutlook({ step, kind, openAt, now, by, timeZone }: Outlook): string {
  const what = `Step ${step + 1} (${kind})`;
  if (by === null)
    return openAt === null || openAt <= now ? `${what} goes on now.` : `${what} goes on ${sayTime(openAt, timeZone)}.`;
  const why = sayReason(by);
  if (openAt !== null) return `${what} waits until ${sayTime(openAt, timeZone)}, because ${why}.`;
  switch (by.verdict) {
    case "skip":
      return `${what} will be passed over when it is due, because ${why}.`;
    case "stop":
      return `${what} will not be sent and the enrollment ends, because ${why}.`;
    case "hold":
      return `${what} will be held for a person, because ${why}.`;
    default:
      return `${what} waits, and nobody can say until when, because ${why}.`;
  }
}

/** `Mon 2026-11-23 09:12 Europe/Paris`. */
export function sayTime(at: number, timeZone: string): string {
  const { day, time } = wallClock(at, timeZone);
  const weekday = WEEKDAYS[weekdayOf(day) - 1] ?? "";
  return `${weekday.charAt(0).toUpperCase()}${weekday.slice(1)} ${day} ${time} ${timeZone}`;
}

/** A gate's reason in plain words; one that is new here by its own name. */
function sayReason({ gate, reason, detail, read }: GateWord): string {
  if (detail !== null) return detail;
  const words = REASONS[reason ?? ""];
  if (words === undefined) return `${gate} says ${(reason ?? "no").replaceAll("_", " ")}`;
  return words.replace(/\{(\w+)\}/g, (_all, name: string) => String(read[name] ?? "its"));
}

/** `{name}` stands for what the gate has read under that name. */
const REASONS: Readonly<Record<string, string>> = {
  not_due: "its delay is over only then",
  tenant_paused: "the tenant is switched off",
  cadence_paused: "the cadence is switched off",
  mailbox_paused: "the mailbox is switched off",
  account_paused: "the LinkedIn account is switched off",
  account_troubled: "the LinkedIn account can't act now",
  already_connected: "the two are connected on LinkedIn already",
  already_invited: "an invitation is open already",
  linkedin_unreachable: "LinkedIn brings nothing to this person",
  linkedin_limit_reached: "LinkedIn has said that it is enough for now",
  linkedin_too_early: "LinkedIn says that it is too early",
  outside_account_hours: "it is outside the LinkedIn account's working hours in {timeZone}",
  profile_views_reached: "the LinkedIn account has looked at as many profiles today as it may",
  profile_not_read: "the LinkedIn profile couldn't be read",
  not_accepted_yet: "the LinkedIn invitation is not accepted yet",
  not_accepted: "the LinkedIn invitation was not accepted in time",
  not_invited: "no LinkedIn invitation is open that could be accepted",
  account_cap_reached: "the LinkedIn account's {cap} of {day} are done or taken",
  account_span_full: "the LinkedIn account has done as many of these as it may in its last days",
  account_ramp: "the LinkedIn account is still being warmed up, and its {cap} of {day} are done or taken",
  account_gap: "the LinkedIn account keeps {minGapSeconds} seconds between two of these",
  account_spread: "the LinkedIn account spreads these over the day",
  account_catch_up: "the LinkedIn account does what was late one after the other",
  account_full_for_a_year: "the LinkedIn account is full for a year",
  domain_not_verified: "the domain {unverifiedDomain} is not verified",
  out_of_office: "the lead is away until then",
  outside_business_hours: "it is outside business hours in {timeZone} ({zoneWhy})",
  outside_sending_windows: "it is outside the sending windows in {timeZone} ({zoneWhy})",
  blackout_date: "today is a blackout date in {timeZone} ({zoneWhy})",
  holiday: "today is a public holiday in {timeZone} ({zoneWhy})",
  no_window_in_a_year: "no sending window opens within a year",
  condition_never_replied: "the lead has replied",
  condition_no_reply_to_prev: "the lead has replied since the step before",
  quota_reached: "the month's {quota} {kind} of the plan are used up",
  person_limit_reached: "this person was sent {counted} messages in {days} days, and may be sent {messages}",
  company_limit_reached: "{domain} was sent {counted} messages in {days} days, and may be sent {messages}",
  mailbox_cap_reached: "the mailbox's {cap} messages of {day} are sent or taken",
  mailbox_span_full: "as much as is allowed in some days in a row is sent or taken, and {day} is among them",
  mailbox_ramp: "the mailbox is still being warmed up, and its {cap} messages of {day} are sent or taken",
  mailbox_gap: "the mailbox keeps {minGapSeconds} seconds between two messages",
  mailbox_spread: "the mailbox spreads its messages over the day",
  mailbox_catch_up: "the mailbox sends what was late one after the other",
  mailbox_full_for_a_year: "the mailbox is full for a year",
  endpoint_down: "the endpoint is failing and gets a rest",
  endpoint_busy: "as many requests as may be are under way to the endpoint",
  daily_cap_reached: "the cadence's {dailySendCap} messages of {day} are sent or taken",
  new_tenant_cap_reached: "a new tenant sends {newTenantCap} messages on {day}, and they are sent or taken",
};
