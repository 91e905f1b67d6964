ALTER TABLE `mailboxes` ADD `time_zone` text;--> statement-breakpoint
ALTER TABLE `tenants` ADD `blackout_dates` text DEFAULT '[]' NOT NULL;