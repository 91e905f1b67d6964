ALTER TABLE `enrollments` ADD `thread` text;--> statement-breakpoint
ALTER TABLE `enrollments` ADD `last_message_at` integer;--> statement-breakpoint
CREATE INDEX `enrollments_threads` ON `enrollments` (`tenant_id`,`mode`,`thread`,`last_message_at`,`seq`) WHERE thread IS NOT NULL;--> statement-breakpoint
-- By hand: the conversations that are there already.
UPDATE `enrollments` SET `thread` = stands.thread, `last_message_at` = stands.at
FROM (SELECT m.enrollment_id AS id, m.tenant_id AS tenant_id, max(m.at) AS at,
  CASE WHEN sum(m.direction = 'in') = 0 THEN 'silent'
    WHEN coalesce(max(iif(m.direction = 'in' AND coalesce(m.detail->'classification'->>'kind', 'human') = 'human', m.at, NULL)), -1) > coalesce(max(iif(m.direction = 'out', m.at, NULL)), -1) THEN 'open'
    ELSE 'answered' END AS thread
  FROM `messages` m GROUP BY m.enrollment_id, m.tenant_id) AS stands
WHERE `enrollments`.id = stands.id AND `enrollments`.tenant_id = stands.tenant_id;
