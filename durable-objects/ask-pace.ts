import type { PlaceRef } from "../core/enrollment.ts";
import type { Counted, PlaceAnswer, PlaceAsk } from "../core/pace/ask-place.ts";
import type { Opening } from "../core/pace/openings.ts";
import type { MailboxPace } from "../core/pace/settings.ts";
import { atMost } from "./at-most.ts";
import type { MailboxPaceObject } from "./mailbox-pace.ts";

/** Longer than this nobody waits for a place: then it is asked for again later, and nothing is sent meanwhile. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Whoever enrolls a lead waits for less: then the leads are spread without a look. */
const LOAD_TIMEOUT_MS = 2_000;

/** How a mailbox stands, day by day, and when (ms) one more message could leave; null where a year has no room. */
export interface Outlook {
  readonly days: readonly Counted[];
  readonly nextPlaceAt: number | null;
}

/** What a mailbox has before it: `load` are its places from today on and the leads without one, `cap` is today's. */
export interface MailboxLoad {
  readonly load: number;
  readonly cap: number | null;
}

/** Takes or claims a place. Rejects when the mailbox's object can't say in time; the same may be asked again. */
export function askForPlace(env: Env, tenantId: string, mailboxId: string, ask: PlaceAsk): Promise<PlaceAnswer> {
  return atMost(
    ANSWER_TIMEOUT_MS,
    "the mailbox's pace",
    async (): Promise<PlaceAnswer> => stub(env, tenantId, mailboxId).ask(ask, Date.now()),
  );
}

/** What `askForPlace` would be told at `at` (ms), now or later; nothing is taken. Rejects when the mailbox's object can't say in time. */
export function peekAtPlace(
  env: Env,
  tenantId: string,
  mailboxId: string,
  ask: PlaceAsk,
  at: number,
): Promise<PlaceAnswer> {
  return atMost(
    ANSWER_TIMEOUT_MS,
    "the mailbox's pace",
    async (): Promise<PlaceAnswer> => stub(env, tenantId, mailboxId).peek(ask, at),
  );
}

/** Gives a place back. Rejects when the mailbox's object doesn't take it in time. */
export function releasePlace(env: Env, tenantId: string, { mailboxId, draftId }: PlaceRef): Promise<void> {
  return atMost(ANSWER_TIMEOUT_MS, "the mailbox's pace", async () => stub(env, tenantId, mailboxId).release(draftId));
}

/** What the mailbox has before it. Rejects when its object can't say in time. */
export function readLoad(
  env: Env,
  tenantId: string,
  { id, pace, timeZone }: { readonly id: string; readonly pace: MailboxPace; readonly timeZone: string },
): Promise<MailboxLoad> {
  return atMost(LOAD_TIMEOUT_MS, "the mailbox's pace", () => stub(env, tenantId, id).load(pace, timeZone, Date.now()));
}

/** How a mailbox stands today and on the days after, `days` in all, for a lead with this opening. Rejects when its object can't say in time. */
export function readOutlook(
  env: Env,
  tenantId: string,
  { id, pace, timeZone }: { readonly id: string; readonly pace: MailboxPace; readonly timeZone: string },
  opening: Opening,
  days: number,
): Promise<Outlook> {
  return atMost(LOAD_TIMEOUT_MS, "the mailbox's pace", () =>
    stub(env, tenantId, id).look(pace, opening, timeZone, Date.now(), days),
  );
}

/** Tells the mailbox of a lead that it was given. What can't be told evens out as others are. */
export async function noteLead(env: Env, tenantId: string, mailboxId: string): Promise<void> {
  await atMost(LOAD_TIMEOUT_MS, "the mailbox's pace", async () =>
    stub(env, tenantId, mailboxId).noteLead(Date.now()),
  ).catch((error) => console.error("a mailbox could not be told of its lead", error));
}

function stub(env: Env, tenantId: string, mailboxId: string): DurableObjectStub<MailboxPaceObject> {
  return env.MAILBOX_PACES.getByName(`${tenantId}/${mailboxId}`);
}
