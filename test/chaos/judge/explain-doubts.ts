import { LEASE_MS } from "../../../core/contract/limits.ts";
import { type MessageKey, messageKey, openSpans } from "../open-sends.ts";
import type { Conversation, Kill } from "../record.ts";
import type { Evidence } from "./evidence.ts";
import { marginsOf } from "./margins.ts";
import { uptimeBetween } from "./uptime.ts";

/** Between the rig's note of an answer's last byte and the engine's reading of it. */
const CLOCKS_MS = 50;
/** Of the system's uptime, from the end of a lease to the commit of what that means. On an idle machine it is under 0.1 s. */
const ALARMED_WITHIN_MS = 3_000;

/** A message that the system calls doubtful, and when its log says that it began to. */
export interface Doubt {
  readonly key: MessageKey;
  readonly lead: string;
  readonly step: number;
  /** The last `send_doubtful` line; null when the log has none. */
  readonly doubtedAt: number | null;
  /** Whether the intent's lease ran out, as the line says; else the sender itself gave the message up. */
  readonly isByLease: boolean;
}

/** The kill that a doubt comes from, and what was open at it. */
export interface Explanation {
  readonly kill: Kill;
  /** What the mail server had of it: its own connection, one that hadn't named its recipient, or nothing yet. */
  readonly by: "own" | "unknown" | "unseen";
  /** From when on it is to be shown: the end of its lease, at the latest. */
  readonly leaseEndAt: number;
  /** From an acceptance that was written and not taken to the kill; 0 where none was written. */
  readonly takenMs: number;
  /** Uptime from the end of the lease to the line in the log. */
  readonly alarmedMs: number;
}

/**
 * A doubt is excused by one kill and one thing only that was open at it, and each thing excuses one doubt.
 *
 * When a message fell into doubt is known to the millisecond: the engine says so in its log when the lease of the intent
 * has run out, 45 s after it, or by and by after the next start when it was down then. So the intent lies a lease before
 * that line, and the kill is the one that ended the start which that time belongs to. At that kill there must have been
 * - a connection of that start, for this lead and step, that the mail server had not answered (or so shortly before that
 *   the answer may not have been taken), begun when the intent was; or else
 * - such a connection that had not named its recipient yet; or else
 * - nothing: the intent was committed and the kill came before the mail server saw a connection. That excuses only what it
 *   never heard of in that start, and only for a moment before the kill.
 * And the words must have been there by then. An acceptance that a living system lost, an intent that it forgot, and a
 * doubt that it made up are not excused by whatever kill came later.
 */
export function explainDoubts(evidence: Evidence, doubts: readonly Doubt[]): Map<MessageKey, Explanation> {
  const { record } = evidence;
  const killOf = new Map(record.kills.map((kill) => [kill.boot, kill]));
  const begun = begunAtKills(record);
  const marginOf = marginsOf(record);
  const used = new Set<Conversation>();
  const found = new Map<MessageKey, Explanation>();
  const datable = datableOf(evidence, doubts);

  const byConversation = (by: "own" | "unknown", isIts: (talk: Conversation, doubt: Doubt) => boolean) => {
    for (const { doubt, latestIntent, explained } of datable) {
      if (found.has(doubt.key)) continue;
      const fits = ({ openedAt, boot }: Conversation) => latestIntent(openedAt - marginOf(boot), openedAt) !== null;
      const talk = begun.findLast((one) => !used.has(one) && isIts(one, doubt) && fits(one));
      const kill = talk && killOf.get(talk.boot);
      if (talk === undefined || kill === undefined) continue;
      used.add(talk);
      const takenMs = talk.answeredAt === null ? 0 : Math.max(0, kill.beganAt - talk.answeredAt);
      found.set(doubt.key, explained(kill, by, talk.openedAt, takenMs));
    }
  };
  byConversation("own", (talk, { lead, step }) => talk.lead === lead && (talk.step ?? step) === step);
  byConversation("unknown", ({ lead }) => lead === null);
  for (const { doubt, latestIntent, explained } of datable) {
    if (found.has(doubt.key) || !doubt.isByLease) continue;
    const isKnown = (boot: number) =>
      record.conversations.some((one) => one.boot === boot && one.lead === doubt.lead && one.step === doubt.step);
    const kill = record.kills.findLast(
      ({ boot, beganAt, at }) => latestIntent(beganAt - marginOf(boot), at) !== null && !isKnown(boot),
    );
    if (kill !== undefined) found.set(doubt.key, explained(kill, "unseen", kill.at, 0));
  }
  return found;
}

/** The connections that a kill cut off: not answered, or in the last moment before it and nobody had been told. */
export function begunAtKills(record: Evidence["record"]): Conversation[] {
  const { conversations, kills } = record;
  const killedAt = new Map(kills.map(({ boot, beganAt }) => [boot, beganAt]));
  const marginOf = marginsOf(record);
  const spans = openSpans(record);
  return conversations.filter(({ boot, lead, step, answeredAt, closedAt }) => {
    const endAt = killedAt.get(boot);
    const toldAt = lead === null || step === null ? undefined : spans.get(messageKey(lead, step))?.to;
    if (endAt === undefined || (toldAt !== undefined && toldAt <= endAt)) return false;
    if (answeredAt !== null) return endAt - answeredAt < marginOf(boot);
    return closedAt === null || closedAt >= endAt;
  });
}

/** The doubts whose intent can be dated, each with how. */
function datableOf({ record }: Evidence, doubts: readonly Doubt[]) {
  const spans = openSpans(record);
  return doubts.flatMap((doubt) => {
    const { doubtedAt, isByLease } = doubt;
    if (doubtedAt === null) return [];
    const leaseMs = isByLease ? LEASE_MS : 0;
    const wordsAt = spans.get(doubt.key)?.from ?? Number.POSITIVE_INFINITY;
    const alarmedMs = (intentAt: number) => uptimeBetween(record, intentAt + leaseMs, doubtedAt);
    /** The latest time from `from` to `to` at which its intent may have been committed, or null. */
    const latestIntent = (from: number, to: number): number | null => {
      const latest = Math.min(to, doubtedAt - leaseMs);
      const fits = latest >= from && latest >= wordsAt - CLOCKS_MS;
      return fits && (!isByLease || alarmedMs(latest) <= ALARMED_WITHIN_MS) ? latest : null;
    };
    const explained = (kill: Kill, by: Explanation["by"], intentAt: number, takenMs: number): Explanation => {
      const leaseEndAt = Math.min(intentAt + leaseMs, doubtedAt);
      return { kill, by, leaseEndAt, takenMs, alarmedMs: isByLease ? alarmedMs(leaseEndAt - leaseMs) : 0 };
    };
    return [{ doubt, latestIntent, explained }];
  });
}
