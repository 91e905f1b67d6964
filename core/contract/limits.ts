/** Every bound that the contract states, in one place. Sizes are bytes of UTF-8, times as the name says. */
export const CONTEXT_BYTES_MAX = 16 * 1024;
export const CONTEXT_DEPTH_MAX = 32;
export const DRAFT_BODY_BYTES_MAX = 100 * 1024;
export const SUBJECT_CHARACTERS_MAX = 255;
export const DRAFT_REQUEST_BYTES_MAX = 64 * 1024;
export const DRAFT_RESPONSE_BYTES_MAX = 256 * 1024;
export const LOGGED_RESPONSE_BYTES_MAX = 64 * 1024;
export const THREAD_MESSAGES_MAX = 20;
export const THREAD_BYTES_MAX = 32 * 1024;
export const DEFER_SECONDS_MIN = 60;
export const DEFER_SECONDS_MAX = 30 * 24 * 3600;
export const ATTEMPT_TIMEOUT_MS = 30_000;
/** The claim of an attempt: its time-out and some slack, so that a crash in between still wakes us. */
export const LEASE_MS = 45_000;
export const DRAFT_ATTEMPTS_MAX = 12;
/** A 4xx or an answer that breaks the contract is asked again this many times, then the step's onDraftFailure. */
export const DRAFT_REFUSALS_MAX = 3;
export const DRAFT_LIFETIME_MS = 24 * 3600_000;
export const REPLY_QUESTION_LIFETIME_MS = 24 * 3600_000;
export const REPLY_GRACE_MS = 90 * 24 * 3600_000;
export const STEPS_MAX = 50;
export const DELAY_DAYS_MAX = 365;
/** LinkedIn keeps an invitation open for half a year. */
export const ACCEPT_WITHIN_DAYS_MAX = 180;
export const ACCEPT_WITHIN_DAYS = 14;
export const DUE_WITHIN_HOURS_MAX = 60 * 24;
export const DUE_WITHIN_HOURS = 24;
export const DAILY_SEND_CAP_MAX = 100_000;
/** For how many days the room of a mailbox is shown at once. */
export const ROOM_DAYS_MAX = 62;
/** No account of LinkedIn's does more of one thing in a day and stays one. */
export const LINKEDIN_ACTS_PER_DAY_MAX = 1_000;
export const WITHDRAW_AFTER_DAYS_MAX = 365;
export const GAP_SECONDS_MAX = 24 * 3600;
/** Among how many mailboxes a cadence may spread its leads. */
export const POOL_MAILBOXES_MAX = 20;
/** How far ahead an enrollment may start. */
export const START_AHEAD_MAX_MS = 366 * 24 * 3600_000;
export const SENDING_WINDOWS_MAX = 28;
export const BLACKOUT_DATES_MAX = 100;
export const HOLIDAY_CALENDARS_MAX = 10;
export const JITTER_MINUTES_MAX = 24 * 60;
