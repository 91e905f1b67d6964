CREATE TABLE `key_versions` (
	`version` integer PRIMARY KEY NOT NULL,
	`first_seen_at` integer NOT NULL,
	`endpoints_up_to` integer DEFAULT 0 NOT NULL,
	`mailboxes_up_to` integer DEFAULT 0 NOT NULL,
	`unreadable` integer DEFAULT 0 NOT NULL,
	`done_at` integer
);
