import type { LinkedinAccount } from "../../../../core/contract/linkedin-account.ts";
import type { Tone } from "../../ui/badge.tsx";

/** Who acts, as a person would say it. */
export const PROVIDERS = {
  unipile: { name: "Unipile", said: "Unipile acts for the account, by its API." },
  manual: { name: "A person", said: "A person acts: each step becomes a task with the words to copy." },
} as const satisfies Record<LinkedinAccount["provider"], { name: string; said: string }>;

/** Whether an account acts, in a word. */
export function accountState({ enabled, pausedReason, state }: LinkedinAccount): {
  readonly word: string;
  readonly tone: Tone;
} {
  if (enabled) return { word: "Acts", tone: "good" };
  if (pausedReason === null) return { word: "Off", tone: "warn" };
  return { word: state === "restricted" ? "Restricted" : "Disconnected", tone: "bad" };
}

/** What the provider last said of it. */
export const STATES = {
  ok: "all is well",
  disconnected: "it has lost the account",
  restricted: "LinkedIn has restricted the account",
  unknown: "nothing yet",
} as const satisfies Record<LinkedinAccount["state"], string>;
