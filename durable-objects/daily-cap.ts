import { DurableObject } from "cloudflare:workers";

/** Days whose counts are kept; older ones can't matter any more. */
const DAYS_KEPT = 3;

/**
 * Counts the messages of one cadence by day (`dailySendCap`), or of a whole tenant that is new. A slot is taken before the draft is asked for and given
 * back when it isn't used; taking the same slot again is the same slot. Written by enrollments only; old days are
 * deleted as new ones come.
 */
export class DailyCapObject extends DurableObject<Env> {
  /** How many are taken, by day. Counted once in each life of the object: a count reads, and bills, every row of the day. */
  private readonly counts = new Map<string, number>();

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    ctx.storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS slots (day TEXT NOT NULL, slot TEXT NOT NULL, PRIMARY KEY (day, slot)) WITHOUT ROWID",
    );
  }

  /** Whether `slot` has a place among the `cap` of `day` (YYYY-MM-DD). */
  reserve(day: string, slot: string, cap: number): boolean {
    const { sql } = this.ctx.storage;
    if (sql.exec("SELECT 1 FROM slots WHERE day = ? AND slot = ?", day, slot).toArray().length > 0) return true;
    const taken = this.taken(day);
    if (taken >= cap) return false;
    if (taken === 0) this.forgetOldDays(day);
    sql.exec("INSERT INTO slots (day, slot) VALUES (?, ?)", day, slot);
    this.counts.set(day, taken + 1);
    return true;
  }

  /** Gives a slot back; one that isn't there is no matter. */
  release(day: string, slot: string): void {
    const taken = this.taken(day);
    const { rowsWritten } = this.ctx.storage.sql.exec("DELETE FROM slots WHERE day = ? AND slot = ?", day, slot);
    if (rowsWritten > 0) this.counts.set(day, taken - 1);
  }

  /** How many are taken on `day`. */
  taken(day: string): number {
    const known = this.counts.get(day);
    if (known !== undefined) return known;
    const { n } = this.ctx.storage.sql.exec<{ n: number }>("SELECT count(*) AS n FROM slots WHERE day = ?", day).one();
    this.counts.set(day, n);
    return n;
  }

  private forgetOldDays(today: string): void {
    const days = this.ctx.storage.sql
      .exec<{ day: string }>("SELECT DISTINCT day FROM slots WHERE day < ? ORDER BY day DESC", today)
      .toArray();
    const oldest = days[DAYS_KEPT - 1];
    if (oldest !== undefined) this.ctx.storage.sql.exec("DELETE FROM slots WHERE day <= ?", oldest.day);
  }
}
