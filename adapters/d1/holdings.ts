import type { TableHolding } from "./table-holding.ts";

const NO_LEAD = `json_object('externalId', 'erased', 'name', NULL, 'email', NULL, 'linkedinUrl', NULL, 'profileUrn', NULL, 'timeZone', NULL, 'country', NULL, 'context', json_object())`;

/**
 * What the installation holds in D1: for each table one entry (R2: adapters/r2/holdings.ts, objects: durable-objects/holdings.ts). Export, import and erasure go by it, and test/adapters/d1/holdings.test.ts reads the real schema: a table or a
 * column that isn't here fails. Whoever adds one says here what becomes of it.
 *
 * In the order in which an import can follow: what others name comes first.
 */
export const TABLES: Readonly<Record<string, TableHolding>> = {
  tenants: {
    of: "tenant",
    key: ["id"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id name time_zone enabled blackout_dates send_ramp frequency_limits quota_drafts quota_messages quota_enrollments wake_due retention_bodies_days retention_log_days retention_messages_days created_at",
    },
  },
  api_keys: {
    of: "tenant",
    key: ["id"],
    exported: { no: "a key opens this installation; another one gives out its own" },
    retention: "kept",
    person: null,
    columns: {
      plain: "id tenant_id mode name last4 scopes allowed_ips maker_id created_at expires_at last_used_at revoked_at",
      secret: "hash",
    },
  },
  endpoints: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id tenant_id mode name url previous_secret_until compatibility event_types enabled disabled_reason failing_since failing_days failing_day created_at updated_at",
      secret: "secret previous_secret",
      sequence: "seq",
    },
  },
  mailboxes: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id tenant_id mode name from_name email provider settings is_default enabled paused_reason judged_from reply_domain signature postal_address cc bcc keeps_message_id thread_reference time_zone verified_domain daily_send_cap ramp min_gap_seconds gap_spread_seconds self_test created_at updated_at",
      secret: "secret events_secret",
      sequence: "seq",
    },
  },
  linkedin_accounts: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id tenant_id mode name provider settings state state_at is_default enabled paused_reason plan time_zone working_hours invitations_pace messages_pace profile_views_per_day withdraw_after_days invitations_rest_until messages_rest_until polled_at poll_next_at messages_seen_until created_at updated_at",
      secret: "secret hooks_secret",
      sequence: "seq",
    },
  },
  cadences: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id tenant_id mode name description settings steps endpoint_id mailbox_id mailbox_ids linkedin_account_id enabled version auto_publish created_at updated_at",
      sequence: "seq",
    },
  },
  cadence_versions: {
    of: "tenant",
    key: ["cadence_id", "version"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: {
      plain: "cadence_id version tenant_id definition mailbox_id mailbox_ids linkedin_account_id published_at",
    },
  },
  tombstones: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: { plain: "id tenant_id mode hash created_at", sequence: "seq" },
  },
  enrollments: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    // The row stays as a count; `beginErasing` has ended it before.
    person: {
      by: "enrollment",
      column: "id",
      leaves: {
        lead_external_id: "'erased ' || id",
        lead_name: "NULL",
        lead_email: "NULL",
        former_emails: "NULL",
        thread: "NULL",
        last_message_at: "NULL",
        beginning: `json_set(beginning, '$.lead', ${NO_LEAD}, '$.sessionId', NULL)`,
      },
    },
    columns: {
      plain:
        "id tenant_id mode cadence_id version mailbox_id linkedin_account_id state exit_reason phase step held_reason draft_id next_due_at task_kind task_due_at revision pruned_lines round thread last_message_at created_at updated_at",
      personal: "lead_external_id lead_name lead_email former_emails beginning",
      sequence: "seq",
    },
  },
  linkedin_contacts: {
    of: "tenant",
    key: ["tenant_id", "account_id", "profile_id", "enrollment_id"],
    exported: "rows",
    retention: "kept",
    person: { by: "enrollment", column: "enrollment_id", leaves: "nothing" },
    columns: {
      plain:
        "tenant_id mode account_id enrollment_id cadence_id revision invited_at invitation_id accepted_at withdrawn_at created_at",
      personal: "profile_id public_id",
    },
  },
  plan_usage: {
    of: "tenant",
    key: ["tenant_id", "month"],
    exported: { no: "what was used of the plan that this installation's operator gave" },
    retention: "kept",
    person: null,
    columns: {
      plain: "tenant_id month drafts messages enrollments drafts_told messages_told enrollments_told",
    },
  },
  suppressions: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "kept",
    person: { by: "address" },
    columns: {
      plain: "id tenant_id mode scope reason enrollment_id created_at",
      personal: "value",
      sequence: "seq",
    },
  },
  messages: {
    of: "tenant",
    key: ["id"],
    exported: "rows",
    retention: "messages",
    // Rows stay as counts: by them a mailbox is judged.
    person: {
      by: "enrollment",
      column: "enrollment_id",
      leaves: {
        subject: "NULL",
        text: "''",
        message_id: "NULL",
        from_email: "NULL",
        to_email: "NULL",
        detail: "'{}'",
      },
    },
    columns: {
      plain: "id tenant_id mode enrollment_id mailbox_id direction at step",
      personal: "subject text message_id from_email to_email detail",
    },
  },
  inbound_mail: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "messages",
    person: { by: "address" },
    columns: {
      plain: "id tenant_id mode at status enrollment_id reason kind size_bytes handed_over",
      personal: "envelope_from envelope_to from_email subject message_id excerpt raw_key reply",
      sequence: "seq",
    },
  },
  sandbox_mail: {
    of: "tenant",
    key: ["send_key"],
    exported: "rows",
    retention: "messages",
    person: { by: "enrollment", column: "enrollment_id", leaves: "nothing" },
    columns: { plain: "send_key tenant_id enrollment_id at from_email", personal: "to_email subject raw" },
  },
  journal: {
    of: "tenant",
    key: ["seq"],
    exported: "rows",
    retention: "log",
    // Rows stay with what says how an endpoint did: times, sizes, hashes, outcomes.
    person: {
      by: "enrollment",
      column: "enrollment_id",
      leaves: { excerpt: "NULL", reason: "NULL", body_key: "NULL", detail: "'{}'" },
    },
    columns: {
      plain:
        "enrollment_id entry tenant_id mode at kind cadence_id version step what subject_id endpoint_id attempt status outcome decision total_ms first_byte_ms request_bytes request_sha256 response_bytes response_sha256 response_cut trace_id url",
      // Evidence is of the installation that saw it: elsewhere it would be a claim.
      secret: "content_sha256 chain_sha256",
      personal: "reason excerpt body_key detail",
      sequence: "seq",
    },
  },
  tenant_tallies: {
    of: "tenant",
    key: ["tenant_id", "mode", "quarter"],
    exported: { no: "what was done in this installation's last 40 days; the counts by step come along" },
    retention: "own",
    person: null,
    columns: { plain: "tenant_id mode quarter sent failed replied bounced unsubscribed" },
  },
  step_tallies: {
    of: "tenant",
    key: ["cadence_id", "version", "step", "day"],
    exported: "rows",
    retention: "kept",
    person: null,
    columns: { plain: "tenant_id cadence_id version step day sent skipped failed replied bounced unsubscribed" },
  },
  mailbox_outcomes: {
    of: "tenant",
    key: ["mailbox_id", "enrollment_id", "kind"],
    exported: "rows",
    retention: "own",
    person: null,
    columns: { plain: "mailbox_id enrollment_id kind tenant_id at" },
  },
  idempotency_keys: {
    of: "tenant",
    key: ["tenant_id", "route", "key"],
    exported: { no: "answers of this installation, for a day" },
    retention: "own",
    person: { by: "address" },
    columns: { plain: "tenant_id route fingerprint status lease_until created_at", personal: "key response" },
  },
  retention_runs: {
    of: "tenant",
    key: ["tenant_id"],
    exported: { no: "how far this installation's cron has come" },
    retention: "kept",
    person: null,
    columns: { plain: "tenant_id ran_at bodies_after walk_began_at" },
  },
  // What an erasure takes out of it: adapters/d1/erasure.ts, `forgetAddress`. The rows stay.
  audit_log: {
    of: "tenant",
    key: ["seq"],
    exported: { no: "it tells what happened in this installation: GET /v1/audit-log/export" },
    retention: "kept",
    person: { by: "address" },
    columns: {
      plain:
        "id tenant_id mode at actor_kind actor_id actor_label action outcome target_kind target_id request_id redacted_at",
      personal: "from_address user_agent before after",
      sequence: "seq",
    },
  },
  members: {
    of: "tenant",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "kept",
    person: null,
    columns: { plain: "id tenant_id user_id role created_at" },
  },
  invitations: {
    of: "tenant",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "kept",
    person: null,
    columns: { plain: "id tenant_id email role status mailed inviter_id expires_at created_at", secret: "token_hash" },
  },
  bootstraps: {
    of: "tenant",
    key: ["id"],
    exported: { no: "that this installation has its first owner" },
    retention: "kept",
    person: null,
    columns: { plain: "id tenant_id user_id created_at" },
  },
  users: {
    of: "installation",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "kept",
    person: null,
    columns: { plain: "id name email email_verified image created_at updated_at" },
  },
  accounts: {
    of: "installation",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "kept",
    person: null,
    columns: {
      plain:
        "id user_id provider_id account_id access_token_expires_at refresh_token_expires_at scope created_at updated_at",
      secret: "password access_token refresh_token id_token",
    },
  },
  sessions: {
    of: "installation",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "own",
    person: null,
    columns: {
      plain: "id user_id active_tenant_id ip_address user_agent expires_at created_at updated_at",
      secret: "token",
    },
  },
  verifications: {
    of: "installation",
    key: ["id"],
    exported: { no: "people sign in where they have an account, and are invited anew" },
    retention: "own",
    person: null,
    columns: { plain: "id expires_at created_at updated_at", secret: "identifier value" },
  },
  attempts: {
    of: "installation",
    key: ["key"],
    exported: { no: "counts of tries at this installation's doors" },
    retention: "own",
    person: null,
    columns: { plain: "key count since" },
  },
  key_versions: {
    of: "installation",
    key: ["version"],
    exported: { no: "this installation's own keys, by number" },
    retention: "kept",
    person: null,
    columns: {
      plain: "version first_seen_at endpoints_up_to mailboxes_up_to linkedin_accounts_up_to unreadable done_at",
    },
  },
  delivery_reports: {
    of: "installation",
    key: ["id"],
    exported: { no: "a provider's feed, for two days" },
    retention: "own",
    person: { by: "address" },
    columns: {
      plain: "id provider message_id sender status at handed_over",
      personal: "recipient subject event",
    },
  },
};
