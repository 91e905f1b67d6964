import type { LogEntry } from "../../../core/contract/log.ts";
import type { SeenRequest } from "../record.ts";
import type { Account, Evidence, Violation } from "./evidence.ts";

/** A busy machine may leave an answer unread for a while; a system that lived on for this long has taken it. */
const TAKEN_WITHIN_MS = 5_000;

/**
 * The log against what the customer saw. A request whose answer was surely taken stands in the log exactly once: its
 * words were sent, or for some seconds no kill followed. One that a kill cut off stands there once or not at all; that it
 * was begun shows in the next attempt's number. Nothing stands there that the customer never saw, no line is missing from
 * a timeline, and a sent step has its one message.
 */
export function judgeLog({ record, accounts, logged }: Evidence): Violation[] {
  const byId = groupBy(record.requests, ({ webhookId }) => webhookId);
  const isCut = cutOf(record);
  const perLead = accounts.flatMap((account) => judgeTimeline(account, byId, isCut));
  const inTimelines = accounts.reduce((sum, { timeline }) => sum + exchangesOf(timeline).length, 0);
  const known = new Set(accounts.flatMap(({ timeline }) => timeline.flatMap(({ subjectId }) => subjectId ?? [])));
  const unheard = [...byId]
    .filter(([id, requests]) => !known.has(id) && requests.some((request) => !isCut(request)))
    .map(([id, [first]]) => wrong(first?.lead ?? "?", `${id} was answered and is not in the log`));
  const whole: Violation[] =
    inTimelines === logged ? [] : [wrong("?", `/v1/log has ${logged} exchanges, the timelines ${inTimelines}`)];
  return [...perLead, ...unheard, ...whole];
}

function judgeTimeline(
  { lead, timeline, enrollment }: Account,
  byId: ReadonlyMap<string, readonly SeenRequest[]>,
  isCut: IsCut,
): Violation[] {
  const found: Violation[] = [];
  const lines = timeline.map(({ id }) => Number(id.split("_").at(-1)));
  lines.forEach((line, place) => {
    if (line !== place + 1) found.push(wrong(lead, `line ${place + 1} of the timeline is line ${line}`));
  });
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

type IsCut = (request: SeenRequest) => boolean;

/** Whether a kill may have come between a request's answer and the commit of what it said. */
function cutOf({ kills, mails }: Evidence["record"]): IsCut {
  const sent = new Set(mails.map(({ draftId, attempt }) => `${draftId} ${attempt}`));
  const killedAt = new Map(kills.map(({ boot, at }) => [boot, at]));
  return ({ answeredAt, boot, webhookId, attempt }) => {
    const endAt = killedAt.get(boot) ?? Number.POSITIVE_INFINITY;
    if (answeredAt === null) return true;
    if (attempt !== null) return endAt !== Number.POSITIVE_INFINITY && !sent.has(`${webhookId} ${attempt}`);
    return endAt - answeredAt < TAKEN_WITHIN_MS;
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
