ALTER TABLE `mailboxes` ADD `keeps_message_id` text;--> statement-breakpoint
ALTER TABLE `mailboxes` ADD `thread_reference` integer DEFAULT 1 NOT NULL;