import type { EnrollmentSummary } from "../../../core/contract/enrollment.ts";
import type { LogEntry } from "../../../core/contract/log.ts";
import type { FarSide, Seen } from "./far-side.ts";
import { type Kind, leadsOf } from "./kind.ts";

/** A mail as the recipients' server got it. */
export interface ArrivedMail {
  readonly to: string;
  readonly text: string;
}

/** What a run has left behind, on both sides. */
export interface Evidence {
  readonly seen: readonly Seen[];
  readonly rightWords: FarSide["rightWords"];
  readonly mails: readonly ArrivedMail[];
  readonly lines: readonly LogEntry[];
  readonly enrollments: readonly EnrollmentSummary[];
  /** When `enrollments` was read, in milliseconds since the epoch. */
  readonly readAt: number;
}

/** The kind in the name of a lead, `<kind>-<number>`, or of its address. */
export function kindOf(lead: string): string {
  return /^(.*)-\d+(?:@.*)?$/.exec(lead)?.[1] ?? "";
}

/** Each mail that isn't the one right mail to its lead. */
export function wrongMails({ mails, rightWords }: Evidence): string[] {
  const arrived = new Set<string>();
  return mails.flatMap(({ to, text }) => {
    const right = rightWords.get(to);
    const isSecond = arrived.has(to);
    arrived.add(to);
    if (right !== text.trim()) return [`to ${to}: ${text.trim().slice(0, 80)}`];
    return isSecond ? [`a second mail to ${to}`] : [];
  });
}

/** Each kind's leads that should have got a mail and have not, or the other way round. */
export function missingMails({ mails }: Evidence, kinds: readonly Kind[]): string[] {
  return kinds.flatMap((kind) => {
    const got = mails.filter(({ to }) => kindOf(to) === kind.name).length;
    if (kind.mails === "any" || got === (kind.mails === "all" ? leadsOf(kind) : 0)) return [];
    return [`${kind.name}: ${got} mails`];
  });
}

const AGAIN_AT_ONCE_MS = 10_000;

/** Each enrollment that is neither sent, nor held with its reason, nor waiting until a time that is to come. */
export function hungEnrollments({ enrollments, readAt }: Evidence, kinds: readonly Kind[]): string[] {
  return enrollments.flatMap(({ leadExternalId, state, phase, heldReason, nextDueAt }) => {
    const mayEnd = kinds.find(({ name }) => name === kindOf(leadExternalId))?.mails !== "none";
    if (state === "completed") return mayEnd ? [] : [`${leadExternalId} is completed without an answer`];
    if (state === "held") return heldReason === null ? [`${leadExternalId} is held without a reason`] : [];
    if (state === "active" && nextDueAt !== null && Date.parse(nextDueAt) > readAt - AGAIN_AT_ONCE_MS) return [];
    return [`${leadExternalId} is ${state}, ${phase}, next due ${nextDueAt}`];
  });
}

/** Each request that the far side got and the log doesn't have, or the log twice; and each line without its code. */
export function logFaults({ seen, lines }: Evidence, kinds: readonly Kind[], kindOfLine: KindOfLine): string[] {
  const key = ({ id, attempt }: { id: string; attempt: number | null }) => `${id} ${attempt ?? "event"}`;
  const logged = count(
    lines.map((line) => key({ id: line.subjectId ?? "", attempt: isDraft(line) ? line.attempt : null })),
  );
  const arrived = count(seen.map(key));
  const unlogged = [...arrived].flatMap(([what, times]) => {
    const known = logged.get(what) ?? 0;
    return known === times ? [] : [`${what} came ${times} times and is logged ${known} times`];
  });
  const nameless = lines.filter(isDraft).flatMap((line) => {
    const kind = kinds.find(({ name }) => name === kindOfLine(line));
    if (kind?.outcomes.includes(line.outcome ?? "") !== true)
      return [`${line.subjectId} ${line.attempt} of ${kind?.name}: outcome ${line.outcome}`];
    const needsReason = line.outcome === "draft_invalid" || line.outcome === "network" || line.outcome === "timeout";
    return needsReason && (line.reason ?? "") === "" ? [`${line.subjectId} of ${kind.name} has no reason`] : [];
  });
  return [...unlogged, ...nameless];
}

type KindOfLine = (line: LogEntry) => string | undefined;

/** Whether a line is an attempt at a draft, and not an event. */
export function isDraft(line: LogEntry): boolean {
  return line.what === "cadence.step.draft.requested";
}

function count(keys: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}
