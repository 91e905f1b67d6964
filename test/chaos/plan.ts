import type { Dice } from "./dice.ts";

/**
 * Where a kill can be aimed at.
 * - `draft_seen`: the customer has read a draft request and has not answered.
 * - `mail_accepted`: the mail server has the whole message and has not said so.
 * - `answered`: an answer (the mail server's, or the customer's to a draft) was written in this very moment.
 * - `flush`: the first change of D1's write-ahead log while nothing but the log queue can be writing.
 * - `inbound`: a mail is being handed in.
 */
export const NAMED_POINTS = ["draft_seen", "mail_accepted", "answered", "flush", "inbound"] as const;
export type NamedPoint = (typeof NAMED_POINTS)[number];
/**
 * Beside the named ones: at any moment; a reload, which is an end in good order and a start with another build; and a start
 * that never got ready on a busy machine and was ended for that, which is no part of the plan.
 */
export type Point = NamedPoint | "random" | "reload" | "slow_start";

/** One kill to come. */
export interface PlannedKill {
  readonly point: Exclude<Point, "slow_start">;
  /** How long the system runs undisturbed before the kill, or before the point is waited for. */
  readonly uptimeMs: number;
  /** For `answered`: whose answer. */
  readonly answerOf: "mail" | "draft";
  /** For `inbound`: how long after the mail was handed in. */
  readonly delayMs: number;
}

/** How much work, and how often it is cut off: killed, or reloaded with other code. */
export interface Amount {
  readonly enrollments: number;
  readonly steps: number;
  readonly kills: number;
  readonly reloads: number;
}

const NAMED_SHARE = 0.12;
/** Most starts hardly live; in a tenth of them the sweeper runs, and the log queue's batch of two seconds is written. */
const UPTIME_MAX_MS = 1_200;
const LONG_SHARE = 0.1;
const LONG_UPTIME_MIN_MS = 3_000;
const LONG_UPTIME_MAX_MS = 6_000;
const INBOUND_DELAY_MAX_MS = 30;

/** An eighth of the kills for each named point, the rest at random moments, and the reloads, in any order. */
export function planKills({ kills, reloads }: Amount, dice: Dice): PlannedKill[] {
  const each = Math.min(Math.ceil(kills * NAMED_SHARE), Math.floor(kills / NAMED_POINTS.length));
  const named = NAMED_POINTS.flatMap((point) => Array<PlannedKill["point"]>(each).fill(point));
  const random = Array<PlannedKill["point"]>(kills - named.length).fill("random");
  const points = [...named, ...random, ...Array<PlannedKill["point"]>(reloads).fill("reload")];
  return dice.shuffled(points).map((point, n) => ({
    point,
    uptimeMs: dice.chance(LONG_SHARE)
      ? dice.between(LONG_UPTIME_MIN_MS, LONG_UPTIME_MAX_MS)
      : dice.between(0, UPTIME_MAX_MS),
    answerOf: n % 2 === 0 ? "mail" : "draft",
    delayMs: dice.between(0, INBOUND_DELAY_MAX_MS),
  }));
}

/**
 * How many leads may be enrolled once `killsBegun` kills were begun: there must be work for each of them, the last one
 * too, and at a half for the time before a point is waited for.
 */
export function enrolledBy(killsBegun: number, { enrollments, kills, reloads }: Amount): number {
  return Math.min(enrollments, Math.ceil((enrollments * killsBegun) / (kills + reloads + 1)));
}
