-- WITHOUT ROWID is added by hand: a clustered row is billed once.
CREATE TABLE `linkedin_accounts` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`name` text NOT NULL,
	`provider` text NOT NULL,
	`settings` text DEFAULT '{}' NOT NULL,
	`secret` text,
	`hooks_secret` text,
	`state` text DEFAULT 'unknown' NOT NULL,
	`state_at` integer,
	`is_default` integer DEFAULT 0 NOT NULL,
	`enabled` integer DEFAULT 1 NOT NULL,
	`paused_reason` text,
	`plan` text NOT NULL,
	`time_zone` text,
	`working_hours` text NOT NULL,
	`invitations_pace` text NOT NULL,
	`messages_pace` text NOT NULL,
	`profile_views_per_day` integer NOT NULL,
	`withdraw_after_days` integer,
	`invitations_rest_until` integer,
	`messages_rest_until` integer,
	`polled_at` integer,
	`poll_next_at` integer,
	`messages_seen_until` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `linkedin_accounts_id` ON `linkedin_accounts` (`id`);--> statement-breakpoint
CREATE INDEX `linkedin_accounts_tenant` ON `linkedin_accounts` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE INDEX `linkedin_accounts_paused` ON `linkedin_accounts` (`tenant_id`,`mode`) WHERE paused_reason IS NOT NULL AND enabled = 0;--> statement-breakpoint
CREATE INDEX `linkedin_accounts_poll` ON `linkedin_accounts` (`poll_next_at`) WHERE poll_next_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `linkedin_contacts` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`account_id` text NOT NULL,
	`profile_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`public_id` text,
	`cadence_id` text NOT NULL,
	`revision` integer DEFAULT 0 NOT NULL,
	`invited_at` integer,
	`invitation_id` text,
	`accepted_at` integer,
	`withdrawn_at` integer,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`tenant_id`, `account_id`, `profile_id`, `enrollment_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `linkedin_contacts_enrollment` ON `linkedin_contacts` (`tenant_id`,`enrollment_id`);--> statement-breakpoint
CREATE INDEX `linkedin_contacts_public` ON `linkedin_contacts` (`tenant_id`,`account_id`,`public_id`) WHERE public_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `linkedin_contacts_open` ON `linkedin_contacts` (`tenant_id`,`account_id`,`invited_at`) WHERE invited_at IS NOT NULL AND accepted_at IS NULL AND withdrawn_at IS NULL;--> statement-breakpoint
ALTER TABLE `key_versions` ADD `linkedin_accounts_up_to` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `cadence_versions` ADD `linkedin_account_id` text;--> statement-breakpoint
ALTER TABLE `cadences` ADD `linkedin_account_id` text;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `linkedin_account_id` text;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `task_kind` text;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `task_due_at` integer;--> statement-breakpoint
CREATE INDEX `enrollments_tasks` ON `enrollments` (`tenant_id`,`mode`,`task_due_at`) WHERE task_due_at IS NOT NULL;