import type { MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { paceOf } from "../../../adapters/d1/pace-of.ts";
import { readSelfTest } from "../../../adapters/d1/self-tests.ts";
import { domainOf } from "../../../adapters/mail/ascii-domain.ts";
import { eventsReader } from "../../../adapters/mail/events/read-events.ts";
import { toTimestamp } from "../../../core/contract/common.ts";
import { MAIL_APIS } from "../../../core/contract/mail-apis.ts";
import { type FromDomain, type Mailbox, StoredSmtp } from "../../../core/contract/mailbox.ts";
import { domainRecord } from "../../../core/mail/domain-record.ts";
import { Calendar } from "../../../core/pace/calendar.ts";
import { capZone } from "../../../core/pace/cap-zone.ts";
import { capOn } from "../../../core/pace/settings.ts";
import { showSelfTest } from "./show-self-test.ts";

/** A row as the API shows it: without its secret. Its cap is counted in `tenantZone` where it has no zone of its own. */
export function showMailbox(row: MailboxRow, publicUrl: string, tenantZone: string): Mailbox {
  return {
    id: row.id,
    mode: row.mode,
    name: row.name,
    email: row.email,
    fromName: row.fromName,
    provider: row.provider,
    smtp:
      row.provider === "smtp"
        ? { ...StoredSmtp.parse(JSON.parse(row.settings)), hasPassword: row.secret !== null }
        : null,
    resend: row.provider === "resend" ? MAIL_APIS.resend.stored.parse(JSON.parse(row.settings)) : null,
    postmark: row.provider === "postmark" ? MAIL_APIS.postmark.stored.parse(JSON.parse(row.settings)) : null,
    ses: row.provider === "ses" ? MAIL_APIS.ses.stored.parse(JSON.parse(row.settings)) : null,
    mailgun: row.provider === "mailgun" ? MAIL_APIS.mailgun.stored.parse(JSON.parse(row.settings)) : null,
    isDefault: row.isDefault === 1,
    enabled: row.enabled === 1,
    pausedReason: row.pausedReason,
    replyDomain: row.replyDomain,
    signature: row.signature,
    postalAddress: row.postalAddress,
    cc: row.cc,
    bcc: row.bcc,
    keepsMessageId: row.keepsMessageId,
    threadReference: row.threadReference === 1,
    timeZone: row.timeZone,
    fromDomain: showFromDomain(row),
    ...showPace(row, tenantZone),
    eventsUrl: eventsReader(row.provider) === null ? null : new URL(`/delivery-events/${row.id}`, publicUrl).href,
    selfTest: showSelfTestOf(row),
    takesEvents: row.eventsSecret !== null,
    createdAt: new Date(row.createdAt).toISOString(),
    updatedAt: new Date(row.updatedAt).toISOString(),
  };
}

/** Whose domain it sends for. */
export function showFromDomain({ email, verifiedDomain, tenantId }: MailboxRow): FromDomain {
  const name = domainOf(email);
  return { name, isVerified: name === verifiedDomain, record: { type: "TXT", ...domainRecord(name, tenantId) } };
}

function showPace(
  row: MailboxRow,
  tenantZone: string,
): Pick<Mailbox, "dailySendCap" | "ramp" | "capZone" | "capToday" | "minGapSeconds" | "gapSpreadSeconds"> {
  const pace = paceOf(row);
  const { timeZone, zoneOf, zoneWhy } = capZone(row.timeZone, tenantZone);
  const calendar = new Calendar(timeZone);
  return {
    dailySendCap: pace.dailySendCap,
    ramp: pace.ramp === null ? null : { ...pace.ramp, since: toTimestamp(pace.ramp.since) },
    capZone: { name: timeZone, of: zoneOf, why: zoneWhy },
    capToday: capOn(pace, calendar.dayOf(Date.now()), calendar.nameOf).most,
    minGapSeconds: pace.minGapSeconds,
    gapSpreadSeconds: pace.gapSpreadSeconds,
  };
}

function showSelfTestOf({ selfTest }: MailboxRow): Mailbox["selfTest"] {
  const record = readSelfTest(selfTest);
  return record === null ? null : showSelfTest(record, Date.now());
}
