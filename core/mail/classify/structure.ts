import type { Classification, InboundMail } from "../inbound.ts";
import { bounceFacts } from "./bounce-facts.ts";
import { classified } from "./classified.ts";
import { deliveryOutcome, type Report } from "./report.ts";

/**
 * What the MIME structure says, before any word is read: complaints (RFC 5965), delivery reports (RFC 3464), read
 * receipts (RFC 8098), answers to invitations (RFC 5546). Null where the structure says nothing.
 */
export function byStructure(report: Report): Classification | null {
  return complaint(report.mail) ?? deliveryReport(report) ?? readReceipt(report) ?? calendarReply(report.mail);
}

function reportType(mail: InboundMail): string | null {
  return /report-type=([a-z-]+)/.exec(mail.contentTypes[0] ?? "")?.[1] ?? null;
}

function complaint(mail: InboundMail): Classification | null {
  const start = mail.text.slice(0, 4_096);
  const signs = [
    ...(mail.contentTypes.includes("message/feedback-report") || reportType(mail) === "feedback-report"
      ? ["feedback_report"]
      : []),
    // The same fields without their MIME part.
    ...(/^[ \t]{0,4}feedback-type:[ \t]*\w/im.test(start) &&
    /^[ \t]{0,4}(?:version|user-agent|source-ip):/im.test(start)
      ? ["feedback_fields"]
      : []),
    // Outlook.com's programme (JMRP) forwards the mail and marks it in the returned header.
    ...(/^x-hmxmroriginalrecipient:/im.test(mail.returnedHeaders ?? "") && mail.returnedHeaders !== null
      ? ["jmrp_recipient"]
      : []),
    ...(isFeedbackLoop(mail) ? ["feedback_loop_sender"] : []),
  ];
  if (signs.length === 0) return null;
  const fields = `${mail.machineReport ?? ""}\n${start}`;
  const type = /^[ \t]{0,4}feedback-type:[ \t]*([a-z-]+)/im.exec(fields)?.[1]?.toLowerCase() ?? "abuse";
  return classified("complaint", type, 0.98, signs);
}

function isFeedbackLoop(mail: InboundMail): boolean {
  if (mail.returnedHeaders === null && mail.attachedText === null) return false;
  const sender = mail.from?.email ?? "";
  return (
    /^(?:scomp@|fbl[-@]|feedbackloop@|feedback-?loop|abuse-?report|complaints?@email-abuse)/i.test(sender) ||
    /^(?:complaint about message from|(?:e-?mail )?(?:abuse|feedback) report (?:for|from|regarding)|client tos notification)/i.test(
      mail.subject,
    )
  );
}

function deliveryReport(report: Report): Classification | null {
  const { mail, reported } = report;
  const root = mail.contentTypes[0] ?? "";
  const hasFields = mail.deliveryStatus !== null && reported.length > 0;
  const isReport =
    (root.startsWith("multipart/report") && (hasFields || reportType(mail) === "delivery-status")) ||
    root.startsWith("message/delivery-status");
  const signs = isReport ? [] : report.signs.filter((sign) => sign !== "report_fields" && sign !== "returned_message");
  // In any other container the status part may be what a person forwarded, so it needs a second sign.
  if (!isReport && (!hasFields || signs.length === 0)) return null;
  const evidence = ["delivery_status", ...signs];
  const outcome = deliveryOutcome(report);
  const kind = KINDS[outcome];
  const confidence = hasFields ? 0.98 : 0.85;
  return {
    ...classified(kind, "dsn", confidence, [...evidence, `action_${outcome}`]),
    bounce: bounceFacts(report, outcome),
  };
}

const KINDS = { failed: "bounce", delayed: "bounce_delayed", delivered: "dsn_success" } as const;

function readReceipt({ mail, signs }: Report): Classification | null {
  const isNotification =
    mail.contentTypes.includes("message/disposition-notification") || reportType(mail) === "disposition-notification";
  if (!isNotification) return null;
  // A notification that a mail was refused unread goes by the rules for bounces.
  if (signs.includes("daemon_sender")) return null;
  const disposition = /^disposition:[^;\n]{0,200};[ \t]*([a-z]+)/im.exec(mail.machineReport ?? "")?.[1]?.toLowerCase();
  return classified("read_receipt", disposition ?? null, 0.98, ["disposition_notification"]);
}

function calendarReply(mail: InboundMail): Classification | null {
  const method = mail.contentTypes.find((type) => type.includes("; method="))?.split("; method=")[1] ?? null;
  if (method === "reply" || method === "counter") {
    const answer = /partstat=([a-z-]+)/i.exec(mail.calendar ?? "")?.[1]?.toLowerCase() ?? null;
    return classified("calendar_reply", method === "counter" ? "counter" : answer, 0.95, [`itip_${method}`]);
  }
  // Exchange answers as a message of its own class, at times without any calendar part.
  const contentClass = `${mail.headers["content-class"]?.[0] ?? ""} ${mail.headers["x-ms-exchange-calendar-response"]?.[0] ?? ""}`;
  if (/calendarmessage/i.test(contentClass) && CALENDAR_ANSWER.test(mail.subject))
    return classified("calendar_reply", null, 0.85, ["calendar_message"]);
  return null;
}

const CALENDAR_ANSWER =
  /^(?:accepted|declined|tentative(?:ly accepted)?|zugesagt|abgelehnt|mit vorbehalt|accepté|refusé|provisoire|aceptad[oa]|rechazad[oa]|provisional|accettato|rifiutato|aceite|recusado|geaccepteerd|geweigerd|zaakceptowano|odrzucono|承諾|辞退|已接受|已谢绝)\s*[:：]/i;
