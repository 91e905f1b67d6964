import type { InboundMail } from "../inbound.ts";
import { isDelayed, saysDelivered, speaksOfFailure } from "./bounce-phrases.ts";
import { type ReportedRecipient, reportedRecipients } from "./delivery-report.ts";
import { isFailureSubject } from "./failure-subject.ts";
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
  // No person writes as a mail daemon; with our mail under it, it is a report in whatever language.
  if (has("daemon_sender")) return told > 0 || has("returned_message");
  const isByPerson = mail.inReplyTo.length > 0 || /^(?:re|fwd?|aw|wg|tr|rv|r|i|sv|vs)\s*:/i.test(mail.subject);
  // A postmaster's own mail program says what he answers; his server may put "Re:" before our subject and doesn't.
  if (has("postmaster_sender")) return told > 1 || (told > 0 && mail.inReplyTo.length === 0);
  if (has("report_fields") && has("failure_subject")) return true;
  // Out-of-office mails have no sender either, and may quote anything.
  if (has("null_sender")) return told > 1 || (told > 0 && has("returned_message"));
  if (isByPerson || hasClient(mail)) return false;
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

/** The mailboxes from which servers speak. `postmaster` is a person at times, therefore it needs more beside it. */
const DAEMON_LOCAL_PART =
  /^(?:mailer?[-_.]?d[ae]*mon|mail[-_.]?daemon|mdaemon|mail\.?delivery[a-z.]*|mailsystem|mail[-_.]?system|mail-?admin-?daemon|maildelivery[a-z]*|delivery[-_.]?(?:subsystem|system|daemon|status|notification)?|undeliverable|smtp[-_.]?(?:daemon|gateway|server)?|listserv-bounce|autoresponder-bounce|bounces?)(?:[+=-].*)?$/i;
const DAEMON_NAME =
  /mailer[- ]?d[ae]*mon|mail (?:delivery|deliver)\b|delivery (?:sub)?system|delivery service|system administrator|message (?:delivery|transfer)|microsoft outlook|mail (?:server|system)|internet mail (?:delivery|service)|postmaster daemon|system-?administrator|mail router|smtp (?:server|agent|gateway)/i;
const POSTMASTER =
  /^(?:post[-_.]?master|mail[-_.]?(?:admin|administrator|master|server|router|agent)|system|sysadmin|daemon|root|mail|mta|mx|no-?reply|do-?not-?reply|notifications?)(?:[+=-].*)?$/i;

function senderSign(mail: InboundMail): string | null {
  const fromHeader = (mail.headers["from"]?.[0] ?? "").slice(0, 300);
  const fromLocal = mail.from?.email.split("@")[0] ?? /^[^\s<>@]+/.exec(fromHeader.replace(/^.*</, ""))?.[0] ?? "";
  const envelopeLocal = mail.envelopeFrom.split("@")[0] ?? "";
  const returnPath = mail.headers["return-path"]?.[0]?.trim();
  const isDaemon =
    DAEMON_LOCAL_PART.test(fromLocal) ||
    DAEMON_NAME.test(fromHeader) ||
    /^mailer-daemon$/i.test(envelopeLocal) ||
    // The list server fml names itself in what it writes of its own accord.
    /\.FML/.test(mail.messageId ?? "") ||
    /^<?mailer-daemon(?:@|>|$)/i.test(returnPath ?? "");
  if (isDaemon) return "daemon_sender";
  if (POSTMASTER.test(fromLocal) || /postmaster/i.test(fromHeader)) return "postmaster_sender";
  return returnPath === "<>" || (mail.envelopeFrom === "" && mail.envelopeTo !== "") ? "null_sender" : null;
}

/** What people write with. */
function hasClient(mail: InboundMail): boolean {
  return mail.headers["user-agent"] !== undefined || mail.headers["thread-index"] !== undefined;
}
