-- WITHOUT ROWID is added by hand (drizzle-kit has no word for it): a clustered row is billed once, not three times.
CREATE TABLE `api_keys` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`hash` text NOT NULL,
	`last4` text NOT NULL,
	`created_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `api_keys_hash` ON `api_keys` (`hash`);--> statement-breakpoint
CREATE INDEX `api_keys_tenant` ON `api_keys` (`tenant_id`,`id`);--> statement-breakpoint
CREATE TABLE `cadence_versions` (
	`cadence_id` text NOT NULL,
	`version` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`definition` text NOT NULL,
	`mailbox_id` text,
	`published_at` integer NOT NULL,
	PRIMARY KEY(`cadence_id`, `version`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `cadences` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`description` text,
	`settings` text NOT NULL,
	`steps` text NOT NULL,
	`endpoint_id` text,
	`mailbox_id` text,
	`enabled` integer DEFAULT 1 NOT NULL,
	`version` integer,
	`auto_publish` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cadences_id` ON `cadences` (`id`);--> statement-breakpoint
CREATE INDEX `cadences_tenant` ON `cadences` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE TABLE `endpoints` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`url` text NOT NULL,
	`secret` text NOT NULL,
	`previous_secret` text,
	`previous_secret_until` integer,
	`compatibility` text DEFAULT 'none' NOT NULL,
	`event_types` text,
	`enabled` integer DEFAULT 1 NOT NULL,
	`disabled_reason` text,
	`failing_since` integer,
	`failing_days` integer DEFAULT 0 NOT NULL,
	`failing_day` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `endpoints_id` ON `endpoints` (`id`);--> statement-breakpoint
CREATE INDEX `endpoints_tenant` ON `endpoints` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE TABLE `enrollments` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`cadence_id` text NOT NULL,
	`version` integer NOT NULL,
	`lead_external_id` text NOT NULL,
	`lead_name` text,
	`lead_email` text,
	`beginning` text NOT NULL,
	`mailbox_id` text,
	`state` text NOT NULL,
	`exit_reason` text,
	`phase` text NOT NULL,
	`step` integer DEFAULT 0 NOT NULL,
	`held_reason` text,
	`draft_id` text,
	`next_due_at` integer,
	`revision` integer DEFAULT 0 NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_id` ON `enrollments` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_lead` ON `enrollments` (`cadence_id`,`lead_external_id`);--> statement-breakpoint
CREATE INDEX `enrollments_tenant` ON `enrollments` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE INDEX `enrollments_cadence` ON `enrollments` (`cadence_id`,`seq`);--> statement-breakpoint
CREATE INDEX `enrollments_state` ON `enrollments` (`tenant_id`,`mode`,`state`,`seq`);--> statement-breakpoint
CREATE INDEX `enrollments_email` ON `enrollments` (`tenant_id`,`mode`,lower("lead_email"),`seq`);--> statement-breakpoint
CREATE INDEX `enrollments_external` ON `enrollments` (`tenant_id`,`mode`,`lead_external_id`,`seq`);--> statement-breakpoint
CREATE INDEX `enrollments_held` ON `enrollments` (`tenant_id`,`mode`,`seq`) WHERE held_reason IS NOT NULL;--> statement-breakpoint
CREATE INDEX `enrollments_due` ON `enrollments` (`next_due_at`) WHERE "enrollments"."next_due_at" IS NOT NULL;--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`tenant_id` text NOT NULL,
	`route` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`status` integer,
	`response` text,
	`lease_until` integer NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `route`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_keys_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `inbound_mail` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text,
	`mode` text DEFAULT 'live' NOT NULL,
	`at` integer NOT NULL,
	`envelope_from` text NOT NULL,
	`envelope_to` text NOT NULL,
	`from_email` text,
	`subject` text,
	`message_id` text,
	`status` text NOT NULL,
	`enrollment_id` text,
	`reason` text,
	`kind` text NOT NULL,
	`excerpt` text,
	`size_bytes` integer NOT NULL,
	`raw_key` text NOT NULL,
	`reply` text NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `inbound_mail_id` ON `inbound_mail` (`id`);--> statement-breakpoint
CREATE INDEX `inbound_mail_tenant` ON `inbound_mail` (`tenant_id`,`status`,`seq`);--> statement-breakpoint
CREATE TABLE `journal` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`enrollment_id` text NOT NULL,
	`entry` integer NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`cadence_id` text NOT NULL,
	`version` integer NOT NULL,
	`step` integer,
	`what` text NOT NULL,
	`subject_id` text,
	`endpoint_id` text,
	`attempt` integer,
	`status` integer,
	`outcome` text,
	`reason` text,
	`decision` text,
	`total_ms` integer,
	`first_byte_ms` integer,
	`request_bytes` integer,
	`request_sha256` text,
	`response_bytes` integer,
	`response_sha256` text,
	`response_cut` integer,
	`trace_id` text,
	`url` text,
	`excerpt` text,
	`body_key` text,
	`detail` text DEFAULT '{}' NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `journal_entry` ON `journal` (`enrollment_id`,`entry`);--> statement-breakpoint
CREATE INDEX `journal_exchanges` ON `journal` (`tenant_id`,`mode`,`seq`) WHERE kind = 'exchange';--> statement-breakpoint
CREATE INDEX `journal_times` ON `journal` (`tenant_id`,`mode`,`at`,`seq`) WHERE kind = 'exchange';--> statement-breakpoint
CREATE INDEX `journal_endpoint` ON `journal` (`endpoint_id`,`seq`) WHERE kind = 'exchange';--> statement-breakpoint
CREATE INDEX `journal_cadence` ON `journal` (`cadence_id`,`seq`) WHERE kind = 'exchange';--> statement-breakpoint
CREATE INDEX `journal_failures` ON `journal` (`tenant_id`,`outcome`,`seq`) WHERE kind = 'exchange' AND outcome NOT IN ('answered', 'accepted');--> statement-breakpoint
CREATE INDEX `journal_subject` ON `journal` (`subject_id`,`seq`) WHERE kind = 'exchange';--> statement-breakpoint
CREATE TABLE `mailboxes` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`from_name` text,
	`email` text NOT NULL,
	`provider` text NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`secret` text,
	`is_default` integer DEFAULT 0 NOT NULL,
	`enabled` integer DEFAULT 1 NOT NULL,
	`reply_domain` text,
	`signature` text,
	`postal_address` text,
	`cc` text,
	`bcc` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `mailboxes_id` ON `mailboxes` (`id`);--> statement-breakpoint
CREATE INDEX `mailboxes_tenant` ON `mailboxes` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE INDEX `mailboxes_email` ON `mailboxes` (lower("email"));--> statement-breakpoint
CREATE INDEX `mailboxes_reply_domain` ON `mailboxes` (`reply_domain`) WHERE reply_domain IS NOT NULL;--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`mailbox_id` text,
	`direction` text NOT NULL,
	`at` integer NOT NULL,
	`step` integer,
	`subject` text,
	`text` text NOT NULL,
	`message_id` text,
	`from_email` text,
	`to_email` text,
	`detail` text DEFAULT '{}' NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `messages_enrollment` ON `messages` (`enrollment_id`,`at`);--> statement-breakpoint
CREATE INDEX `messages_wire_id` ON `messages` (`message_id`) WHERE message_id IS NOT NULL;--> statement-breakpoint
CREATE TABLE `sandbox_mail` (
	`send_key` text PRIMARY KEY NOT NULL,
	`tenant_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`at` integer NOT NULL,
	`from_email` text NOT NULL,
	`to_email` text NOT NULL,
	`subject` text NOT NULL,
	`raw` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sandbox_mail_tenant` ON `sandbox_mail` (`tenant_id`,`at`,`send_key`);--> statement-breakpoint
CREATE TABLE `suppressions` (
	`tenant_id` text NOT NULL,
	`scope` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `scope`, `value`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tenants` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`time_zone` text DEFAULT 'UTC' NOT NULL,
	`enabled` integer DEFAULT 1 NOT NULL,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
