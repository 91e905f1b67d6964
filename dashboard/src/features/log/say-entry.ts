import type { LogEntry } from "../../../../core/contract/log.ts";
import type { Tone } from "../../ui/badge.tsx";
import { sayNote } from "./say-note.ts";

type Said = Pick<LogEntry, "kind" | "what" | "outcome" | "decision" | "status" | "attempt" | "redeliveryOf" | "detail">;

/** What happened, in a few words: the line's title. */
export function sayEntry(entry: Said): string {
  if (entry.kind === "note") return sayNote(entry.what);
  if (entry.kind === "message") return entry.what === "in" ? "A message came in" : "A message was sent";
  const asked = entry.what === DRAFT_REQUESTED ? "a draft" : null;
  const begins = asked === null ? `Told: ${sayEvent(entry.what)}` : "Asked for a draft";
  return entry.redeliveryOf === null ? begins : `Sent again by hand: ${asked ?? sayEvent(entry.what)}`;
}

/** An event's type in words: `cadence.lead.replied` is "lead replied". */
export function sayEvent(type: string): string {
  return type.replace(/^cadence\./, "").replaceAll(/[._]/g, " ");
}

const DRAFT_REQUESTED = "cadence.step.draft.requested";

const DECISIONS: Readonly<Record<string, string>> = {
  body: "The words in the answer were taken.",
  skip: "The endpoint said to skip the step. The cadence goes on with the next one.",
  stop: "The endpoint said to stop. The enrollment ended.",
  pause: "The endpoint said to pause. The enrollment waits until it is resumed.",
  continue: "The endpoint said to go on. The cadence went on.",
  defer: "The endpoint asked to be asked again later.",
  received: "It was received. Nothing was to be decided.",
  "wait for the completion": "The endpoint took it and will answer at the completion URL.",
  "try again": "It is tried again by the schedule.",
  "given up": "It was the last try. The event is given up.",
  "given up: hold": "It was the last try. The step is held for a person.",
  "given up: skip": "It was the last try. The step was skipped, as the cadence says.",
  "given up: stop": "It was the last try. The enrollment ended, as the cadence says.",
  "given up: fallback": "It was the last try. The step's own text was used instead.",
  "hold: endpoint disabled": "The endpoint answered 410 Gone. It was switched off and the step is held.",
  "too late, not used": "It came too late: another answer, or the end, was there before it. It was not used.",
  "redelivery, not used": "It was sent again by hand. Whatever came back changes nothing.",
};

/** What was decided from an exchange, as sentences. */
export function sayDecision(decision: string | null): string {
  return decision === null ? "Nothing was decided from it." : (DECISIONS[decision] ?? `${decision}.`);
}

/** An outcome as a badge says it: its words and its colour. The status is told apart. */
export function sayOutcome({ outcome, status }: Pick<LogEntry, "outcome" | "status">): {
  readonly words: string;
  readonly tone: Tone;
} {
  if (outcome === null) return { words: "no exchange", tone: "plain" };
  const known = OUTCOMES[outcome];
  if (known !== undefined) return known;
  if (outcome.startsWith("http_")) return sayStatus(status ?? 500);
  return { words: outcome.replaceAll("_", " "), tone: "bad" };
}

function sayStatus(status: number): { readonly words: string; readonly tone: Tone } {
  if (status >= 500) return { words: "failed", tone: "bad" };
  if (status === 429) return { words: "too many requests", tone: "warn" };
  return { words: status >= 400 ? "refused" : "redirect, not followed", tone: "warn" };
}

const OUTCOMES: Readonly<Record<string, { readonly words: string; readonly tone: Tone }>> = {
  answered: { words: "answered", tone: "good" },
  accepted: { words: "will answer later", tone: "info" },
  draft_invalid: { words: "breaks the contract", tone: "bad" },
  answer_invalid: { words: "answer not understood", tone: "warn" },
  timeout: { words: "no answer in time", tone: "bad" },
  network: { words: "not reached", tone: "bad" },
  lost: { words: "lost on our side", tone: "warn" },
  too_large: { words: "too large", tone: "bad" },
  refused_url: { words: "URL refused", tone: "bad" },
  endpoint_off: { words: "endpoint is off", tone: "warn" },
};

/** Milliseconds as a person reads them. */
export function sayMs(ms: number | null): string {
  if (ms === null) return "none";
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
}

/** Bytes as a person reads them. */
export function sayBytes(bytes: number | null): string {
  if (bytes === null) return "none";
  return bytes < 1_024 ? `${bytes} ${bytes === 1 ? "byte" : "bytes"}` : `${(bytes / 1_024).toFixed(1)} KiB`;
}
