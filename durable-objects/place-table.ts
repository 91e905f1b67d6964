import type { OpenSpan } from "../core/opening.ts";
import { Calendar, type CalendarDay } from "../core/pace/calendar.ts";
import { type Apart, FreeTimes } from "../core/pace/free-times.ts";
import { Openings } from "../core/pace/openings.ts";
import type { DayCount, Place, PlaceBook } from "../core/pace/place-book.ts";

/** A place that wasn't used so long after its time is free again. */
const LEASE_MS = 6 * 3600_000;
const DAY_MS = 24 * 3600_000;
/** What has left is kept for as long as it can be of a day that still runs, in whatever zone, and beyond that for the days that count with it. */
const SENT_KEPT_MS = 3 * DAY_MS;
const TIDY_AGAIN_MS = 60_000;
const PAGE_MIN = 8;
const PAGE_MAX = 2_048;
const HOUR_MS = 3600_000;
const ASSIGNED_KEPT_HOURS = 24;

const KINDS = ["kept", "queued", "sent"] as const satisfies readonly Place["is"][];
/** Kind by kind, as the index has them; only as many rows are read as are asked for. */
const TAKEN = `${KINDS.map((_, kind) => `SELECT at FROM places WHERE kind = ${kind} AND at >= ?1 AND at < ?2`).join(" UNION ALL ")} ORDER BY at LIMIT ?3`;
const SENT = KINDS.indexOf("sent");

/**
 * The places of one mailbox in its object's storage. Beside each place the days are counted, so that nobody reads ten thousand
 * places to find a day with room; counts are of the days of one zone and made anew when another counts. Written by the
 * mailbox's object only; what is over is deleted as others ask.
 */
export class PlaceTable implements PlaceBook {
  calendar: Calendar;
  readonly openings = new Openings();
  private readonly sql: SqlStorage;
  /** By the first instant of a day; null until it was read in this life of the object. */
  private counts: Map<number, DayCount> | null = null;
  private readonly free = new FreeTimes((from, to) => this.taken(from, to));
  private tidiedAt = 0;

  constructor(sql: SqlStorage) {
    this.sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS places (id TEXT PRIMARY KEY, at INTEGER NOT NULL, kind INTEGER NOT NULL) WITHOUT ROWID",
    );
    sql.exec("CREATE INDEX IF NOT EXISTS places_times ON places (kind, at)");
    sql.exec(
      "CREATE TABLE IF NOT EXISTS days (starts_at INTEGER PRIMARY KEY, taken INTEGER NOT NULL, sent INTEGER NOT NULL)",
    );
    sql.exec(
      "CREATE TABLE IF NOT EXISTS counted_in (only INTEGER PRIMARY KEY CHECK (only = 1), time_zone TEXT NOT NULL)",
    );
    sql.exec("CREATE TABLE IF NOT EXISTS assigned (hour INTEGER PRIMARY KEY, leads INTEGER NOT NULL)");
    const [zone] = sql.exec<{ time_zone: string }>("SELECT time_zone FROM counted_in").toArray();
    this.calendar = new Calendar(zone?.time_zone ?? "UTC");
  }

  /** Counts by the days of `timeZone` from now on, over `days` in a row where there are such, and frees what is over by `now` (ms). */
  countIn(timeZone: string, now: number, days = 0): this {
    if (timeZone !== this.calendar.timeZone) this.countAnew(timeZone);
    if (Math.abs(now - this.tidiedAt) >= TIDY_AGAIN_MS) this.tidy(now, days);
    return this;
  }

  find(id: string): Place | null {
    const [row] = this.sql.exec<{ at: number; kind: number }>("SELECT at, kind FROM places WHERE id = ?", id).toArray();
    return row === undefined ? null : { id, at: row.at, is: KINDS[row.kind] ?? "kept" };
  }

  put(place: Place): void {
    const before = this.find(place.id);
    const kind = KINDS.indexOf(place.is);
    this.sql.exec("INSERT OR REPLACE INTO places (id, at, kind) VALUES (?, ?, ?)", place.id, place.at, kind);
    const [from, to] = [before && this.calendar.dayOf(before.at), this.calendar.dayOf(place.at)];
    const sent = Number(place.is === "sent");
    if (before === null || from === null) return this.count(to, 1, sent);
    if (before.at !== place.at) this.free.vacate(before.at);
    if (from.from === to.from) return this.count(to, 0, sent - Number(before.is === "sent"));
    this.count(from, -1, -Number(before.is === "sent"));
    this.count(to, 1, sent);
  }

  drop(id: string): void {
    const before = this.find(id);
    if (before === null) return;
    this.sql.exec("DELETE FROM places WHERE id = ?", id);
    this.free.vacate(before.at);
    this.count(this.calendar.dayOf(before.at), -1, -Number(before.is === "sent"));
  }

  countOn(day: CalendarDay): DayCount {
    return this.countsByDay().get(day.from) ?? NONE;
  }

  firstFree(span: OpenSpan, apart: Apart): number | null {
    return this.free.first(span, apart);
  }

  latest(is: Place["is"], besides: string): number | null {
    const [row] = this.sql
      .exec<{ at: number }>(
        "SELECT at FROM places WHERE kind = ? AND id <> ? ORDER BY at DESC LIMIT 1",
        KINDS.indexOf(is),
        besides,
      )
      .toArray();
    return row?.at ?? null;
  }

  /** How many places are taken from the day of `now` (ms) on, and how many leads were given to the mailbox that have none yet. */
  load(now: number): number {
    const { from } = this.calendar.dayOf(now);
    const taken = [...this.countsByDay()].reduce((sum, [day, count]) => sum + (day >= from ? count.taken : 0), 0);
    const { n } = this.sql
      .exec<{ n: number | null }>(
        "SELECT sum(leads) AS n FROM assigned WHERE hour > ?",
        hourOf(now) - ASSIGNED_KEPT_HOURS,
      )
      .one();
    return taken + (n ?? 0);
  }

  /** A lead was given to the mailbox; its first place takes the note away again. */
  noteLead(now: number): void {
    this.sql.exec("DELETE FROM assigned WHERE hour <= ?", hourOf(now) - ASSIGNED_KEPT_HOURS);
    this.sql.exec(
      "INSERT INTO assigned (hour, leads) VALUES (?, 1) ON CONFLICT DO UPDATE SET leads = leads + 1",
      hourOf(now),
    );
  }

  /** One of the leads that were given to it has its place. */
  forgetLead(): void {
    this.sql.exec(
      "UPDATE assigned SET leads = leads - 1 WHERE hour = (SELECT min(hour) FROM assigned WHERE leads > 0)",
    );
  }

  /** The instants of all places from `from` on and before `to`, in order, read page by page as they are asked for. */
  private *taken(from: number, to: number): Iterable<number> {
    let [next, size] = [from, PAGE_MIN];
    for (;;) {
      const page = this.sql.exec<{ at: number }>(TAKEN, next, to, size).toArray();
      for (const { at } of page) yield at;
      if (page.length < size) return;
      next = (page.at(-1)?.at ?? to) + 1;
      size = Math.min(size * 4, PAGE_MAX);
    }
  }

  private count(day: CalendarDay, taken: number, sent: number): void {
    if (taken === 0 && sent === 0) return;
    const before = this.countOn(day);
    const after = { taken: before.taken + taken, sent: before.sent + sent };
    this.countsByDay().set(day.from, after);
    this.sql.exec(
      "INSERT OR REPLACE INTO days (starts_at, taken, sent) VALUES (?, ?, ?)",
      day.from,
      after.taken,
      after.sent,
    );
  }

  private countsByDay(): Map<number, DayCount> {
    this.counts ??= new Map(
      this.sql
        .exec<{ starts_at: number; taken: number; sent: number }>("SELECT starts_at, taken, sent FROM days")
        .toArray()
        .map(({ starts_at: from, taken, sent }) => [from, { taken, sent }]),
    );
    return this.counts;
  }

  private countAnew(timeZone: string): void {
    this.calendar = new Calendar(timeZone);
    this.sql.exec("INSERT OR REPLACE INTO counted_in (only, time_zone) VALUES (1, ?)", timeZone);
    this.sql.exec("DELETE FROM days");
    this.counts = new Map();
    const counts = new Map<CalendarDay, DayCount>();
    for (const { at, kind } of this.sql.exec<{ at: number; kind: number }>("SELECT at, kind FROM places ORDER BY at")) {
      const day = this.calendar.dayOf(at);
      const { taken, sent } = counts.get(day) ?? NONE;
      counts.set(day, { taken: taken + 1, sent: sent + Number(kind === SENT) });
    }
    for (const [day, { taken, sent }] of counts) this.count(day, taken, sent);
  }

  private tidy(now: number, days: number): void {
    this.tidiedAt = now;
    this.free.forgetBefore(now);
    const late = this.sql.exec<{ id: string }>("SELECT id FROM places WHERE kind IN (0, 1) AND at < ?", now - LEASE_MS);
    for (const { id } of late.toArray()) this.drop(id);
    const before = this.calendar.dayOf(now - SENT_KEPT_MS - days * DAY_MS).from;
    this.sql.exec("DELETE FROM places WHERE kind = 2 AND at < ?", before);
    const { rowsWritten } = this.sql.exec("DELETE FROM days WHERE starts_at < ?", before);
    if (rowsWritten > 0) this.counts = null;
  }
}

const NONE: DayCount = { taken: 0, sent: 0 };

function hourOf(now: number): number {
  return Math.floor(now / HOUR_MS);
}
