const NOTES: Readonly<Record<string, string>> = {
  enrolled: "Enrolled",
  enrolled_anew: "Enrolled anew",
  paused: "Paused",
  resumed: "Resumed",
  unenroll_requested: "Unenrolled",
  completed: "The cadence is completed",
  exited: "The enrollment ended",
  reopened: "Reopened after the reply",
  lead_edited: "The lead was edited",
  held: "Held for a person",
  released: "Released by a person",
  edited: "Edited by a person",
  skipped_by_person: "Skipped by a person",
  retried: "Asked again by a person",
  settled_arrived: "Settled: it had arrived",
  settled_send_again: "Settled: to be sent again",
  deferred: "The endpoint asked to be asked later",
  completion_received: "An answer came to the completion URL",
  draft_attempt_failed: "An attempt at the draft failed before anything was sent",
  event_attempt_failed: "An attempt at telling failed before anything was sent",
  event_given_up: "Telling was given up",
  endpoint_restored: "The endpoint is back",
  facts_unreadable: "Settings could not be read; tried again",
  send_result_late: "The provider answered late",
  looked_up: "The provider was asked about a doubtful send",
  stopped_while_sending: "Stopped while a message was leaving",
  contact_refused: "The person wants no contact",
  soft_bounce: "A temporary bounce",
  former_address_bounced: "An address of before bounced",
  mail_noted: "A mail came in and was noted",
  inbound_cap_reached: "More mail came in than is kept",
  away_until: "The person is away",
  reply_deferred: "The answer to the reply comes later",
  reply_answer_held: "The answer to the reply is held for a person",
  reply_answer_dropped: "The answer to the reply was dropped",
  reply_answer_never_came: "The promised answer to the reply never came",
  answer_overtaken: "A newer reply overtook the answer",
};

/** A note's code in words. */
export function sayNote(code: string): string {
  const known = NOTES[code];
  if (known !== undefined) return known;
  const words = code.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
