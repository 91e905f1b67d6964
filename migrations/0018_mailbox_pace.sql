ALTER TABLE `cadence_versions` ADD `mailbox_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `cadences` ADD `mailbox_ids` text DEFAULT '[]' NOT NULL;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `daily_send_cap` integer;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `ramp` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `min_gap_seconds` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `gap_spread_seconds` integer DEFAULT 0 NOT NULL;