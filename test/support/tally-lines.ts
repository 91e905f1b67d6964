import type { JournalEntry } from "../../core/journal.ts";
import type { Classification } from "../../core/mail/inbound.ts";
import { messageLine, noteLine } from "./log-lines.ts";

/** A message of a step that went out. */
export function sentLine(id: string, step: number, at: number): JournalEntry {
  return moved(messageLine("out", "Hello", id), step, at);
}

/** A mail that came in while `step` was in hand. */
export function receivedLine(
  id: string,
  step: number,
  at: number,
  kind: Classification["kind"] = "human",
): JournalEntry {
  const line = moved(messageLine("in", "Hi", id), step, at);
  if (line.kind !== "message") return line;
  const classification = { kind, subtype: null, confidence: 1, evidence: [] };
  return { ...line, message: { ...line.message, classification } };
}

/** A note with what it says. */
export function saidLine(
  code: string,
  detail: Readonly<Record<string, unknown>>,
  step: number,
  at: number,
  subjectId: string | null = null,
): JournalEntry {
  const line = noteLine(code);
  return line.kind === "note" ? { ...line, step, at, subjectId, detail } : line;
}

function moved(line: JournalEntry, step: number, at: number): JournalEntry {
  return line.kind === "message" ? { ...line, step, at, message: { ...line.message, step, at } } : line;
}
