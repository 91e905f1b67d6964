-- WITHOUT ROWID is added by hand: a clustered row is billed once.
CREATE TABLE `plan_usage` (
	`tenant_id` text NOT NULL,
	`month` text NOT NULL,
	`drafts` integer DEFAULT 0 NOT NULL,
	`messages` integer DEFAULT 0 NOT NULL,
	`enrollments` integer DEFAULT 0 NOT NULL,
	`drafts_told` integer DEFAULT 0 NOT NULL,
	`messages_told` integer DEFAULT 0 NOT NULL,
	`enrollments_told` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`tenant_id`, `month`),
	FOREIGN KEY (`tenant_id`) REFERENCES `tenants`(`id`) ON UPDATE no action ON DELETE no action
) WITHOUT ROWID;
--> statement-breakpoint
DROP INDEX `enrollments_lead`;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `round` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `enrollments_lead` ON `enrollments` (`cadence_id`,`lead_external_id`,`round`);--> statement-breakpoint
ALTER TABLE `tenants` ADD `frequency_limits` text DEFAULT '{"person":null,"company":null}' NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `quota_drafts` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `quota_messages` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `quota_enrollments` integer;--> statement-breakpoint
ALTER TABLE `tenants` ADD `wake_due` integer DEFAULT 0 NOT NULL;