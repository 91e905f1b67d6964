import type { FailingSpell } from "../../core/endpoint-health.ts";
import type { Mode } from "../../core/enrollment.ts";
import type { Facts } from "../../core/facts.ts";
import type { LinkedinFacts, LinkedinProviderName } from "../../core/linkedin/account.ts";
import { monthIn } from "../../core/quota.ts";
import { comparable, domainOf } from "../mail/ascii-domain.ts";
import { type PaceColumns, paceOf } from "./pace-of.ts";
import { type AccountPaceColumns, pacesOf } from "./pace-of-account.ts";
import { type QuotaColumns, readSendQuotas } from "./plan-usage.ts";
import { readBlackoutDates, readFrequencyLimits } from "./tenants.ts";

/** A mailbox as stored; `secret` is sealed. */
export interface MailboxRecord {
  readonly id: string;
  readonly fromName: string | null;
  readonly email: string;
  readonly provider: "smtp" | "resend" | "postmark" | "ses" | "mailgun" | "cloudflare" | "sandbox";
  readonly settings: string;
  readonly secret: string | null;
  readonly replyDomain: string | null;
  readonly cc: string | null;
  readonly bcc: string | null;
  readonly signature: string | null;
  readonly postalAddress: string | null;
  /** Null: as the provider says. */
  readonly keepsMessageId: "yes" | "no" | "learn" | null;
  readonly threadReference: boolean;
}

/** A LinkedIn account as stored; `settings` is JSON, `secret` is sealed. */
export interface LinkedinRecord {
  readonly id: string;
  readonly provider: LinkedinProviderName;
  readonly settings: string;
  readonly secret: string | null;
}

/** An endpoint as stored; both secrets are sealed. */
export interface EndpointRecord {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: number | null;
  readonly compatibility: "none" | "myagentmail";
  readonly eventTypes: string | null;
  readonly failingSince: FailingSpell | null;
}

/** What is looked up for one enrollment. */
export interface Subject {
  readonly tenantId: string;
  readonly mode: Mode;
  readonly cadenceId: string;
  readonly endpointId: string | null;
  readonly mailboxId: string | null;
  readonly linkedinAccountId: string | null;
  readonly leadEmail: string | null;
  readonly enrollmentId: string;
  /** When it is looked, in milliseconds. */
  readonly now: number;
  /** What the lead's tombstone would be (adapters/crypto/tombstone.ts); null without an address. */
  readonly tombstone: string | null;
  /** Whether mailboxes may send only for a domain that is verified (VERIFY_FROM_DOMAINS). */
  readonly verifiesDomains: boolean;
}

export interface Looked {
  readonly facts: Facts;
  readonly endpoint: EndpointRecord | null;
  readonly mailbox: MailboxRecord | null;
  readonly linkedin: LinkedinRecord | null;
}

/** Nowhere is it yesterday longer than this. */
const LONGEST_DAY_BEHIND_MS = 24 * 3600_000;

const LOOK = `
  SELECT t.enabled AS tenantEnabled, t.time_zone AS timeZone, t.blackout_dates AS blackoutDates, t.frequency_limits AS frequencyLimits, t.quota_drafts AS quotaDrafts, t.quota_messages AS quotaMessages,
    CASE WHEN ?7 = 'live' AND (t.quota_drafts IS NOT NULL OR t.quota_messages IS NOT NULL) THEN (SELECT json_group_array(json_object('month', u.month, 'drafts', u.drafts, 'messages', u.messages)) FROM plan_usage u WHERE u.tenant_id = t.id AND u.month >= ?10) END AS usage, CASE WHEN t.send_ramp = 1 THEN t.created_at END AS newSince, c.enabled AS cadenceEnabled,
    e.id AS endpointId, e.url, e.secret AS endpointSecret, e.previous_secret AS previousSecret, e.previous_secret_until AS previousSecretUntil,
    e.compatibility, e.event_types AS eventTypes, e.enabled AS endpointEnabled, e.disabled_reason AS disabledReason, e.failing_since AS failingSince, e.failing_days AS failingDays, e.failing_day AS failingDay,
    m.id AS mailboxId, m.from_name AS fromName, m.email, m.provider, m.settings, m.secret AS mailboxSecret, m.reply_domain AS replyDomain, m.cc, m.bcc, m.signature, m.postal_address AS postalAddress, m.keeps_message_id AS keepsMessageId, m.thread_reference AS threadReference, m.enabled AS mailboxEnabled, m.time_zone AS mailboxTimeZone, m.verified_domain AS verifiedDomain, m.daily_send_cap AS dailySendCap, m.ramp, coalesce(m.min_gap_seconds, 0) AS minGapSeconds, coalesce(m.gap_spread_seconds, 0) AS gapSpreadSeconds,
    l.id AS linkedinId, l.provider AS linkedinProvider, l.settings AS linkedinSettings, l.secret AS linkedinSecret, l.enabled AS linkedinEnabled, l.paused_reason AS linkedinPausedReason, l.plan, l.time_zone AS linkedinTimeZone, l.working_hours AS workingHours, l.invitations_pace AS invitationsPace, l.messages_pace AS messagesPace, l.profile_views_per_day AS profileViewsPerDay, l.invitations_rest_until AS invitationsRestUntil, l.messages_rest_until AS messagesRestUntil,
    s.scope AS suppressedScope, s.reason AS suppressedReason,
    EXISTS (SELECT 1 FROM enrollments o WHERE o.tenant_id = t.id AND o.mode = ?7 AND lower(o.lead_email) = ?5 AND o.id <> ?9) AS isElsewhere,
    EXISTS (SELECT 1 FROM tombstones g WHERE g.tenant_id = t.id AND g.mode = ?7 AND g.hash = ?8) AS isErased
  FROM tenants t
    LEFT JOIN cadences c ON c.id = ?2 AND c.tenant_id = t.id AND c.mode = ?7
    LEFT JOIN endpoints e ON e.id = ?3 AND e.tenant_id = t.id AND e.mode = ?7
    LEFT JOIN mailboxes m ON m.id = ?4 AND m.tenant_id = t.id AND m.mode = ?7
    LEFT JOIN linkedin_accounts l ON l.id = ?11 AND l.tenant_id = t.id AND l.mode = ?7
    LEFT JOIN suppressions s ON s.tenant_id = t.id AND s.mode = ?7 AND ((s.scope = 'address' AND s.value = ?5) OR (s.scope = 'domain' AND s.value = ?6))
  WHERE t.id = ?1
  LIMIT 1`;

interface Row extends QuotaColumns, PaceColumns, AccountPaceColumns {
  readonly tenantEnabled: number;
  readonly timeZone: string;
  readonly blackoutDates: string;
  readonly frequencyLimits: string;
  readonly newSince: number | null;
  readonly cadenceEnabled: number | null;
  readonly endpointId: string | null;
  readonly url: string;
  readonly endpointSecret: string;
  readonly previousSecret: string | null;
  readonly previousSecretUntil: number | null;
  readonly compatibility: "none" | "myagentmail";
  readonly eventTypes: string | null;
  readonly endpointEnabled: number;
  readonly disabledReason: string | null;
  readonly failingSince: number | null;
  readonly failingDays: number | null;
  readonly failingDay: number | null;
  readonly mailboxId: string | null;
  readonly fromName: string | null;
  readonly email: string;
  readonly provider: "smtp" | "resend" | "postmark" | "ses" | "mailgun" | "cloudflare" | "sandbox";
  readonly settings: string;
  readonly mailboxSecret: string | null;
  readonly replyDomain: string | null;
  readonly cc: string | null;
  readonly bcc: string | null;
  readonly signature: string | null;
  readonly postalAddress: string | null;
  readonly keepsMessageId: "yes" | "no" | "learn" | null;
  readonly threadReference: number;
  readonly mailboxEnabled: number;
  readonly mailboxTimeZone: string | null;
  readonly verifiedDomain: string | null;
  readonly linkedinId: string | null;
  readonly linkedinProvider: LinkedinProviderName;
  readonly linkedinSettings: string;
  readonly linkedinSecret: string | null;
  readonly linkedinEnabled: number;
  readonly linkedinPausedReason: string | null;
  readonly plan: LinkedinFacts["plan"];
  readonly linkedinTimeZone: string | null;
  readonly profileViewsPerDay: number;
  readonly invitationsRestUntil: number | null;
  readonly messagesRestUntil: number | null;
  readonly suppressedScope: "address" | "domain" | null;
  readonly suppressedReason: string | null;
  readonly isElsewhere: number;
  readonly isErased: number;
}

/** Everything that the gates and the next effect need, in one round trip. Rejects when D1 can't say: then nothing is sent. */
export async function lookUp(db: D1Database, subject: Subject): Promise<Looked> {
  const email = subject.leadEmail === null ? null : comparable(subject.leadEmail);
  const domain = email === null ? null : domainOf(email);
  const row = await db
    .prepare(LOOK)
    .bind(
      subject.tenantId,
      subject.cadenceId,
      subject.endpointId,
      subject.mailboxId,
      email,
      domain,
      subject.mode,
      subject.tombstone,
      subject.enrollmentId,
      monthIn(subject.now - LONGEST_DAY_BEHIND_MS, "UTC"),
      subject.linkedinAccountId,
    )
    .first<Row>();
  if (row === null) throw new Error(`tenant ${subject.tenantId} is not in the database`);
  const endpoint: EndpointRecord | null =
    row.endpointId === null
      ? null
      : {
          id: row.endpointId,
          url: row.url,
          secret: row.endpointSecret,
          previousSecret: row.previousSecret,
          previousSecretUntil: row.previousSecretUntil,
          compatibility: row.compatibility,
          eventTypes: row.eventTypes,
          failingSince:
            row.failingSince === null
              ? null
              : { since: row.failingSince, days: row.failingDays ?? 0, lastDay: row.failingDay ?? 0 },
        };
  const mailbox: MailboxRecord | null =
    row.mailboxId === null
      ? null
      : {
          id: row.mailboxId,
          fromName: row.fromName,
          email: row.email,
          provider: row.provider,
          settings: row.settings,
          secret: row.mailboxSecret,
          replyDomain: row.replyDomain,
          cc: row.cc,
          bcc: row.bcc,
          signature: row.signature,
          postalAddress: row.postalAddress,
          keepsMessageId: row.keepsMessageId,
          threadReference: row.threadReference === 1,
        };
  const facts: Facts = {
    tenant: {
      enabled: row.tenantEnabled === 1,
      timeZone: row.timeZone,
      newSince: row.newSince,
      blackoutDates: readBlackoutDates(row.blackoutDates),
      frequencyLimits: readFrequencyLimits(row.frequencyLimits),
      quotas: subject.mode === "live" ? readSendQuotas(row, row.timeZone, subject.now) : null,
    },
    cadence: { enabled: row.cadenceEnabled === 1 },
    endpoint:
      endpoint === null
        ? null
        : { id: endpoint.id, enabled: row.endpointEnabled === 1, disabledReason: row.disabledReason },
    mailbox:
      mailbox === null
        ? null
        : {
            id: mailbox.id,
            enabled: row.mailboxEnabled === 1,
            email: mailbox.email,
            timeZone: row.mailboxTimeZone,
            unverifiedDomain: subject.verifiesDomains ? unverifiedDomain(mailbox, row.verifiedDomain) : null,
            pace: paceOf(row),
          },
    linkedin: linkedinFacts(row),
    isEnrolledElsewhere: row.isElsewhere === 1,
    suppressed: suppressedBy(row),
  };
  return { facts, endpoint, mailbox, linkedin: linkedinRecord(row) };
}

function linkedinRecord(row: Row): LinkedinRecord | null {
  const { linkedinId: id, linkedinProvider: provider, linkedinSettings: settings, linkedinSecret: secret } = row;
  return id === null ? null : { id, provider, settings, secret };
}

function linkedinFacts(row: Row): LinkedinFacts | null {
  if (row.linkedinId === null) return null;
  return {
    id: row.linkedinId,
    provider: row.linkedinProvider,
    enabled: row.linkedinEnabled === 1,
    pausedReason: row.linkedinPausedReason,
    timeZone: row.linkedinTimeZone,
    plan: row.plan,
    ...pacesOf(row),
    profileViewsPerDay: row.profileViewsPerDay,
    invitationsRestUntil: row.invitationsRestUntil,
    messagesRestUntil: row.messagesRestUntil,
  };
}

/** The domain that mail would be sent for without its owner's word; null where there is that, or nothing reaches anybody. */
function unverifiedDomain({ provider, email }: MailboxRecord, verified: string | null): string | null {
  const domain = domainOf(email);
  return provider === "sandbox" || domain === verified ? null : domain;
}

/** Who was erased is written to as little as who is suppressed: an erasure may meet what it didn't find. */
function suppressedBy({ isErased, suppressedScope, suppressedReason }: Row): Facts["suppressed"] {
  if (isErased === 1) return { scope: "address", reason: "erased" };
  return suppressedScope === null ? null : { scope: suppressedScope, reason: suppressedReason ?? "suppressed" };
}
