CREATE TABLE `audit_log` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`at` integer NOT NULL,
	`actor_kind` text NOT NULL,
	`actor_id` text NOT NULL,
	`actor_label` text,
	`action` text NOT NULL,
	`outcome` text NOT NULL,
	`target_kind` text NOT NULL,
	`target_id` text,
	`from_address` text,
	`user_agent` text,
	`request_id` text,
	`before` text,
	`after` text,
	`redacted_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_log_id` ON `audit_log` (`id`);--> statement-breakpoint
CREATE INDEX `audit_log_newest` ON `audit_log` (`tenant_id`,`mode`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_times` ON `audit_log` (`tenant_id`,`mode`,`at`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_actor` ON `audit_log` (`actor_id`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_action` ON `audit_log` (`tenant_id`,`mode`,`action`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_kind` ON `audit_log` (`tenant_id`,`mode`,`target_kind`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_log_target` ON `audit_log` (`target_id`,`seq`);--> statement-breakpoint
ALTER TABLE `journal` ADD `content_sha256` text;--> statement-breakpoint
ALTER TABLE `journal` ADD `chain_sha256` text;--> statement-breakpoint
-- The triggers are added by hand, each on one line with BEGIN and END in capitals: D1 cuts a file of statements at semicolons, and knows a trigger by no other sign.
CREATE TRIGGER `audit_log_no_replace` BEFORE INSERT ON `audit_log` WHEN EXISTS (SELECT 1 FROM audit_log WHERE id = NEW.id OR seq = NEW.seq) BEGIN SELECT RAISE(IGNORE); END;
--> statement-breakpoint
CREATE TRIGGER `audit_log_no_update` BEFORE UPDATE ON `audit_log` WHEN OLD.redacted_at IS NOT NULL OR NEW.redacted_at IS NULL OR NEW.seq IS NOT OLD.seq OR NEW.id IS NOT OLD.id OR NEW.tenant_id IS NOT OLD.tenant_id OR NEW.mode IS NOT OLD.mode OR NEW.at IS NOT OLD.at OR NEW.actor_kind IS NOT OLD.actor_kind OR NEW.actor_id IS NOT OLD.actor_id OR NEW.action IS NOT OLD.action OR NEW.outcome IS NOT OLD.outcome OR NEW.target_kind IS NOT OLD.target_kind OR NEW.target_id IS NOT OLD.target_id OR NEW.request_id IS NOT OLD.request_id OR (NEW.actor_label IS NOT NULL AND NEW.actor_label IS NOT OLD.actor_label) OR (NEW.from_address IS NOT NULL AND NEW.from_address IS NOT OLD.from_address) OR (NEW.user_agent IS NOT NULL AND NEW.user_agent IS NOT OLD.user_agent) OR (NEW.before IS NOT NULL AND NEW.before IS NOT OLD.before) OR (NEW.after IS NOT NULL AND NEW.after IS NOT OLD.after) BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_log_no_delete` BEFORE DELETE ON `audit_log` WHEN OLD.redacted_at IS NULL BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
