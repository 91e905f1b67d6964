import { DurableObject } from "cloudflare:workers";
import {
  askPlace,
  type Counted,
  countedOn,
  type PlaceAnswer,
  type PlaceAsk,
  whyNotBefore,
} from "../core/pace/ask-place.ts";
import { findPlace } from "../core/pace/find-place.ts";
import type { Opening } from "../core/pace/openings.ts";
import { capOn, type MailboxPace } from "../core/pace/settings.ts";
import { longestSpan } from "../core/pace/spans.ts";
import type { MailboxLoad, Outlook } from "./ask-pace.ts";
import { PlaceTable } from "./place-table.ts";

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
    const book = this.table.countIn(ask.timeZone, now, longestSpan(ask.pace));
    const isNew = ask.to === "take" && FIRST_DRAFT.test(ask.id) && book.find(ask.id) === null;
    const answer = askPlace(ask, now, book);
    if (isNew) book.forgetLead();
    return answer;
  }

  /**
   * What `ask` would say to this draft at `at` (ms), now or later: its own place, or an earlier one that is free. Nothing
   * changes.
   */
  peek({ id, pace, timeZone, opening }: PlaceAsk, at: number): PlaceAnswer {
    const book = this.table.countIn(timeZone, Date.now(), longestSpan(pace));
    const own = book.find(id);
    const found = findPlace({ id, from: at, pace, opening: book.openings.of(opening) }, book);
    const counted = countedOn(pace, at, book);
    if ((own !== null && own.at <= at) || (found !== null && found.at <= at)) return { granted: true, counted };
    if (own !== null && (found === null || own.at <= found.at))
      return { granted: false, counted, until: own.at, reason: whyNotBefore(pace, own.at, at, book) };
    return found === null
      ? { granted: false, counted, until: at + YEAR_MS, reason: "mailbox_full_for_a_year" }
      : { granted: false, counted, until: found.at, reason: found.because ?? "mailbox_spread" };
  }

  /** Frees the place of a draft; one that isn't there is no matter. */
  release(id: string): void {
    this.table.drop(id);
  }

  /**
   * How it stands on the day of `now` (ms) and those after it, `days` in all, and when one more message to a lead with this
   * opening could leave. Nothing changes.
   */
  look(pace: MailboxPace, opening: Opening, timeZone: string, now: number, days: number): Outlook {
    const book = this.table.countIn(timeZone, now, longestSpan(pace));
    const rooms: Counted[] = [];
    for (let at = now; rooms.length < days; at = book.calendar.dayOf(at).to) rooms.push(countedOn(pace, at, book));
    const next = findPlace({ id: "", from: now, pace, opening: book.openings.of(opening) }, book);
    return { days: rooms, nextPlaceAt: next?.at ?? null };
  }

  /** What it has before it at `now` (ms). Nothing changes. */
  load(pace: MailboxPace, timeZone: string, now: number): MailboxLoad {
    const { calendar } = this.table.countIn(timeZone, now, longestSpan(pace));
    return { load: this.table.load(now), cap: capOn(pace, calendar.dayOf(now), calendar.nameOf).most };
  }

  /** A lead was given to this mailbox at `now` (ms). */
  noteLead(now: number): void {
    this.table.noteLead(now);
  }
}

const YEAR_MS = 366 * 24 * 3600_000;

/** The first draft that is asked for a lead, whatever step it is of (`nextDraftId`). */
const FIRST_DRAFT = /^drf_[a-z2-7]+_\d+_1$/;
