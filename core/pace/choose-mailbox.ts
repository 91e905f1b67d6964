import { extraMs } from "../jitter.ts";

/** One mailbox of a cadence's pool, as it stands when a lead is enrolled. */
export interface PoolMailbox {
  readonly id: string;
  readonly enabled: boolean;
  /** Messages that it has before it and leads that have none yet; null where it couldn't be asked. */
  readonly load: number | null;
  /** What it may send today; null where nothing bounds it. */
  readonly cap: number | null;
}

/** Which mailbox a lead gets, and why that one. `spread`: by chance alone, since they couldn't be asked. */
export interface MailboxChoice {
  readonly id: string;
  readonly why: "same_lead" | "most_room" | "spread";
}

/**
 * The mailbox of a pool for a new lead: the one that wrote to it before, as long as it sends; else the one with the most room
 * left today, or where none has any, the one that is through with what it has soonest. Ties fall by chance, the same for
 * the same `enrollmentId`. Those that are off are taken where all are; null for an empty pool.
 */
export function chooseMailbox(
  pool: readonly PoolMailbox[],
  wroteBefore: string | null,
  enrollmentId: string,
): MailboxChoice | null {
  const enabled = pool.filter((mailbox) => mailbox.enabled);
  const candidates = enabled.length > 0 ? enabled : pool;
  const known = candidates.find(({ id }) => id === wroteBefore);
  if (known !== undefined) return { id: known.id, why: "same_lead" };
  const asked = candidates.filter(({ load }) => load !== null);
  const [best] = [...(asked.length > 0 ? asked : candidates)].sort(
    (left, right) =>
      compareRoom(left, right) ||
      chance(enrollmentId, left) - chance(enrollmentId, right) ||
      (left.id < right.id ? -1 : 1),
  );
  return best === undefined ? null : { id: best.id, why: asked.length > 0 ? "most_room" : "spread" };
}

/** Below 0: `left` comes first. */
function compareRoom(left: PoolMailbox, right: PoolMailbox): number {
  const [leftLoad, rightLoad] = [left.load ?? 0, right.load ?? 0];
  if (left.cap === null || right.cap === null)
    return left.cap === right.cap ? leftLoad - rightLoad : left.cap === null ? -1 : 1;
  const [leftRoom, rightRoom] = [left.cap - leftLoad, right.cap - rightLoad];
  return leftRoom > 0 || rightRoom > 0 ? rightRoom - leftRoom : leftLoad / left.cap - rightLoad / right.cap;
}

function chance(enrollmentId: string, { id }: PoolMailbox): number {
  return extraMs(`${enrollmentId} ${id}`, 1_000_000);
}
