import type { DecisionGate } from "../../../../core/contract/decision.ts";
import type { Tone } from "../../ui/badge.tsx";
import { inWords } from "../../ui/enrollment-words.ts";

/** What each gate asks, in the order in which they stand; one that is new here is called by its own name. */
const GATES: Readonly<Record<string, { readonly name: string; readonly asks: string } | undefined>> = {
  person: { name: "Pause", asks: "Has a person paused it?" },
  delay: { name: "Delay", asks: "Is the step's own time over?" },
  switches: { name: "Switches", asks: "Are workspace, cadence and mailbox on?" },
  suppression: { name: "Suppression", asks: "May this address be written to?" },
  endpoint: { name: "Endpoint", asks: "Is there an endpoint that is on?" },
  mailbox: { name: "Mailbox and address", asks: "Is there a mailbox, and an address to write to?" },
  condition: { name: "Condition", asks: "Does the step's condition hold?" },
  absence: { name: "Absence", asks: "Is the lead there?" },
  window: { name: "Sending window", asks: "Is now a time to send, by the clock that counts?" },
  quota: { name: "Quota", asks: "Is something of the plan's month left?" },
  contact: { name: "Frequency", asks: "Was this person, or company, written to too often?" },
  mailbox_pace: { name: "Mailbox pace", asks: "Does the mailbox have a place now?" },
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

/** Why, where it doesn't pass. */
export function gateWhy({ reason, detail }: DecisionGate): string | null {
  return detail ?? (reason === null ? null : capital(`${inWords(reason)}.`));
}

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

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
