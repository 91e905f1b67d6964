CREATE TABLE `delivery_reports` (
	`id` text PRIMARY KEY NOT NULL,
	`provider` text NOT NULL,
	`message_id` text NOT NULL,
	`sender` text NOT NULL,
	`recipient` text NOT NULL,
	`subject` text NOT NULL,
	`status` text NOT NULL,
	`at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `delivery_reports_recipient` ON `delivery_reports` (`recipient`,`at`);--> statement-breakpoint
CREATE INDEX `delivery_reports_at` ON `delivery_reports` (`at`);--> statement-breakpoint
CREATE INDEX `enrollments_doubtful` ON `enrollments` (`updated_at`) WHERE held_reason = 'ambiguous';
