DROP INDEX `enrollments_doubtful`;--> statement-breakpoint
CREATE INDEX `journal_doubtful` ON `journal` (`at`) WHERE what = 'send_doubtful';