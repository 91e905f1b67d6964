import { DurableObject } from "cloudflare:workers";
import { type FrequencyLimit, freeAt, spanMs } from "../core/frequency.ts";

/** The most that a limit may ask for: what is older, or was followed by so many, can't matter any more. */
const KEPT = { messages: 1_000, ms: 365 * 24 * 3600_000 };
const REPLIES_KEPT = 20;

/** A message that asks to be counted, and what it is bounded by. */
export interface Claim {
  /** Null: only a look. */
  readonly sendKey: string | null;
  readonly limit: FrequencyLimit;
  /** When (ms) the same person was written to at other addresses. */
  readonly besides?: readonly number[];
}

/** What one count says: whether the message may leave now, else from when (ms) on, and how many there are within the limit's span. */
export interface Word {
  readonly isFree: boolean;
  readonly freeAt: number;
  readonly counted: number;
  /** The message is counted by this very claim. One that was counted before may be out. */
  readonly isNew: boolean;
}

/**
 * What was sent to one person, or to one company, by all of a tenant's cadences, and where the person replied. The same
 * message asked for again is the same one, at its latest time. Written by enrollments only; it empties itself a year after
 * the last word.
 */
export class ContactObject extends DurableObject<Env> {
  private isMade = false;

  /** Counts the message if the limit has room for it now, and says how things stand. */
  claim({ sendKey, limit, besides = [] }: Claim): Word {
    const now = Date.now();
    const counted = [...this.sent(sendKey, limit), ...besides];
    const free = freeAt(counted, now, limit);
    const isFree = free <= now;
    const isNew = isFree && sendKey !== null && this.count(sendKey, now);
    return { isFree, freeAt: free, counted: counted.length, isNew };
  }

  /** The instants (ms) of the messages within the limit's span but for this one, newest first; no more than the limit asks for. */
  sent(sendKey: string | null, limit: FrequencyLimit): readonly number[] {
    this.make();
    return this.ctx.storage.sql
      .exec<{ at: number }>(
        "SELECT at FROM messages WHERE at > ? AND send_key <> ? ORDER BY at DESC LIMIT ?",
        Date.now() - spanMs(limit),
        sendKey ?? "",
        limit.messages,
      )
      .toArray()
      .map(({ at }) => at);
  }

  /** The message wasn't sent; one that isn't counted is no matter. */
  release(sendKey: string): void {
    this.make();
    this.ctx.storage.sql.exec("DELETE FROM messages WHERE send_key = ?", sendKey);
  }

  /** The person replied in this enrollment at `at` (ms). */
  noteReply(enrollmentId: string, at: number): void {
    this.make();
    const { sql } = this.ctx.storage;
    sql.exec(
      "INSERT INTO replies (enrollment_id, at) VALUES (?, ?) ON CONFLICT (enrollment_id) DO UPDATE SET at = max(at, excluded.at)",
      enrollmentId,
      at,
    );
    sql.exec(
      "DELETE FROM replies WHERE enrollment_id NOT IN (SELECT enrollment_id FROM replies ORDER BY at DESC LIMIT ?)",
      REPLIES_KEPT,
    );
    this.forgetOld(Date.now());
  }

  /** The newest reply from `from` (ms) on in another enrollment than this; null when there is none. */
  repliedElsewhere(enrollmentId: string, from: number): { readonly enrollmentId: string; readonly at: number } | null {
    this.make();
    const [row] = this.ctx.storage.sql
      .exec<{ enrollment_id: string; at: number }>(
        "SELECT enrollment_id, at FROM replies WHERE enrollment_id <> ? AND at >= ? ORDER BY at DESC LIMIT 1",
        enrollmentId,
        from,
      )
      .toArray();
    return row === undefined ? null : { enrollmentId: row.enrollment_id, at: row.at };
  }

  /** The person was erased: nothing is left here. */
  async erase(): Promise<void> {
    this.isMade = false;
    await this.ctx.storage.deleteAll();
  }

  /** A year after somebody last wrote here: what is still of use moves the end, else it has come. */
  override async alarm(): Promise<void> {
    const last = this.lastAt();
    if (last === null || last + KEPT.ms <= Date.now()) return this.erase();
    await this.ctx.storage.setAlarm(last + KEPT.ms);
  }

  /** The message counts from `now` (ms) on; false where it did before. */
  private count(sendKey: string, now: number): boolean {
    const { sql } = this.ctx.storage;
    const isNew = sql.exec("SELECT 1 FROM messages WHERE send_key = ?", sendKey).toArray().length === 0;
    sql.exec(
      "INSERT INTO messages (send_key, at) VALUES (?, ?) ON CONFLICT (send_key) DO UPDATE SET at = max(at, excluded.at)",
      sendKey,
      now,
    );
    this.forgetOld(now);
    return isNew;
  }

  private make(): void {
    if (this.isMade) return;
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS messages (send_key TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID");
    sql.exec("CREATE INDEX IF NOT EXISTS messages_at ON messages (at)");
    sql.exec("CREATE TABLE IF NOT EXISTS replies (enrollment_id TEXT PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID");
    this.isMade = true;
  }

  private forgetOld(now: number): void {
    const { sql } = this.ctx.storage;
    sql.exec(
      "DELETE FROM messages WHERE at <= max(?, coalesce((SELECT at FROM messages ORDER BY at DESC LIMIT 1 OFFSET ?), 0))",
      now - KEPT.ms,
      KEPT.messages,
    );
    sql.exec("DELETE FROM replies WHERE at <= ?", now - KEPT.ms);
    // Not awaited: it is part of the same commit. Once set it stands; the alarm itself moves it on.
    void this.ctx.storage
      .getAlarm()
      .then((alarm) => (alarm === null ? this.ctx.storage.setAlarm(now + KEPT.ms) : null));
  }

  private lastAt(): number | null {
    this.make();
    const { last } = this.ctx.storage.sql
      .exec<{ last: number | null }>(
        "SELECT max(at) AS last FROM (SELECT at FROM messages UNION ALL SELECT at FROM replies)",
      )
      .one();
    return last;
  }
}
