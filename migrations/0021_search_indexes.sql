DROP INDEX `enrollments_tenant`;--> statement-breakpoint
CREATE INDEX `enrollments_exit` ON `enrollments` (`tenant_id`,`mode`,`exit_reason`,`seq`) WHERE exit_reason IS NOT NULL;--> statement-breakpoint
CREATE INDEX `enrollments_tenant` ON `enrollments` (`tenant_id`,`mode`,`seq`,`lead_name`,`lead_email`,`lead_external_id`);--> statement-breakpoint
DROP INDEX `journal_failures`;--> statement-breakpoint
CREATE INDEX `journal_failed` ON `journal` (`tenant_id`,`mode`,`seq`) WHERE kind = 'exchange' AND outcome NOT IN ('answered', 'accepted');--> statement-breakpoint
CREATE INDEX `journal_failures` ON `journal` (`tenant_id`,`mode`,`outcome`,`seq`) WHERE kind = 'exchange' AND outcome NOT IN ('answered', 'accepted');