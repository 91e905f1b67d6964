import type { EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import type { Tone } from "./badge.tsx";

/** What an enrollment is, as its badge says it. */
export const STATES = {
  active: "Active",
  paused: "Paused",
  held: "Held",
  completed: "Completed",
  exited: "Ended",
  unenrolled: "Unenrolled",
} as const satisfies Record<EnrollmentSummary["state"], string>;

/** The colours of these. */
export const STATE_TONES = {
  active: "good",
  paused: "plain",
  held: "warn",
  completed: "info",
  exited: "plain",
  unenrolled: "plain",
} as const satisfies Record<EnrollmentSummary["state"], Tone>;

/** Why an enrollment ended before its last step; what was unenrolled has a person's own word instead. */
export const EXIT_REASONS = {
  replied: "They replied",
  bounced: "Mail to them bounced",
  unsubscribed: "They unsubscribed",
  complained: "They complained",
  left_company: "They left the company",
  suppressed: "On the suppression list",
  replied_elsewhere: "They replied elsewhere",
  not_accepted: "LinkedIn invitation not accepted",
  unreachable: "Not reachable on LinkedIn",
  stopped_by_customer: "Stopped by the endpoint",
  draft_failed: "No draft came",
} as const;

/** Why something waits for a person: a few words, and what it means. */
export const HELD_REASONS: Readonly<Record<string, { readonly short: string; readonly why: string } | undefined>> = {
  review_requested: {
    short: "To be looked at",
    why: "The endpoint wrote this and asked for a person to look at it before it goes out.",
  },
  draft_failed: {
    short: "No draft came",
    why: "The endpoint was asked and gave no usable draft. Ask it again, or write the message yourself.",
  },
  subject_missing: {
    short: "No subject",
    why: "This message opens the conversation and has no subject. Give it one.",
  },
  placeholder_left: {
    short: "A value is missing",
    why: "The text has a place for a value that the lead doesn't have. Give the lead the value, or edit the text.",
  },
  endpoint_disabled: {
    short: "Endpoint switched off",
    why: "The endpoint that writes the draft is switched off. Once it is on again this goes on by itself; or write the message yourself.",
  },
  endpoint_missing: {
    short: "No endpoint",
    why: "The cadence names no endpoint that could write the draft. Give it one, then ask again.",
  },
  mailbox_missing: {
    short: "No mailbox",
    why: "There is no mailbox that could send this. Give the cadence one.",
  },
  address_missing: {
    short: "No e-mail address",
    why: "The lead has no e-mail address. Once they have one this goes on by itself.",
  },
  account_missing: {
    short: "No LinkedIn account",
    why: "There is no LinkedIn account that could do this. Give the cadence one, or make one the default.",
  },
  profile_missing: {
    short: "No LinkedIn profile",
    why: "The lead has no LinkedIn profile. Once they have one this goes on by itself.",
  },
  too_long: {
    short: "Too long for LinkedIn",
    why: "The text is longer than LinkedIn takes: 300 characters with an invitation (200 for a free account), 8,000 in a message. Shorten it.",
  },
  unsafe_message: {
    short: "Not safe to send",
    why: "The message holds something that must not stand in a mail. Edit it.",
  },
  send_refused: {
    short: "Refused by the mail provider",
    why: "The mail provider refused this message for good. See what it said, mend that, and release it again.",
  },
  send_failing: {
    short: "Sending keeps failing",
    why: "The mail provider was tried several times and could not take this. Nothing was sent. Release it to try again.",
  },
  ambiguous: {
    short: "May have arrived",
    why: "The message was handed over and the answer got lost, so it may have arrived. Say what became of it, so that nobody gets it twice.",
  },
};

/** A code of the engine as words, where there are none of our own: `left_company` is "left company". */
export function inWords(code: string): string {
  return code.replaceAll("_", " ");
}

/** The engine's sentence with a capital and a full stop, as one stands by itself on a screen. */
export function asSentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

/** What is to be said beside the state: why it is held, or why it ended. */
export function stateReason(row: Pick<EnrollmentSummary, "state" | "exitReason" | "heldReason">): string | null {
  const ended = row.exitReason === null ? null : exitWords(row.exitReason);
  const held = row.heldReason === null ? null : (HELD_REASONS[row.heldReason]?.short ?? inWords(row.heldReason));
  if (row.state === "held" || ended === null) return held;
  return held === null ? ended : `${ended}; an answer is held`;
}

/** Why it ended, in words; the reason of what was unenrolled is a person's own. */
export function exitWords(reason: string): string {
  const known: Readonly<Record<string, string | undefined>> = EXIT_REASONS;
  return known[reason] ?? inWords(reason);
}

/** What the engine does next with the step in hand, for a list. */
export function nextWords(row: Pick<EnrollmentSummary, "state" | "phase" | "currentStep">): string {
  if (row.state === "paused") return "Paused: nothing begins";
  const step = `step ${row.currentStep + 1}`;
  switch (row.phase) {
    case "waiting":
      return `Begins ${step}`;
    case "drafting":
      return `Asking for ${step}`;
    case "resting":
      return `Asks again for ${step}`;
    case "expecting":
      return `Awaits the answer for ${step}`;
    case "ready":
      return `Sends ${step}`;
    case "sending":
      return `Sending ${step}`;
    case "held":
      return "Waits for a person";
    case "tasked":
      return `A person does ${step}`;
    case "finished":
      return "Nothing more";
  }
}

/** What a mail that came in was taken for. */
export const MAIL_KINDS: Readonly<Record<string, { readonly name: string; readonly tone: Tone } | undefined>> = {
  human: { name: "A person's reply", tone: "good" },
  unsubscribe: { name: "Wants no more mail", tone: "warn" },
  auto_reply: { name: "Automatic answer", tone: "plain" },
  bounce: { name: "Bounce", tone: "bad" },
  bounce_delayed: { name: "Delayed, not lost", tone: "warn" },
  dsn_success: { name: "Delivery confirmed", tone: "plain" },
  complaint: { name: "Complaint", tone: "bad" },
  calendar_reply: { name: "Calendar answer", tone: "info" },
  challenge_response: { name: "Asks to confirm the sender", tone: "plain" },
  read_receipt: { name: "Read receipt", tone: "plain" },
  other: { name: "Other mail", tone: "plain" },
};
