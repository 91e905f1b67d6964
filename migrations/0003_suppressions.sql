CREATE TABLE `__new_suppressions` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`scope` text NOT NULL,
	`value` text NOT NULL,
	`reason` text NOT NULL,
	`enrollment_id` text,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
INSERT INTO `__new_suppressions`("id", "tenant_id", "mode", "scope", "value", "reason", "created_at") SELECT 'sup_' || lower(hex(randomblob(8))), "tenant_id", 'live', "scope", "value", 'manual', "created_at" FROM `suppressions`;--> statement-breakpoint
DROP TABLE `suppressions`;--> statement-breakpoint
ALTER TABLE `__new_suppressions` RENAME TO `suppressions`;--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_value` ON `suppressions` (`tenant_id`,`mode`,`scope`,`value`);--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_id` ON `suppressions` (`id`);--> statement-breakpoint
CREATE INDEX `suppressions_newest` ON `suppressions` (`tenant_id`,`mode`,`seq`);