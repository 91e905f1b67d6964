import { DurableObject } from "cloudflare:workers";
import type { PlaceRef } from "../core/enrollment.ts";
import { askPlace, type Counted, countedOn, type PlaceAnswer, type PlaceAsk } from "../core/pace/ask-place.ts";
import { capOn, type MailboxPace } from "../core/pace/settings.ts";
import { atMost } from "./at-most.ts";
import { PlaceTable } from "./place-table.ts";

/** Longer than this nobody waits for a place: then it is asked for again later, and nothing is sent meanwhile. */
const ANSWER_TIMEOUT_MS = 10_000;
/** Whoever enrolls a lead waits for less: then the leads are spread without a look. */
const LOAD_TIMEOUT_MS = 2_000;

/** How a mailbox stands on one day. `cap` is null where nothing bounds it. */
export interface Room {
  readonly day: string;
  readonly sent: number;
  readonly taken: number;
  readonly cap: number | null;
}

/** What a mailbox has before it: `load` are its places from today on and the leads without one, `cap` is today's. */
export interface MailboxLoad {
  readonly load: number;
  readonly cap: number | null;
}

/**
 * Says for one mailbox when which message may leave: a place is taken before a draft is asked for, claimed in the moment
 * in which its message leaves, and given back when it isn't used. What it decides by is in `core/pace`; here is
 * what is taken. Written by enrollments only.
 */
export class MailboxPaceObject extends DurableObject<Env> {
  private readonly table: PlaceTable;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.table = new PlaceTable(ctx.storage.sql);
  }

  /** Takes or claims a place at `now` (ms). */
  ask(ask: PlaceAsk, now: number): PlaceAnswer {
    const book = this.table.prepare(ask.timeZone, now);
    const isNew = ask.to === "take" && FIRST_DRAFT.test(ask.id) && book.find(ask.id) === null;
    const answer = askPlace(ask, now, book);
    if (isNew) book.forgetLead();
    return answer;
  }

  /** Frees the place of a draft; one that isn't there is no matter. */
  release(id: string): void {
    this.table.drop(id);
  }

  /** How it stands on the day of `now` (ms) and those after it, `days` in all. Nothing changes. */
  room(pace: MailboxPace, timeZone: string, now: number, days: number): readonly Room[] {
    const { calendar } = this.table.prepare(timeZone, now);
    const rooms: Counted[] = [];
    for (let at = now; rooms.length < days; at = calendar.dayOf(at).to) rooms.push(countedOn(pace, at, this.table));
    return rooms;
  }

  /** What it has before it at `now` (ms). Nothing changes. */
  load(pace: MailboxPace, timeZone: string, now: number): MailboxLoad {
    const { calendar } = this.table.prepare(timeZone, now);
    return { load: this.table.load(now), cap: capOn(pace, calendar.dayOf(now), calendar.nameOf).most };
  }

  /** A lead was given to this mailbox at `now` (ms). */
  noteLead(now: number): void {
    this.table.noteLead(now);
  }
}

/** The draft that a lead begins with (`nextDraftId`). */
const FIRST_DRAFT = /^drf_[a-z2-7]+_0_1$/;

/** Takes or claims a place. Rejects when the mailbox's object can't say in time; the same may be asked again. */
export function askForPlace(env: Env, tenantId: string, mailboxId: string, ask: PlaceAsk): Promise<PlaceAnswer> {
  return atMost(
    ANSWER_TIMEOUT_MS,
    "the mailbox's pace",
    async (): Promise<PlaceAnswer> => stub(env, tenantId, mailboxId).ask(ask, Date.now()),
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

/** How a mailbox stands today and on the days after, `days` in all. Rejects when its object can't say in time. */
export function readRoom(
  env: Env,
  tenantId: string,
  { id, pace, timeZone }: { readonly id: string; readonly pace: MailboxPace; readonly timeZone: string },
  days: number,
): Promise<readonly Room[]> {
  return atMost(LOAD_TIMEOUT_MS, "the mailbox's pace", () =>
    stub(env, tenantId, id).room(pace, timeZone, Date.now(), days),
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
