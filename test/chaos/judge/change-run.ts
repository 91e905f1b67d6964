import type { Evidence } from "./evidence.ts";
import { CALM, DOUBTED, pulsesOf, withEnrollment } from "./given.ts";

/** The first of what the honest run surely has. */
export function first<Item>([item]: readonly Item[]): Item {
  if (item === undefined) throw new Error("the honest run has none");
  return item;
}

/** The same run with other things seen by the far sides. */
export function withRecord(run: Evidence, change: Partial<Evidence["record"]>): Evidence {
  return { ...run, record: { ...run.record, ...change } };
}

type Outcomes = NonNullable<Evidence["accounts"][number]["enrollment"]>["outcomes"];

/** The same run with one lead's outcomes changed. */
export function withOutcomes(run: Evidence, lead: string, change: (outcomes: Outcomes) => Outcomes): Evidence {
  const outcomes = run.accounts.find((one) => one.lead === lead)?.enrollment?.outcomes ?? [];
  return withEnrollment(run, lead, { outcomes: change(outcomes) });
}

/** The kill that the doubt comes from. */
export function kill(run: Evidence) {
  return first(run.record.kills);
}

/** The kill comes this much later after the doubted message. */
export function killedLater(run: Evidence, ms: number): Evidence {
  const [started = 0] = run.record.readyAt;
  const later = { ...kill(run), beganAt: kill(run).beganAt + ms, at: kill(run).at + ms };
  const pulses = pulsesOf(1, started, later.at);
  const readyAt = [started, later.at + 1_500];
  return withRecord(withTalk(run, { closedAt: later.at }), { kills: [later], readyAt, pulses });
}

/** And once more, this much after the first, while the lease of the doubted message runs. */
export function killedAgain(run: Evidence, ms: number): Evidence {
  const { kills, readyAt, pulses } = run.record;
  const at = kill(run).at + ms;
  return withRecord(
    { ...run, amount: { ...run.amount, kills: 2 } },
    {
      kills: [...kills, { point: "random", boot: 2, beganAt: at, at }],
      readyAt: [...readyAt, at + 1_500],
      pulses: [...pulses, ...pulsesOf(2, readyAt.at(-1) ?? at, at)],
    },
  );
}

/** The connection of the doubted message. */
export function talkOf(run: Evidence) {
  return first(run.record.conversations.filter(({ lead, step }) => lead === DOUBTED && step === 1));
}

/** The same run with the doubted message's connection changed. */
export function withTalk(run: Evidence, change: Partial<Evidence["record"]["conversations"][number]>): Evidence {
  const its = talkOf(run);
  const conversations = run.record.conversations.map((talk) => (talk === its ? { ...talk, ...change } : talk));
  return withRecord(run, { conversations });
}

/** As if the mail server had seen no connection for the doubted message. */
export function withoutTalk(run: Evidence): Evidence {
  const its = talkOf(run);
  return withRecord(run, { conversations: run.record.conversations.filter((talk) => talk !== its) });
}

/** The doubt at once, by what a sender said, and not after a lease. */
export function doubtedBy(run: Evidence, stage: string): Evidence {
  const at = new Date(talkOf(run).openedAt + 25).toISOString();
  return withLines(run, DOUBTED, (line) => (line.what === "send_doubtful" ? { ...line, at, detail: { stage } } : line));
}

/** The calm lead's last step is in doubt as well, at the same time, and the mail server knows nothing of it. */
export function withSecondDoubt(run: Evidence): Evidence {
  const line = first(run.accounts.flatMap(({ timeline }) => timeline.filter(({ what }) => what === "send_doubtful")));
  const doubted = withOutcomes(run, CALM, (all) =>
    all.map((one) => (one.step === 1 ? { ...one, outcome: "ambiguous" } : one)),
  );
  const accounts = doubted.accounts.map((one) =>
    one.lead === CALM ? { ...one, timeline: [...one.timeline, line] } : one,
  );
  return withRecord(
    { ...doubted, accounts },
    { conversations: run.record.conversations.filter(({ lead, step }) => lead !== CALM || step !== 1) },
  );
}

/** The doubt, in the log so much later. */
export function lateBy(run: Evidence, ms: number): Evidence["surfaced"] {
  return run.surfaced.map((one) => ({ ...one, inLogAt: one.inLogAt + ms }));
}

/** From the end of the doubted message's lease on the system is killed again and again, for five minutes. */
export function restartedAfterTheDoubt(
  run: Evidence,
  times: { readonly everyMs: number; readonly downMs: number },
): Evidence {
  const from = kill(run).at + 45_000;
  const kills = [...run.record.kills];
  const readyAt = [...run.record.readyAt];
  for (let at = from; at < from + 300_000; at += times.everyMs) {
    kills.push({ point: "reload", boot: readyAt.length, beganAt: at, at });
    readyAt.push(at + times.downMs);
  }
  return withRecord({ ...run, amount: { ...run.amount, reloads: kills.length - 1 } }, { kills, readyAt });
}

function withLines(run: Evidence, lead: string, change: (line: Line) => Line): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: one.timeline.map(change) } : one,
  );
  return { ...run, accounts };
}

type Line = Evidence["accounts"][number]["timeline"][number];

/** As if the object had never written it: the lines behind it have the numbers before theirs. */
export function withoutExchange(run: Evidence, lead: string, what: string, step: number): Evidence {
  const accounts = run.accounts.map((one) => {
    if (one.lead !== lead) return one;
    const timeline = one.timeline
      .filter((line) => line.what !== what || line.step !== step)
      .map((line, place) => ({ ...line, id: line.id.replace(/\d+$/, `${place + 1}`) }));
    return { ...one, timeline, linesWritten: timeline.length };
  });
  return { ...run, accounts, logged: run.logged - 1 };
}

/** The calm lead's last event was answered so long before the kill, not taken, and told again after the restart. */
export function askedAgain(run: Evidence, beforeKillMs: number): Evidence {
  const told = first(
    run.record.requests.filter(({ lead, step, attempt }) => lead === CALM && step === 1 && attempt === null),
  );
  const at = kill(run).at;
  const again = { ...told, boot: 2, arrivedAt: at + 46_000, answeredAt: at + 46_010 };
  const cut = { ...told, answeredAt: at - beforeKillMs };
  return withRecord(run, { requests: run.record.requests.flatMap((seen) => (seen === told ? [cut, again] : [seen])) });
}

/** The object has written it, and the log hasn't got it. */
export function withoutLast(run: Evidence, lead: string): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: one.timeline.slice(0, -1) } : one,
  );
  return { ...run, accounts };
}

/** A line is missing in the middle. */
export function withoutLine(run: Evidence, lead: string, line: number): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: one.timeline.filter((_, place) => place !== line - 1) } : one,
  );
  return { ...run, accounts };
}

/** The first line comes twice. */
export function withLineTwice(run: Evidence, lead: string): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: [...one.timeline, first(one.timeline)] } : one,
  );
  return { ...run, accounts };
}

/** A lead's first mail. */
export function mailOf(run: Evidence, lead: string) {
  return first(run.record.mails.filter((mail) => mail.lead === lead));
}

/** A lead's first request. */
export function requestOf(run: Evidence, lead: string) {
  return first(run.record.requests.filter((seen) => seen.lead === lead));
}

/** When the reply was taken. */
export function acceptedAt(run: Evidence): number {
  return first(run.record.replies).acceptedAt ?? 0;
}
