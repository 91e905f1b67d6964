import type { DecisionGate } from "../../../../core/contract/decision.ts";
import type { Tone } from "../../ui/badge.tsx";
import { asSentence, inWords } from "../../ui/enrollment-words.ts";

/** What each gate asks, in the order in which they stand; one that is new here is called by its own name. */
const GATES: Readonly<Record<string, { readonly name: string; readonly asks: string } | undefined>> = {
  person: { name: "Pause", asks: "Has a person paused it?" },
  delay: { name: "Delay", asks: "Is the step's own time over?" },
  switches: { name: "Switches", asks: "Are workspace, cadence, mailbox and LinkedIn account on?" },
  suppression: { name: "Suppression", asks: "May this address be written to?" },
  endpoint: { name: "Endpoint", asks: "Is there an endpoint that is on?" },
  mailbox: { name: "Mailbox and address", asks: "Is there a mailbox, and an address to write to?" },
  account: { name: "LinkedIn account", asks: "Is there an account that may act now, and a profile to reach?" },
  condition: { name: "Condition", asks: "Does the step's condition hold?" },
  absence: { name: "Absence", asks: "Is the lead there?" },
  window: { name: "Sending window", asks: "Is now a time to send, by the clock that counts?" },
  quota: { name: "Quota", asks: "Is something of the plan's month left?" },
  contact: { name: "Frequency", asks: "Was this person, or company, written to too often?" },
  mailbox_pace: { name: "Pace", asks: "Does the mailbox, or the LinkedIn account, have a place now?" },
  endpoint_health: { name: "Endpoint health", asks: "Is the endpoint well, with a place for one more?" },
  daily_cap: { name: "Daily cap", asks: "Is something of the day's cap left?" },
};

/** What a gate is called. */
export function gateName(gate: string): string {
  return GATES[gate]?.name ?? inWords(gate);
}

/** What it asks; null for one that is new here. */
export function gateAsks(gate: string): string | null {
  return GATES[gate]?.asks ?? null;
}

/** Its word, as a badge. */
export const VERDICTS = {
  pass: { name: "Passes", tone: "good" },
  wait: { name: "Waits", tone: "warn" },
  hold: { name: "Holds", tone: "warn" },
  skip: { name: "Passes over", tone: "plain" },
  stop: { name: "Ends it", tone: "bad" },
} as const satisfies Record<DecisionGate["verdict"], { name: string; tone: Tone }>;

/** Why, where it doesn't pass: in the engine's sentence, else in ours, else by its code. */
export function gateWhy({ gate, reason, detail, read }: DecisionGate): string | null {
  if (gate === "person") return reason === null ? null : "A person or a key has paused it.";
  if (detail !== null) return asSentence(detail);
  if (reason === null) return null;
  const words = REASONS[reason];
  if (words === undefined) return asSentence(inWords(reason));
  return words.replace(/\{(\w+)\}/g, (_all, name: string) => String(read[name] ?? "its"));
}

/** `{name}` stands for what the gate has read under that name. */
const REASONS: Readonly<Record<string, string | undefined>> = {
  not_due: "Its delay is not over yet.",
  tenant_paused: "The workspace is switched off.",
  cadence_paused: "The cadence is switched off.",
  mailbox_paused: "The mailbox is switched off.",
  domain_not_verified: "The domain {unverifiedDomain} is not verified.",
  out_of_office: "The lead is away until then.",
  outside_business_hours: "It is outside business hours in {timeZone}: {zoneWhy}.",
  outside_sending_windows: "It is outside the sending windows in {timeZone}: {zoneWhy}.",
  blackout_date: "Today is a blackout date in {timeZone}: {zoneWhy}.",
  holiday: "Today is a public holiday in {timeZone}: {zoneWhy}.",
  no_window_in_a_year: "No sending window opens within a year.",
  account_paused: "The LinkedIn account is switched off.",
  account_troubled: "The LinkedIn account can't act now.",
  already_connected: "The two are connected on LinkedIn already.",
  already_invited: "An invitation is open already.",
  linkedin_unreachable: "LinkedIn brings nothing to this person.",
  linkedin_limit_reached: "LinkedIn has said that it is enough for now.",
  linkedin_too_early: "LinkedIn says that it is too early.",
  outside_account_hours: "It is outside the LinkedIn account's working hours in {timeZone}.",
  profile_views_reached: "The LinkedIn account has looked at as many profiles today as it may.",
  profile_not_read: "The LinkedIn profile couldn't be read.",
  not_accepted_yet: "The LinkedIn invitation is not accepted yet.",
  not_accepted: "The LinkedIn invitation was not accepted in time.",
  not_invited: "No LinkedIn invitation is open that could be accepted.",
  account_cap_reached: "The LinkedIn account's {cap} of {day} are done or taken.",
  account_span_full: "The LinkedIn account has done as many of these as it may in its last days.",
  account_ramp: "The LinkedIn account is still being warmed up, and its {cap} of {day} are done or taken.",
  account_gap: "The LinkedIn account keeps {minGapSeconds} seconds between two of these.",
  account_spread: "The LinkedIn account spreads these over the day.",
  account_catch_up: "The LinkedIn account does what was late one after the other.",
  account_full_for_a_year: "The LinkedIn account is full for a year.",
  condition_never_replied: "The lead has replied.",
  condition_no_reply_to_prev: "The lead has replied since the step before.",
  quota_reached: "The month's {quota} {kind} of the plan are used up.",
  person_limit_reached: "This person was sent {counted} messages in {days} days, and may be sent {messages}.",
  company_limit_reached: "{domain} was sent {counted} messages in {days} days, and may be sent {messages}.",
  mailbox_cap_reached: "The mailbox's {cap} messages of {day} are sent or taken.",
  mailbox_span_full: "As much as is allowed in some days in a row is sent or taken; {day} is among them.",
  mailbox_ramp: "The mailbox is still being warmed up, and its {cap} messages of {day} are sent or taken.",
  mailbox_gap: "The mailbox keeps {minGapSeconds} seconds between two messages.",
  mailbox_spread: "The mailbox spreads its {cap} messages over the day.",
  mailbox_catch_up: "The mailbox sends what was late one after the other.",
  mailbox_full_for_a_year: "The mailbox is full for a year.",
  endpoint_down: "The endpoint is failing and gets a rest.",
  endpoint_busy: "As many requests as may be are under way to the endpoint.",
  daily_cap_reached: "The cadence's {dailySendCap} messages of {day} are sent or taken.",
  new_tenant_cap_reached: "A new workspace sends {newTenantCap} messages on {day}, and they are sent or taken.",
};

/** One fact that a gate read. */
export interface Fact {
  readonly name: string;
  readonly value: string;
  /** It is a time, to be shown by the chosen clock: RFC 3339. */
  readonly at: string | null;
}

/** The facts as words and values; objects are laid flat. */
export function factsOf(read: Readonly<Record<string, unknown>>, under = ""): readonly Fact[] {
  return Object.entries(read).flatMap(([key, value]): readonly Fact[] => {
    const name = under === "" ? spaced(key) : `${under}, ${spaced(key)}`;
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return factsOf({ ...value }, name);
    if (typeof value === "number" && value > 1e12 && value < 1e13)
      return [{ name, value: "", at: new Date(value).toISOString() }];
    if (typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(value)) return [{ name, value, at: value }];
    return [{ name, value: sayValue(value), at: null }];
  });
}

function sayValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (value === true) return "yes";
  if (value === false) return "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : JSON.stringify(value);
  return String(value);
}

/** `dailySendCap` is "daily send cap". */
function spaced(key: string): string {
  return key.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
}
