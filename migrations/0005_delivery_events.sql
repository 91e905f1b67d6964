ALTER TABLE `delivery_reports` ADD `event` text;--> statement-breakpoint
ALTER TABLE `delivery_reports` ADD `handed_over` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX `delivery_reports_waiting` ON `delivery_reports` (`at`) WHERE handed_over = 0;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `events_secret` text;