import { z } from "zod";
import type { LinkedinFacts } from "../linkedin/account.ts";
import type { MailboxPace } from "../pace/settings.ts";
import { Timestamp } from "./common.ts";
import { GAP_SECONDS_MAX, LINKEDIN_ACTS_PER_DAY_MAX } from "./limits.ts";
import { RampShown, RampWish, StoredRamp } from "./mailbox-pace.ts";
import type { ProblemError } from "./problem.ts";

const acts = (max: number) => z.number().int().min(1, { error: "must be 1 or more" }).max(max);
const perDay = acts(LINKEDIN_ACTS_PER_DAY_MAX);
const perWeek = acts(7 * LINKEDIN_ACTS_PER_DAY_MAX).meta({
  description: "In any seven calendar days in a row.",
  example: 200,
});
const seconds = z.number().int().min(0).max(GAP_SECONDS_MAX);

const SPACING = {
  ramp: RampWish.meta({
    description:
      "What may be done a day while the account is new to it. Left out when the account is made, it is one that begins low and ends at `perDay`; null: `perDay` from the first day on.",
  }),
  minGapSeconds: seconds.meta({ description: "Two of them are at least so far apart.", example: 90 }),
  gapSpreadSeconds: seconds.meta({
    description: "Up to so much is added to a gap, by chance and the same whenever it is asked for.",
    example: 180,
  }),
};

const INVITATIONS = {
  perDay: perDay.meta({ description: "Invitations a calendar day.", example: 80 }),
  perWeek,
  ...SPACING,
};
const MESSAGES = { perDay: perDay.meta({ description: "Messages a calendar day.", example: 100 }), ...SPACING };

/** How fast an account invites, as it is asked for. What is left out is as the plan says, or stays. */
export const InvitationsWish = z.strictObject(INVITATIONS).partial().meta({ id: "LinkedinInvitationsWish" });
export type InvitationsWish = z.infer<typeof InvitationsWish>;

/** How fast it writes, likewise. */
export const MessagesWish = z.strictObject(MESSAGES).partial().meta({ id: "LinkedinMessagesWish" });
export type MessagesWish = z.infer<typeof MessagesWish>;

const shown = {
  ramp: RampShown.nullable(),
  today: z.number().int().meta({ description: "What may be done today, by all of these but the week." }),
};

/** How fast an account invites. */
export const Invitations = z.strictObject({ ...INVITATIONS, ...shown }).meta({ id: "LinkedinInvitations" });
/** How fast it writes. */
export const Messages = z.strictObject({ ...MESSAGES, ...shown }).meta({ id: "LinkedinMessages" });

/** A pace as it is stored: core's MailboxPace. */
export const StoredPace = z.object({
  dailySendCap: z.number(),
  ramp: StoredRamp.nullable(),
  minGapSeconds: z.number(),
  gapSpreadSeconds: z.number(),
  spans: z.array(z.object({ days: z.number().int().min(2), most: z.number().int().min(1) })).default([]),
});
export type StoredPace = z.infer<typeof StoredPace>;

const RoomOfDay = z
  .strictObject({
    day: z.iso.date(),
    cap: z.number().int().nullable().meta({ description: "What may be done that day; null where nothing bounds it." }),
    taken: z.number().int().meta({ description: "Places that are taken, those of what was done among them." }),
    sent: z.number().int().meta({ description: "What was done." }),
  })
  .meta({ id: "LinkedinRoomOfDay" });

const room = z.strictObject({
  nextPlaceAt: Timestamp.nullable().meta({
    description: "When one more could be done, in the account's working hours; null where a year is full.",
  }),
  days: z.array(RoomOfDay),
});

/** How an account stands, day by day. */
export const LinkedinRoom = z
  .strictObject({
    linkedinAccountId: z.string(),
    timeZone: z.string().meta({ description: "By whose days it is counted." }),
    invitations: room,
    messages: room,
  })
  .meta({ id: "LinkedinRoom" });
export type LinkedinRoom = z.infer<typeof LinkedinRoom>;

/** Of whoever pays LinkedIn more is borne. A note with an invitation is another matter: free accounts have a few a month. */
const BY_PLAN = {
  paid: { invitations: { perDay: 80, perWeek: 200 }, messages: { perDay: 100 } },
  free: { invitations: { perDay: 25, perWeek: 150 }, messages: { perDay: 100 } },
} as const satisfies Record<LinkedinFacts["plan"], object>;
const MIN_GAP_SECONDS = 90;
const GAP_SPREAD_SECONDS = 180;
const WEEK_DAYS = 7;

/** The pace of a new account's invitations at `now` (ms). */
export function newInvitationsPace(plan: LinkedinFacts["plan"], wish: InvitationsWish, now: number): StoredPace {
  const { perDay = BY_PLAN[plan].invitations.perDay, perWeek = BY_PLAN[plan].invitations.perWeek } = wish;
  const spans = [{ days: WEEK_DAYS, most: perWeek }];
  return { dailySendCap: perDay, ...newSpacing(wish, { start: 5, step: 2, ceiling: perDay }, now), spans };
}

/** The pace of its messages. */
export function newMessagesPace(plan: LinkedinFacts["plan"], wish: MessagesWish, now: number): StoredPace {
  const { perDay = BY_PLAN[plan].messages.perDay } = wish;
  return { dailySendCap: perDay, ...newSpacing(wish, { start: 20, step: 5, ceiling: perDay }, now), spans: [] };
}

/** A pace with what is wished otherwise. A ramp that is there keeps its first day, and ended it at `perDay`, goes on to. */
export function changedPace(before: StoredPace, wish: InvitationsWish, now: number): StoredPace {
  const { perDay = before.dailySendCap, perWeek } = wish;
  return {
    dailySendCap: perDay,
    ramp: changedRamp(before, wish.ramp, perDay, now),
    minGapSeconds: wish.minGapSeconds ?? before.minGapSeconds,
    gapSpreadSeconds: wish.gapSpreadSeconds ?? before.gapSpreadSeconds,
    spans: perWeek === undefined ? before.spans : [{ days: WEEK_DAYS, most: perWeek }],
  };
}

/** What a pace allows in any week; null for no such bound. */
export function perWeekOf({ spans = [] }: Pick<MailboxPace, "spans">): number | null {
  return spans.find(({ days }) => days === WEEK_DAYS)?.most ?? null;
}

/** What is wrong with a pace as a whole; empty when all is well. `under` is where it stands in the body. */
export function linkedinPaceFaults(under: "invitations" | "messages", pace: StoredPace): ProblemError[] {
  const { dailySendCap: perDay, ramp } = pace;
  const perWeek = perWeekOf(pace);
  const fault = (field: string, detail: string) => [{ pointer: `/${under}/${field}`, detail }];
  if (perWeek !== null && perDay > perWeek)
    return fault("perDay", `is above perWeek, which is ${perWeek}: lower it, or raise perWeek`);
  if (ramp === null) return [];
  if (ramp.start > ramp.ceiling)
    return fault("ramp/start", `is above the ceiling of ${ramp.ceiling}: lower it, or raise the ceiling`);
  if (ramp.ceiling > perDay)
    return fault("ramp/ceiling", `is above perDay, which is ${perDay}: lower it, or raise perDay`);
  return [];
}

function newSpacing(wish: MessagesWish, own: NonNullable<RampWish>, now: number) {
  const { minGapSeconds = MIN_GAP_SECONDS, gapSpreadSeconds = GAP_SPREAD_SECONDS } = wish;
  const ramp = wish.ramp === undefined ? { ...own, start: Math.min(own.start, own.ceiling) } : wish.ramp;
  return { ramp: ramp === null ? null : { ...ramp, since: now }, minGapSeconds, gapSpreadSeconds };
}

function changedRamp(
  { ramp: before, dailySendCap }: StoredPace,
  wish: RampWish | undefined,
  perDay: number,
  now: number,
): StoredPace["ramp"] {
  if (wish !== undefined) return wish === null ? null : { ...wish, since: before?.since ?? now };
  if (before === null || before.ceiling !== dailySendCap) return before;
  return { ...before, start: Math.min(before.start, perDay), ceiling: perDay };
}
