import type { InboundAuth } from "../../../../core/contract/inbound.ts";
import { plain } from "./mail-words.ts";

/** A sign by which a mail was told, in words; one that is new here stands as the engine names it. */
export function saySign(sign: string): string {
  return SIGNS[sign] ?? plain(sign);
}

const SIGNS: Readonly<Record<string, string>> = {
  null_sender: "It has no sender on the envelope, as mail servers' reports have.",
  daemon_sender: "Its sender is a mail server's own address.",
  postmaster_sender: "Its sender is a postmaster.",
  no_reply_sender: "Its sender takes no answers.",
  delivery_status: "It holds a delivery report (RFC 3464).",
  report_fields: "Its text has the fields of a delivery report.",
  returned_message: "It has our message in it.",
  failure_subject: "Its subject speaks of a failed delivery.",
  failure_text: "Its text speaks of a failed delivery.",
  failed_recipients_header: "A header names the addresses that failed.",
  smtp_reply: "It quotes a mail server's answer.",
  auto_submitted: "A header says that a program sent it (Auto-Submitted).",
  auto_submitted_replied: "A header says that a program answered (Auto-Submitted: auto-replied).",
  auto_submitted_generated: "A header says that a program wrote it (Auto-Submitted: auto-generated).",
  precedence_bulk: "A header says that it is bulk mail.",
  precedence_auto_reply: "A header says that it is an automatic reply.",
  auto_reply_subject: "Its subject is that of an automatic reply.",
  re_auto_reply_subject: "Its subject may be that of an automatic reply.",
  out_of_office_subject: "Its subject says that somebody is away.",
  absence_text: "Its text says that somebody is away.",
  acknowledgement_subject: "Its subject says that a mail arrived.",
  acknowledgement_text: "Its text says that a mail arrived.",
  says_automatic: "It says itself that it is automatic.",
  vacation_mailer: "A program for absences sent it.",
  apple_vacation: "Apple Mail's absence rule sent it.",
  exchange_rules_agent: "A rule of Exchange sent it.",
  exchange_rules_loop: "A header of Exchange's rules is in it.",
  help_desk: "A help desk's program sent it.",
  engagement: "It answers something of ours, as a person would.",
  asks_to_stop: "It asks for no more mail.",
  wish_subject: "Its subject asks for no more mail.",
  bare_wish: "It is a few words that ask for no more mail.",
  list_command: "It is a command such as “unsubscribe”.",
  wish_quoted: "The wish may stand in what they quote.",
  wish_limited: "The wish has a condition.",
  asks_question: "It asks a question.",
  offers_business: "It speaks of doing business.",
  feedback_report: "It is a mail provider's report of a complaint (ARF).",
  feedback_fields: "It has the fields of a complaint's report.",
  feedback_loop_sender: "A provider's complaint desk sent it.",
  calendar_message: "It holds a calendar's answer.",
  disposition_notification: "It holds a read receipt (RFC 8098).",
  receipt_subject: "Its subject is that of a read receipt.",
  receipt_text: "Its text is that of a read receipt.",
  challenge_subject: "Its subject asks for a proof.",
  challenge_header: "A header names a filter that asks for a proof.",
  challenge_vendor: "A filter that asks for a proof sent it.",
  own_message_id: "Its id is one of ours.",
  own_address: "Its sender is our own mailbox.",
  engine_header: "It carries our own header.",
  own_words: "It has words of its own beside what it quotes.",
  no_text: "It has no text.",
  a_copy_came_back: "The address that failed is only one of our copies.",
};

/** What the reply address proves. */
export function sayToken({ tokenValid }: Pick<InboundAuth, "tokenValid">): string {
  return tokenValid
    ? "Sent to the reply address that only this lead was given."
    : "Not sent to a reply address of ours, or to one that isn't valid.";
}

/** What the mail's DKIM signatures prove. */
export function sayDkim({ dkim, aligned, domain, reason }: InboundAuth): string {
  const why = reason === null ? "" : ` (${plain(reason).toLowerCase()})`;
  switch (dkim) {
    case "pass":
      return aligned === true
        ? `Signed by ${domain ?? "its domain"}, which is the sender's domain.`
        : `Signed by ${domain ?? "a domain"}, which is not the sender's domain: that doesn't prove who wrote it.`;
    case "none":
      return "Not signed.";
    case "not_checked":
      return reason === "too_large"
        ? "Not checked: the mail is too large."
        : "Not checked: this installation doesn't check signatures.";
    case "fail":
      return `The signature is wrong${why}: the mail isn't what was signed.`;
    case "temperror":
      return `The signature couldn't be checked: its key couldn't be fetched${why}.`;
    case "policy":
      return `The signature may be right, but proves too little${why}.`;
    case "neutral":
    case "permerror":
      return `The signature can't be checked${why}.`;
  }
}
