ALTER TABLE `inbound_mail` ADD `handed_over` integer DEFAULT 1 NOT NULL;--> statement-breakpoint
CREATE INDEX `inbound_mail_waiting` ON `inbound_mail` (`at`) WHERE handed_over = 0;--> statement-breakpoint
CREATE INDEX `messages_provider_id` ON `messages` (detail ->> 'providerMessageId') WHERE detail ->> 'providerMessageId' IS NOT NULL;