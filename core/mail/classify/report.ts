import type { InboundMail } from "../inbound.ts";
import { isDelayed, saysDelivered, speaksOfFailure } from "./bounce-phrases.ts";
import { type ReportedRecipient, reportedRecipients } from "./delivery-report.ts";
import { isFailureSubject } from "./failure-subject.ts";
import { hasMailClient } from "./mail-client.ts";
import { senderSign } from "./report-sender.ts";
import { explanationOf, hasReturnedMessage } from "./returned-message.ts";

/** What became of the message that a report is about. */
export type DeliveryOutcome = "failed" | "delayed" | "delivered";

/** What was read in a mail once, to tell whether it is a server's report on another mail, and what it says. */
export interface Report {
  readonly mail: InboundMail;
  /** The text above the returned message. */
  readonly explanation: string;
  readonly reported: readonly ReportedRecipient[];
  /**
   * The independent signs that it is such a report: `daemon_sender`, `postmaster_sender` or `null_sender`,
   * `failure_subject`, `failure_text`, `smtp_reply`, `report_fields`, `returned_message`, `failed_recipients_header`,
   * `auto_submitted`. None is enough.
   */
  readonly signs: readonly string[];
}

/** Reads what a report would say; of every mail, since what it is shows only then. */
export function readReport(mail: InboundMail): Report {
  const explanation = explanationOf(mail.text);
  const reported = reportedRecipients(mail, explanation);
  return { mail, explanation, reported, signs: bounceSigns(mail, explanation, reported.length > 0) };
}

function bounceSigns(mail: InboundMail, explanation: string, fields: boolean): string[] {
  const sender = senderSign(mail);
  const subject = isFailureSubject(mail.subject);
  const isAutomatic = /^auto-/i.test(mail.headers["auto-submitted"]?.[0] ?? "");
  return [
    ...(sender === null ? [] : [sender]),
    ...(subject ? ["failure_subject"] : []),
    ...(speaksOfFailure(`${explanation}\n${mail.attachedText ?? ""}`) ? ["failure_text"] : []),
    ...(/^[ \t>*]{0,12}(?:<<< )?[45]\d\d[ -]{1,3}\S/m.test(explanation) ? ["smtp_reply"] : []),
    ...(fields ? ["report_fields"] : []),
    ...(hasReturnedMessage(mail) ? ["returned_message"] : []),
    ...(mail.headers["x-failed-recipients"] === undefined ? [] : ["failed_recipients_header"]),
    // That it is automatic says something only next to a sign of failure: every out-of-office says it as well.
    ...(isAutomatic && subject ? ["auto_submitted"] : []),
  ];
}

/**
 * Whether these signs make a report of a server. A person who writes about a bounce has its subject, its text and its
 * copy, but neither its sender nor its headers.
 */
export function isReport({ mail, signs }: Report): boolean {
  const has = (sign: string): boolean => signs.includes(sign);
  if (has("failed_recipients_header")) return signs.length > 1;
  const told = ["failure_subject", "failure_text", "smtp_reply", "report_fields"].filter(has).length;
  const isTold = told > 1 || (told > 0 && has("returned_message"));
  // No person writes as a mail daemon; with our mail under it, it is a report in whatever language.
  if (has("daemon_sender")) return told > 0 || has("returned_message");
  // A server's answer may stand in a thread ("Re:" before our subject), but then it says what the other server said.
  const isSpecific = has("smtp_reply") || has("report_fields") || has("returned_message");
  if (has("postmaster_sender")) return isTold && !hasMailClient(mail) && (mail.inReplyTo.length === 0 || isSpecific);
  if (has("report_fields") && has("failure_subject")) return true;
  // Out-of-office mails have no sender either, and may quote anything.
  if (has("null_sender")) return isTold;
  const isByPerson = mail.inReplyTo.length > 0 || /^(?:re|fwd?|aw|wg|tr|rv|r|i|sv|vs)\s*:/i.test(mail.subject);
  if (isByPerson || hasMailClient(mail) || mail.headers["thread-index"] !== undefined) return false;
  return has("failure_subject") && has("failure_text") && (has("returned_message") || has("auto_submitted"));
}

/** What a report says of its recipients, the worst of them; without fields, what its text says. */
export function deliveryOutcome({ mail, explanation, reported }: Report): DeliveryOutcome {
  const actions = new Set(reported.map(({ action }) => action));
  const start = `${mail.subject}\n${explanation.slice(0, 4_096)}`;
  if (actions.has("failed") || actions.has("failure") || actions.has("fail")) return "failed";
  if (actions.has("delayed") || actions.has("delay")) return "delayed";
  if (DELIVERED.some((action) => actions.has(action))) return "delivered";
  const codes = reported.flatMap(({ status }) => (status === null ? [] : [status[0]]));
  if (codes.includes("5")) return "failed";
  if (codes.length > 0 && codes.every((code) => code === "2")) return "delivered";
  if (isDelayed(start)) return "delayed";
  return saysDelivered(start) ? "delivered" : "failed";
}

const DELIVERED = ["delivered", "relayed", "expanded", "deliverable"];
