-- WITHOUT ROWID is added by hand: a clustered row is billed once.
CREATE TABLE `retention_runs` (
	`tenant_id` text PRIMARY KEY NOT NULL,
	`ran_at` integer NOT NULL,
	`bodies_after` text,
	`walk_began_at` integer DEFAULT 0 NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tombstones` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`hash` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `tombstones_hash` ON `tombstones` (`tenant_id`,`mode`,`hash`);--> statement-breakpoint
CREATE UNIQUE INDEX `tombstones_id` ON `tombstones` (`id`);--> statement-breakpoint
ALTER TABLE `enrollments` ADD `former_emails` text;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `pruned_lines` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `enrollments_former` ON `enrollments` (`tenant_id`,`mode`) WHERE former_emails IS NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `retention_bodies_days` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `retention_log_days` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `retention_messages_days` integer;--> statement-breakpoint
CREATE INDEX `inbound_mail_times` ON `inbound_mail` (`tenant_id`,`at`);--> statement-breakpoint
CREATE INDEX `journal_besides` ON `journal` (`tenant_id`,`mode`,`at`) WHERE kind <> 'exchange';--> statement-breakpoint
CREATE INDEX `messages_kept` ON `messages` (`tenant_id`,`mode`,`at`) WHERE text <> '' OR message_id IS NOT NULL;