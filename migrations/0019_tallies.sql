-- WITHOUT ROWID is added by hand: a clustered row is billed once.
CREATE TABLE `step_tallies` (
	`cadence_id` text NOT NULL,
	`version` integer NOT NULL,
	`step` integer NOT NULL,
	`day` text NOT NULL,
	`tenant_id` text NOT NULL,
	`skipped` integer DEFAULT 0 NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`replied` integer DEFAULT 0 NOT NULL,
	`bounced` integer DEFAULT 0 NOT NULL,
	`unsubscribed` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`cadence_id`, `version`, `step`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `tenant_tallies` (
	`tenant_id` text NOT NULL,
	`mode` text NOT NULL,
	`quarter` integer NOT NULL,
	`sent` integer DEFAULT 0 NOT NULL,
	`failed` integer DEFAULT 0 NOT NULL,
	`replied` integer DEFAULT 0 NOT NULL,
	`bounced` integer DEFAULT 0 NOT NULL,
	`unsubscribed` integer DEFAULT 0 NOT NULL,
	PRIMARY KEY(`tenant_id`, `mode`, `quarter`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `endpoints_failing` ON `endpoints` (`tenant_id`,`mode`) WHERE failing_since IS NOT NULL AND enabled = 1;--> statement-breakpoint
CREATE INDEX `endpoints_disabled` ON `endpoints` (`tenant_id`,`mode`) WHERE enabled = 0;--> statement-breakpoint
CREATE INDEX `enrollments_doubtful` ON `enrollments` (`tenant_id`,`mode`) WHERE held_reason = 'ambiguous';--> statement-breakpoint
CREATE INDEX `inbound_mail_unmatched` ON `inbound_mail` (`tenant_id`,`mode`) WHERE status = 'unmatched';--> statement-breakpoint
CREATE INDEX `mailboxes_paused` ON `mailboxes` (`tenant_id`,`mode`) WHERE paused_reason IS NOT NULL AND enabled = 0;--> statement-breakpoint
-- By hand too: what was sent before there were counts, and who ended by what came back; by days in UTC.
INSERT INTO `step_tallies` (`cadence_id`, `version`, `step`, `day`, `tenant_id`, `sent`)
SELECT e.cadence_id, e.version, m.step, date(m.at / 1000, 'unixepoch'), m.tenant_id, count(*)
FROM `messages` m JOIN `enrollments` e ON e.id = m.enrollment_id AND e.tenant_id = m.tenant_id
WHERE m.direction = 'out' AND m.step IS NOT NULL GROUP BY 1, 2, 3, 4;--> statement-breakpoint
INSERT INTO `step_tallies` (`cadence_id`, `version`, `step`, `day`, `tenant_id`, `replied`, `bounced`, `unsubscribed`)
SELECT cadence_id, version, last_step, date(updated_at / 1000, 'unixepoch'), tenant_id, sum(exit_reason = 'replied'), sum(exit_reason = 'bounced'), sum(exit_reason = 'unsubscribed')
FROM (SELECT e.*, (SELECT max(m.step) FROM `messages` m WHERE m.enrollment_id = e.id AND m.direction = 'out') AS last_step FROM `enrollments` e WHERE e.exit_reason IN ('replied', 'bounced', 'unsubscribed'))
WHERE last_step IS NOT NULL GROUP BY 1, 2, 3, 4
ON CONFLICT (`cadence_id`, `version`, `step`, `day`) DO UPDATE SET `replied` = excluded.replied, `bounced` = excluded.bounced, `unsubscribed` = excluded.unsubscribed;