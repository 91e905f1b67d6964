import type { FarRecord, Kill } from "./record.ts";

/** A message by lead and step. */
export type MessageKey = `${string}/${number}`;

export function messageKey(lead: string, step: number): MessageKey {
  return `${lead}/${step}`;
}

/**
 * The messages whose sending had begun or could have begun at a kill, as the far sides alone can tell: the customer had
 * written its words, and nobody had yet been told what became of the message. That spans the engine's intent with both
 * its ends: it is committed after the words came, and the event that tells of the outcome leaves after that was committed.
 * It says what to look at after a kill and is far too wide to excuse a doubt: a message that waits for its lease is open at
 * every kill meanwhile. What excuses one is in judge/explain-doubts.ts.
 */
export function openAt(kill: Kill, spans: ReadonlyMap<MessageKey, Span>): MessageKey[] {
  return [...spans].filter(([, { from, to }]) => from <= kill.at && kill.at < to).map(([key]) => key);
}

/** From the customer's words to the event that tells of the outcome; without an end when none was told. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const TELLING: ReadonlySet<string> = new Set(["cadence.step.fired", "cadence.step.ambiguous"]);

/** The span of every message whose words were written. */
export function openSpans({ requests }: Pick<FarRecord, "requests">): Map<MessageKey, Span> {
  const spans = new Map<MessageKey, Span>();
  for (const { type, lead, step, arrivedAt, answeredAt } of requests) {
    if (step === null) continue;
    const key = messageKey(lead, step);
    const span = spans.get(key) ?? { from: Number.POSITIVE_INFINITY, to: Number.POSITIVE_INFINITY };
    if (TELLING.has(type)) spans.set(key, { ...span, to: Math.min(span.to, arrivedAt) });
    else if (type === "cadence.step.draft.requested" && answeredAt !== null)
      spans.set(key, { ...span, from: Math.min(span.from, answeredAt) });
  }
  return spans;
}
