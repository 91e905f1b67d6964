import type { CadenceVersion } from "./cadence.ts";
import { stepDelayMs } from "./contract/step.ts";
import { type DayRange, nextOpening } from "./opening.ts";
import { dayAfter, dayIn, nextDay } from "./schedule.ts";
import { sendingTimes } from "./sending-times.ts";

/** Enrollments that stand alike: so many, in this step, due at `dueAt` (ms). */
export interface Standing {
  readonly count: number;
  readonly mailboxId: string | null;
  readonly version: number;
  readonly step: number;
  readonly dueAt: number;
  readonly timeZone: string;
  readonly country: string | null;
  /** They have their place in the day's count already. */
  readonly hasSlot: boolean;
}

/** What bounds what may go out. Days are YYYY-MM-DD in the tenant's zone; a day that isn't named is not bounded. */
export interface Bounds {
  readonly timeZone: string;
  readonly blackoutDates: readonly DayRange[];
  /** Places that are taken already today, in the cadence's count. */
  readonly takenToday: number;
  /** The same by cadence, where several are reckoned with together. */
  readonly takenBy?: Readonly<Record<string, number>>;
  /** What a new tenant may still send, by day. */
  readonly tenantRoom: Readonly<Record<string, number>>;
  /** What each mailbox may still send, by mailbox and day. */
  readonly mailboxRoom: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Messages by mailbox ("" for none) and day. */
export interface Forecast {
  readonly days: readonly { readonly day: string; readonly byMailbox: Readonly<Record<string, number>> }[];
  /** Messages that are due within these days and don't fit. */
  readonly putOff: number;
}

/**
 * How many messages go out in the `days` from `now` (ms) on, as if nobody replied, was away or was enrolled anew: each step at
 * the first opening after it is due, in the order of their times, the day's caps filled from the front.
 */
export function forecast(
  standings: readonly Standing[],
  versions: Readonly<Record<number, CadenceVersion>>,
  bounds: Bounds,
  now: number,
  days: number,
): Forecast {
  const { timeZone } = bounds;
  const today = dayIn(now, timeZone);
  const list = [today];
  while (list.length < days) list.push(dayAfter(list.at(-1) ?? today));
  const lastDay = list.at(-1) ?? today;
  const sent = new Map<string, Map<string, number>>(list.map((day) => [day, new Map()]));
  const room = roomOf(bounds, today);
  const opening = openings(versions, bounds);
  const queue = new Queue(
    standings.map((standing) => {
      const dueAt = Math.max(standing.dueAt, now);
      return { ...standing, dueAt, since: dueAt };
    }),
  );
  let putOff = 0;
  for (let next = queue.take(); next !== null; next = queue.take()) {
    const version = versions[next.version];
    const step = version?.steps[next.step];
    if (version === undefined || step === undefined) continue;
    const at = step.kind === "wait" ? next.dueAt : opening(next);
    if (at === null) continue;
    const day = dayIn(at, timeZone);
    if (day > lastDay) {
      if (dayIn(next.since, timeZone) <= lastDay && step.kind !== "wait") putOff += next.count;
      continue;
    }
    if (at > next.dueAt) {
      queue.put({ ...next, dueAt: at });
      continue;
    }
    // What goes by LinkedIn, or is a person's, uses no mailbox up.
    const mailboxId = step.kind === "email" ? next.mailboxId : null;
    const goes = step.kind === "wait" ? next.count : room.take(version, { ...next, mailboxId }, day);
    if (step.kind !== "wait" && goes > 0) add(sent.get(day), mailboxId ?? "", goes);
    if (goes < next.count) queue.put({ ...next, count: next.count - goes, dueAt: nextDay(at, timeZone) });
    const following = version.steps[next.step + 1];
    if (goes === 0 || following === undefined) continue;
    const dueAt = at + stepDelayMs(following);
    queue.put({ ...next, count: goes, step: next.step + 1, dueAt, since: dueAt, hasSlot: false });
  }
  return { days: list.map((day) => ({ day, byMailbox: Object.fromEntries(sent.get(day) ?? []) })), putOff };
}

/** What is left of each day's caps. */
function roomOf({ takenToday, takenBy = {}, tenantRoom, mailboxRoom }: Bounds, today: string) {
  const used = new Map<string, number>();
  const takenBefore = (id: string, day: string) => (day === today ? (takenBy[id] ?? takenToday) : 0);
  const [ofTenant, ofMailbox] = [new Map<string, number>(), new Map<string, number>()];
  return {
    /** How many of these may go on `day`; they are counted. */
    take({ id, settings }: CadenceVersion, { count, mailboxId, hasSlot }: Standing, day: string): number {
      if (hasSlot) return count;
      const mailbox = `${mailboxId} ${day}`;
      const cadence = `${id} ${day}`;
      const left = Math.min(
        settings.dailySendCap - takenBefore(id, day) - (used.get(cadence) ?? 0),
        (tenantRoom[day] ?? Number.POSITIVE_INFINITY) - (ofTenant.get(day) ?? 0),
        (mailboxRoom[mailboxId ?? ""]?.[day] ?? Number.POSITIVE_INFINITY) - (ofMailbox.get(mailbox) ?? 0),
      );
      const goes = Math.min(count, Math.max(left, 0));
      for (const [counts, name] of [[used, cadence] as const, [ofTenant, day] as const, [ofMailbox, mailbox] as const])
        add(counts, name, goes);
      return goes;
    },
  };
}

/** The first opening at or after the time that some are due; each asked once for all who stand alike. */
function openings(versions: Readonly<Record<number, CadenceVersion>>, { blackoutDates }: Bounds) {
  const known = new Map<string, number | null>();
  return ({ version, timeZone, country, dueAt }: Standing): number | null => {
    const name = `${version} ${timeZone} ${country} ${dueAt}`;
    const settings = versions[version]?.settings;
    if (settings === undefined) return null;
    if (!known.has(name)) known.set(name, nextOpening(dueAt, timeZone, sendingTimes(settings, blackoutDates, country)));
    return known.get(name) ?? null;
  };
}

function add(counts: Map<string, number> | undefined, name: string, n: number): void {
  counts?.set(name, (counts.get(name) ?? 0) + n);
}

/** `since`: when the step was due before anything put it off. */
interface Queued extends Standing {
  readonly since: number;
}

/** By time, the earliest first; of the same time, who came first. */
class Queue {
  private readonly waiting: Queued[];

  constructor(standings: readonly Queued[]) {
    this.waiting = standings.toSorted((a, b) => b.dueAt - a.dueAt);
  }

  take(): Queued | null {
    return this.waiting.pop() ?? null;
  }

  put(standing: Queued): void {
    let [low, high] = [0, this.waiting.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.waiting[middle]?.dueAt ?? 0) > standing.dueAt) low = middle + 1;
      else high = middle;
    }
    this.waiting.splice(low, 0, standing);
  }
}
