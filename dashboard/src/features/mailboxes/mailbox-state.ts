import type { Mailbox } from "../../../../core/contract/mailbox.ts";
import type { Tone } from "../../ui/badge.tsx";

/** Whether a mailbox sends, in a word. */
export function mailboxState({ enabled, pausedReason }: Pick<Mailbox, "enabled" | "pausedReason">): {
  readonly word: string;
  readonly tone: Tone;
} {
  if (enabled) return { word: "Sends", tone: "good" };
  return pausedReason === null ? { word: "Paused", tone: "warn" } : { word: "Paused by itself", tone: "bad" };
}
