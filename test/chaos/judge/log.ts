import type { LogEntry } from "../../../core/contract/log.ts";
import { messageKey } from "../open-sends.ts";
import type { SeenRequest } from "../record.ts";
import type { Account, Evidence, Violation } from "./evidence.ts";
import { marginsOf } from "./margins.ts";

/**
 * The log against what the customer saw, and against what the object counts. A request whose answer was surely taken
 * stands in the log exactly once: its words were sent, or for a moment no kill followed. One that a kill cut off stands
 * there once or not at all, and is then asked again until an answer does, unless the lead replied meanwhile. Nothing
 * stands there that the customer never saw, no line is missing from a timeline, be it the last, and a sent step has its
 * one message.
 */
export function judgeLog({ record, accounts, logged }: Evidence): Violation[] {
  const byId = groupBy(record.requests, ({ webhookId }) => webhookId);
  const isCut = cutOf(record);
  const perLead = accounts.flatMap((account) => judgeTimeline(account, byId, isCut));
  const inTimelines = accounts.reduce((sum, { timeline }) => sum + exchangesOf(timeline).length, 0);
  const heard = heardOf(accounts);
  const stopped = new Set(accounts.flatMap(({ lead, enrollment }) => stoppedSteps(lead, enrollment?.outcomes ?? [])));
  const isDropped = ({ lead, step, attempt }: SeenRequest) =>
    attempt !== null && step !== null && stopped.has(messageKey(lead, step));
  const unheard = [...byId]
    .filter(([id]) => !heard.has(id))
    .filter(([, seen]) => seen.some((one) => !isCut(one) || (one.answeredAt !== null && !isDropped(one))))
    .map(([id, [first]]) => wrong(first?.lead ?? "?", `${id} was answered, and no answer of it is in the log`));
  const whole: Violation[] =
    inTimelines === logged ? [] : [wrong("?", `/v1/log has ${logged} exchanges, the timelines ${inTimelines}`)];
  return [...perLead, ...unheard, ...whole];
}

function stoppedSteps(lead: string, outcomes: readonly { readonly step: number; readonly outcome: string }[]) {
  return outcomes.filter(({ outcome }) => outcome === "stopped").map(({ step }) => messageKey(lead, step));
}

function judgeTimeline(
  { lead, timeline, enrollment, linesWritten }: Account,
  byId: ReadonlyMap<string, readonly SeenRequest[]>,
  isCut: IsCut,
): Violation[] {
  const found: Violation[] = [];
  const lines = timeline.map(({ id }) => Number(id.split("_").at(-1)));
  lines.forEach((line, place) => {
    if (line !== place + 1) found.push(wrong(lead, `line ${place + 1} of the timeline is line ${line}`));
  });
  if (timeline.length !== linesWritten)
    found.push(wrong(lead, `the object has written ${linesWritten} lines, the timeline has ${timeline.length}`));
  for (const [id, exchanges] of groupBy(exchangesOf(timeline), ({ subjectId }) => subjectId ?? "")) {
    const seen = byId.get(id) ?? [];
    const heard = exchanges.filter(({ status }) => status !== null);
    const uncut = seen.filter((request) => !isCut(request));
    const isSeen = ({ requestSha256, attempt }: LogEntry) =>
      seen.some((one) => one.bodySha256 === requestSha256 && (one.attempt === null || one.attempt === attempt));
    if (heard.length > seen.length || !heard.every(isSeen))
      found.push(
        wrong(lead, `${id} has ${heard.length} answered attempts in the log, the customer saw ${seen.length}`),
      );
    if (heard.length < uncut.length)
      found.push(wrong(lead, `${id} was answered ${uncut.length} times, and the log has ${heard.length} of them`));
    if (new Set(exchanges.map(({ attempt }) => attempt)).size < exchanges.length)
      found.push(wrong(lead, `${id} has one attempt twice in the log`));
  }
  const outMessages = groupBy(
    timeline.filter(({ kind, what }) => kind === "message" && what === "out"),
    ({ step }) => step,
  );
  for (const { step, outcome } of enrollment?.outcomes ?? []) {
    const count = outMessages.get(step)?.length ?? 0;
    if ((outcome === "sent" && count !== 1) || count > 1)
      found.push(wrong(lead, `step ${step} is "${outcome}" and has ${count} messages in the log`));
  }
  return found;
}

/**
 * The longest from an answer that never came into the log to the kill, in milliseconds: what the margin is for. Whatever is
 * taken ends the asking, so of several answers to one request the first are those that were not.
 */
export function cutMsMax({ record, accounts }: Evidence): number {
  const killedAt = new Map(record.kills.map(({ boot, beganAt }) => [boot, beganAt]));
  const heard = heardOf(accounts);
  const cutMs = [...groupBy(record.requests, ({ webhookId }) => webhookId)].flatMap(([id, seen]) => {
    const answered = seen.flatMap(({ answeredAt, boot }) => (answeredAt === null ? [] : [{ answeredAt, boot }]));
    const cut = answered.slice(0, Math.max(0, answered.length - (heard.get(id) ?? 0)));
    return cut.map(({ answeredAt, boot }) => (killedAt.get(boot) ?? answeredAt) - answeredAt);
  });
  return Math.max(0, ...cutMs);
}

/** How many answers to each draft or event the log has. */
function heardOf(accounts: readonly Account[]): Map<string | null, number> {
  const exchanges = accounts.flatMap(({ timeline }) => exchangesOf(timeline).filter(({ status }) => status !== null));
  return new Map([...groupBy(exchanges, ({ subjectId }) => subjectId)].map(([id, some]) => [id, some.length]));
}

type IsCut = (request: SeenRequest) => boolean;

/** Whether a kill may have come between a request's answer and the commit of what it said. After the last start none did. */
function cutOf(record: Evidence["record"]): IsCut {
  const { kills, mails } = record;
  const marginOf = marginsOf(record);
  const sent = new Set(mails.map(({ draftId, attempt }) => `${draftId} ${attempt}`));
  const killedAt = new Map(kills.map(({ boot, beganAt }) => [boot, beganAt]));
  return ({ answeredAt, boot, webhookId, attempt }) => {
    if (answeredAt === null) return true;
    const endAt = killedAt.get(boot) ?? Number.POSITIVE_INFINITY;
    return endAt - answeredAt < marginOf(boot) && !sent.has(`${webhookId} ${attempt}`);
  };
}

function exchangesOf(timeline: readonly LogEntry[]): LogEntry[] {
  return timeline.filter(({ kind }) => kind === "exchange");
}

function wrong(lead: string, detail: string): Violation {
  return { promise: "the log is what crossed the wire", lead, detail };
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return groups;
}
