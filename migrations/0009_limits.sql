-- WITHOUT ROWID is added by hand: a clustered row is billed once.
CREATE TABLE `mailbox_outcomes` (
	`mailbox_id` text NOT NULL,
	`enrollment_id` text NOT NULL,
	`kind` text NOT NULL,
	`tenant_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`mailbox_id`, `enrollment_id`, `kind`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mailbox_outcomes_times` ON `mailbox_outcomes` (`mailbox_id`,`at`);--> statement-breakpoint
CREATE INDEX `mailbox_outcomes_age` ON `mailbox_outcomes` (`at`);--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `paused_reason` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `judged_from` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `tenants` ADD `send_ramp` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `messages_mailbox` ON `messages` (`mailbox_id`,`at`) WHERE direction = 'out';