import { sql } from "drizzle-orm";
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";

/*
 * D1: the tenants' tables, the index of enrollments and the log. Times are milliseconds since the epoch, `mode` is
 * "live" or "sandbox", JSON is text. Every table says who writes it and who deletes from it.
 */

/** Written by the first start and by operators; never deleted. */
export const tenants = sqliteTable("tenants", {
  id: text().primaryKey(),
  name: text().notNull(),
  timeZone: text("time_zone").notNull().default("UTC"),
  enabled: integer().notNull().default(1),
  /** JSON of core's DayRange list: days on which none of its cadences sends. */
  blackoutDates: text("blackout_dates").notNull().default("[]"),
  /** 1: what it may send a day grows from its first day on (core/sending-ramp.ts). Only the operator switches it off: no route writes it. */
  sendRamp: integer("send_ramp").notNull().default(1),
  /** JSON of core's FrequencyLimits: how often one person, and one company, is written to. */
  frequencyLimits: text("frequency_limits").notNull().default('{"person":null,"company":null}'),
  /** What a calendar month may have of each; null: no bound. Only the operator sets them (tools/quota.ts): no route writes them. */
  quotaDrafts: integer("quota_drafts"),
  quotaMessages: integer("quota_messages"),
  quotaEnrollments: integer("quota_enrollments"),
  /** 1: the operator changed something that enrollments wait for; the next sweep wakes them. */
  wakeDue: integer("wake_due").notNull().default(0),
  /** After how many days what is old is deleted (adapters/d1/retention.ts); null: it is kept. */
  retentionBodiesDays: integer("retention_bodies_days"),
  retentionLogDays: integer("retention_log_days"),
  retentionMessagesDays: integer("retention_messages_days"),
  createdAt: integer("created_at").notNull(),
});

const tenantId = () =>
  text("tenant_id")
    .notNull()
    .references(() => tenants.id);

/** Written by the keys routes; a revoked key stays, so that the log can name it. JSON lists: null `scopes` are all, null `allowedIps` anywhere. */
export const apiKeys = sqliteTable(
  "api_keys",
  {
    id: text().primaryKey(),
    tenantId: tenantId(),
    mode: text({ enum: ["live", "test"] }).notNull(),
    name: text().notNull(),
    hash: text().notNull(),
    last4: text().notNull(),
    scopes: text(),
    allowedIps: text("allowed_ips"),
    /** The member who made it, also by way of another key of theirs; null: it is the tenant's own. */
    makerId: text("maker_id"),
    createdAt: integer("created_at").notNull(),
    expiresAt: integer("expires_at"),
    lastUsedAt: integer("last_used_at"),
    revokedAt: integer("revoked_at"),
  },
  (table) => [uniqueIndex("api_keys_hash").on(table.hash), index("api_keys_tenant").on(table.tenantId, table.id)],
);

/** Customers' webhooks. Written by the API and, when one answers 410, by the engine; deleted by the API when unused. */
export const endpoints = sqliteTable(
  "endpoints",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: tenantId(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    name: text().notNull(),
    url: text().notNull(),
    /** Sealed; so is the one before, live until `previousSecretUntil`. */
    secret: text().notNull(),
    previousSecret: text("previous_secret"),
    previousSecretUntil: integer("previous_secret_until"),
    compatibility: text({ enum: ["none", "myagentmail"] })
      .notNull()
      .default("none"),
    /** JSON list of event types, or null for all. */
    eventTypes: text("event_types"),
    enabled: integer().notNull().default(1),
    disabledReason: text("disabled_reason"),
    /** Since when every request to it has failed; null when the last one was answered. */
    failingSince: integer("failing_since"),
    /** On how many days (UTC) of that time, and the last of them as the day's number since the epoch. */
    failingDays: integer("failing_days").notNull().default(0),
    failingDay: integer("failing_day"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("endpoints_id").on(table.id),
    index("endpoints_tenant").on(table.tenantId, table.mode, table.seq),
    index("endpoints_failing").on(table.tenantId, table.mode).where(sql`failing_since IS NOT NULL AND enabled = 1`),
    index("endpoints_disabled").on(table.tenantId, table.mode).where(sql`enabled = 0`),
  ],
);

/** Sender identities. Written by the API and the first start; deleted by the API when unused. */
export const mailboxes = sqliteTable(
  "mailboxes",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: tenantId(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    name: text().notNull(),
    fromName: text("from_name"),
    email: text().notNull(),
    provider: text({ enum: ["smtp", "resend", "postmark", "ses", "mailgun", "cloudflare", "sandbox"] }).notNull(),
    /** JSON: host, port, security, user name, or the API's URL; the password or key is sealed in `secret`. */
    settings: text().notNull().default("{}"),
    secret: text(),
    /** What proves the provider's webhooks, sealed; null where they aren't taken. */
    eventsSecret: text("events_secret"),
    isDefault: integer("is_default").notNull().default(0),
    enabled: integer().notNull().default(1),
    /** Why it was switched off, where that was not a person: its messages came back or were complained about. */
    pausedReason: text("paused_reason"),
    /** It is judged by the messages from here on: since it was switched on again. */
    judgedFrom: integer("judged_from").notNull().default(0),
    replyDomain: text("reply_domain"),
    signature: text(),
    postalAddress: text("postal_address"),
    cc: text(),
    bcc: text(),
    /** Whether our Message-ID is the one that recipients see; null: as the provider's conformance test found. */
    keepsMessageId: text("keeps_message_id", { enum: ["yes", "no", "learn"] }),
    /** Where it isn't known: put one id of ours into References of the whole thread. */
    threadReference: integer("thread_reference").notNull().default(1),
    /** IANA; null where it has none of its own. */
    timeZone: text("time_zone"),
    /** The domain of its address that its owner has given to this tenant, in ASCII and lower case; good for that one only. */
    verifiedDomain: text("verified_domain"),
    /** Messages a day; null for no cap of its own. */
    dailySendCap: integer("daily_send_cap"),
    /** JSON of core's Ramp; null for none. */
    ramp: text(),
    minGapSeconds: integer("min_gap_seconds").notNull().default(0),
    gapSpreadSeconds: integer("gap_spread_seconds").notNull().default(0),
    /** JSON of core's SelfTestRecord; null before the first test. */
    selfTest: text("self_test"),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("mailboxes_id").on(table.id),
    index("mailboxes_tenant").on(table.tenantId, table.mode, table.seq),
    index("mailboxes_paused").on(table.tenantId, table.mode).where(sql`paused_reason IS NOT NULL AND enabled = 0`),
    index("mailboxes_email").on(sql`lower(${table.email})`),
    index("mailboxes_reply_domain").on(table.replyDomain).where(sql`reply_domain IS NOT NULL`),
  ],
);

/** Cadences with their draft; what runs is in `cadence_versions`. Written by the API. */
export const cadences = sqliteTable(
  "cadences",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: tenantId(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    name: text().notNull(),
    description: text(),
    settings: text().notNull(),
    steps: text().notNull(),
    endpointId: text("endpoint_id"),
    mailboxId: text("mailbox_id"),
    /** JSON list of the mailboxes among which new leads are spread; empty where `mailboxId` or the default one sends. */
    mailboxIds: text("mailbox_ids").notNull().default("[]"),
    linkedinAccountId: text("linkedin_account_id"),
    enabled: integer().notNull().default(1),
    /** The version that new enrollments start on; null until the first publishing. */
    version: integer(),
    /** 1: a change of the draft is published at once, as MyAgentMail's clients expect of a cadence made with webhookUrl. */
    autoPublish: integer("auto_publish").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("cadences_id").on(table.id),
    index("cadences_tenant").on(table.tenantId, table.mode, table.seq),
  ],
);

/** Published versions: written once, never changed, never deleted while an enrollment is on them. */
export const cadenceVersions = sqliteTable(
  "cadence_versions",
  {
    cadenceId: text("cadence_id").notNull(),
    version: integer().notNull(),
    tenantId: text("tenant_id").notNull(),
    /** JSON of core's CadenceVersion. */
    definition: text().notNull(),
    mailboxId: text("mailbox_id"),
    mailboxIds: text("mailbox_ids").notNull().default("[]"),
    linkedinAccountId: text("linkedin_account_id"),
    publishedAt: integer("published_at").notNull(),
  },
  (table) => [primaryKey({ columns: [table.cadenceId, table.version] })],
);

/** The index of enrollments: the first row by the API, from then on by the log queue. The object holds the truth. */
export const enrollments = sqliteTable(
  "enrollments",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    cadenceId: text("cadence_id").notNull(),
    version: integer().notNull(),
    leadExternalId: text("lead_external_id").notNull(),
    /** Counts from 0 how often this lead was enrolled in this cadence before. */
    round: integer().notNull().default(0),
    leadName: text("lead_name"),
    leadEmail: text("lead_email"),
    /** JSON list of the addresses that the lead had before; null for nearly all. */
    formerEmails: text("former_emails"),
    /** JSON of core's Beginning, so that an object that never started can still be started. */
    beginning: text().notNull(),
    mailboxId: text("mailbox_id"),
    /** The LinkedIn account that acts; null where none does. */
    linkedinAccountId: text("linkedin_account_id"),
    state: text({ enum: ["active", "paused", "held", "completed", "unenrolled", "exited"] }).notNull(),
    exitReason: text("exit_reason"),
    phase: text().notNull(),
    step: integer().notNull().default(0),
    heldReason: text("held_reason"),
    draftId: text("draft_id"),
    nextDueAt: integer("next_due_at"),
    /** What waits for a person to do it, and until when it should be done; null where nothing does. */
    taskKind: text("task_kind"),
    taskDueAt: integer("task_due_at"),
    /** Only a higher revision changes the row: queue messages come twice and out of order. */
    revision: integer().notNull().default(0),
    /** How the conversation stands (adapters/d1/threads.ts), and when its last message was; null before the first. */
    thread: text({ enum: ["silent", "open", "answered"] }),
    lastMessageAt: integer("last_message_at"),
    /** How many of its lines the log has had and, being old, has no more. */
    prunedLines: integer("pruned_lines").notNull().default(0),
    createdAt: integer("created_at").notNull(),
    updatedAt: integer("updated_at").notNull(),
  },
  (table) => [
    uniqueIndex("enrollments_id").on(table.id),
    uniqueIndex("enrollments_lead").on(table.cadenceId, table.leadExternalId, table.round),
    // With the lead's names in it, so that a search reads the index alone (adapters/d1/search-enrollments.ts).
    index("enrollments_tenant").on(
      table.tenantId,
      table.mode,
      table.seq,
      table.leadName,
      table.leadEmail,
      table.leadExternalId,
    ),
    index("enrollments_exit")
      .on(table.tenantId, table.mode, table.exitReason, table.seq)
      .where(sql`exit_reason IS NOT NULL`),
    index("enrollments_cadence").on(table.cadenceId, table.seq),
    index("enrollments_funnel").on(
      table.tenantId,
      table.cadenceId,
      table.version,
      table.state,
      table.step,
      table.exitReason,
    ),
    index("enrollments_state").on(table.tenantId, table.mode, table.state, table.seq),
    index("enrollments_threads")
      .on(table.tenantId, table.mode, table.thread, table.lastMessageAt, table.seq)
      .where(sql`thread IS NOT NULL`),
    index("enrollments_email").on(table.tenantId, table.mode, sql`lower(${table.leadEmail})`, table.seq),
    index("enrollments_external").on(table.tenantId, table.mode, table.leadExternalId, table.seq),
    index("enrollments_held").on(table.tenantId, table.mode, table.seq).where(sql`held_reason IS NOT NULL`),
    index("enrollments_doubtful").on(table.tenantId, table.mode).where(sql`held_reason = 'ambiguous'`),
    index("enrollments_former").on(table.tenantId, table.mode).where(sql`former_emails IS NOT NULL`),
    index("enrollments_tasks").on(table.tenantId, table.mode, table.taskDueAt).where(sql`task_due_at IS NOT NULL`),
    index("enrollments_due").on(table.nextDueAt).where(sql`${table.nextDueAt} IS NOT NULL`),
  ],
);

/** The log: one row for each line of an enrollment's journal. Written by the log queue; the list pages by `seq`, the ingest sequence, or between two times by them. */
export const journal = sqliteTable(
  "journal",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    enrollmentId: text("enrollment_id").notNull(),
    /** Counts the lines of one enrollment; with it a line that comes twice is one row. */
    entry: integer().notNull(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    at: integer().notNull(),
    kind: text({ enum: ["exchange", "message", "note"] }).notNull(),
    cadenceId: text("cadence_id").notNull(),
    version: integer().notNull(),
    step: integer(),
    /** For an exchange its event type, for a message its direction, for a note its code. */
    what: text().notNull(),
    subjectId: text("subject_id"),
    endpointId: text("endpoint_id"),
    attempt: integer(),
    status: integer(),
    outcome: text(),
    reason: text(),
    decision: text(),
    totalMs: integer("total_ms"),
    firstByteMs: integer("first_byte_ms"),
    requestBytes: integer("request_bytes"),
    requestSha256: text("request_sha256"),
    responseBytes: integer("response_bytes"),
    responseSha256: text("response_sha256"),
    responseCut: integer("response_cut"),
    traceId: text("trace_id"),
    url: text(),
    /** At most 200 characters of what came back, or of the message. */
    excerpt: text(),
    /** R2 key of the exact bytes. */
    bodyKey: text("body_key"),
    /** JSON: everything that has no column. */
    detail: text().notNull().default("{}"),
    /** What the line says, hashed; and that with the line before, in hex (core/evidence/link.ts). Null where the object wrote none yet, and beside the lines of an object. */
    contentSha256: text("content_sha256"),
    chainSha256: text("chain_sha256"),
  },
  (table) => [
    uniqueIndex("journal_entry").on(table.enrollmentId, table.entry),
    index("journal_doubtful").on(table.at).where(sql`what = 'send_doubtful'`),
    index("journal_exchanges").on(table.tenantId, table.mode, table.seq).where(sql`kind = 'exchange'`),
    index("journal_times").on(table.tenantId, table.mode, table.at, table.seq).where(sql`kind = 'exchange'`),
    index("journal_besides").on(table.tenantId, table.mode, table.at).where(sql`kind <> 'exchange'`),
    index("journal_endpoint").on(table.endpointId, table.seq).where(sql`kind = 'exchange'`),
    index("journal_cadence").on(table.cadenceId, table.seq).where(sql`kind = 'exchange'`),
    index("journal_failed")
      .on(table.tenantId, table.mode, table.seq)
      .where(sql`kind = 'exchange' AND outcome NOT IN ('answered', 'accepted')`),
    index("journal_failures")
      .on(table.tenantId, table.mode, table.outcome, table.seq)
      .where(sql`kind = 'exchange' AND outcome NOT IN ('answered', 'accepted')`),
    index("journal_subject").on(table.subjectId, table.seq).where(sql`kind = 'exchange'`),
  ],
);

/** The messages of all threads, for the inbox and for matching. Written by the log queue. */
export const messages = sqliteTable(
  "messages",
  {
    id: text().primaryKey(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    enrollmentId: text("enrollment_id").notNull(),
    mailboxId: text("mailbox_id"),
    direction: text({ enum: ["out", "in"] }).notNull(),
    at: integer().notNull(),
    step: integer(),
    subject: text(),
    text: text().notNull(),
    /** RFC 5322 Message-ID with angle brackets. */
    messageId: text("message_id"),
    fromEmail: text("from_email"),
    toEmail: text("to_email"),
    detail: text().notNull().default("{}"),
  },
  (table) => [
    index("messages_enrollment").on(table.enrollmentId, table.at),
    index("messages_mailbox").on(table.mailboxId, table.at).where(sql`direction = 'out'`),
    index("messages_kept").on(table.tenantId, table.mode, table.at).where(sql`text <> '' OR message_id IS NOT NULL`),
    index("messages_wire_id").on(table.messageId).where(sql`message_id IS NOT NULL`),
    index("messages_provider_id")
      .on(sql`detail ->> 'providerMessageId'`)
      .where(sql`detail ->> 'providerMessageId' IS NOT NULL`),
  ],
);

/** Who must not be written to. Written by the API, the unsubscribe page and the log queue; deleted from by the API. */
export const suppressions = sqliteTable(
  "suppressions",
  {
    seq: integer().primaryKey({ autoIncrement: true }),
    id: text().notNull(),
    tenantId: text("tenant_id").notNull(),
    mode: text({ enum: ["live", "sandbox"] }).notNull(),
    scope: text({ enum: ["address", "domain"] }).notNull(),
    /** In lower case; a domain without the `@`. */
    value: text().notNull(),
    reason: text({ enum: ["unsubscribed", "bounced", "complained", "manual"] }).notNull(),
    /** The enrollment whose mail led to it; null where a person or an import did. */
    enrollmentId: text("enrollment_id"),
    createdAt: integer("created_at").notNull(),
  },
  (table) => [
    uniqueIndex("suppressions_value").on(table.tenantId, table.mode, table.scope, table.value),
    uniqueIndex("suppressions_id").on(table.id),
    index("suppressions_newest").on(table.tenantId, table.mode, table.seq),
  ],
);
