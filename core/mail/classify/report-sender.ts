import type { InboundMail } from "../inbound.ts";

/**
 * Who sends a mail, as far as it speaks for a server's report: `daemon_sender` for a name that nobody but a mail server
 * bears, `postmaster_sender` for one that people bear as well, `null_sender` for a mail without a way back; else null.
 */
export function senderSign(mail: InboundMail): "daemon_sender" | "postmaster_sender" | "null_sender" | null {
  const fromHeader = (mail.headers["from"]?.[0] ?? "").slice(0, 300);
  const fromLocal = mail.from?.email.split("@")[0] ?? /^[^\s<>@]+/.exec(fromHeader.replace(/^.*</, ""))?.[0] ?? "";
  const name = (mail.from?.name ?? "").slice(0, 300);
  const envelopeLocal = mail.envelopeFrom.split("@")[0] ?? "";
  const returnPath = mail.headers["return-path"]?.[0]?.trim();
  const isDaemon =
    DAEMON_LOCAL_PART.test(fromLocal) ||
    DAEMON_NAME.test(name) ||
    DAEMON_NAME.test(fromHeader) ||
    /^mailer-daemon$/i.test(envelopeLocal) ||
    // The list server fml names itself in what it writes of its own accord.
    /\.FML/.test(mail.messageId ?? "") ||
    /^<?mailer-daemon(?:@|>|$)/i.test(returnPath ?? "");
  if (isDaemon) return "daemon_sender";
  if (POSTMASTER.test(fromLocal) || SYSTEM_NAME.test(name) || SYSTEM_NAME.test(fromHeader)) return "postmaster_sender";
  return returnPath === "<>" || (mail.envelopeFrom === "" && mail.envelopeTo !== "") ? "null_sender" : null;
}

/** The mailboxes from which only servers speak. Carriers and shops write from `delivery@`, small firms from `mail@`. */
const DAEMON_LOCAL_PART =
  /^(?:mailer?[-_.]?d[ae]*mon|mail[-_.]?daemon|mdaemon|mail\.?delivery[a-z.]*|mailsystem|mail[-_.]?system|mail-?admin-?daemon|maildelivery[a-z]*|delivery[-_.]?(?:subsystem|system|daemon|status|notification)|undeliverable|smtp[-_.]?(?:daemon|gateway|server)|listserv-bounce|autoresponder-bounce|bounces?)(?:[+=-].*)?$/i;
const DAEMON_NAME =
  /mailer[- ]?d[ae]*mon|mail deliver(?:y|er)? (?:sub-?)?system|^"?(?:internet )?mail deliver(?:y|er)? (?:service|agent)\b|^"?delivery sub-?system|postmaster daemon/i;

/** Names that a firm or an administrator may bear: "Swift Delivery Service", "Acme Mail Systems", "IT, System Administrator". */
const POSTMASTER =
  /^(?:post[-_.]?master|mail[-_.]?(?:admin|administrator|master|server|router|agent)|smtp|system|sysadmin|daemon|root|mta|mx|no-?reply|do-?not-?reply|notifications?)(?:[+=-].*)?$/i;
const SYSTEM_NAME =
  /postmaster|mail (?:delivery|deliver)\b|delivery (?:system|service)|system-? ?administrator|message (?:delivery|transfer)|microsoft outlook|mail (?:server|system)|mail router|smtp (?:server|agent|gateway)/i;
