import { expect, test } from "vitest";
import type { Evidence, Violation } from "./evidence.ts";
import { CALM, DOUBTED, honestRun, pulsesOf, REPLIER, withEnrollment } from "./given.ts";
import { judge } from "./judge.ts";

test("a run in which every promise held is passed, and counted", () => {
  const { figures, violations } = judge(honestRun());
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ sent: 4, lost: 0, duplicates: 0, silentSkips: 0, ambiguous: 1, surfaced: 1 });
  expect(figures).toMatchObject({
    ambiguousArrived: 1,
    intentsOpenAtKill: 1,
    begunAtKill: 1,
    surfacedSecondsMax: 3,
  });
});

const first = <Item>([item]: readonly Item[]): Item => {
  if (item === undefined) throw new Error("the honest run has none");
  return item;
};

/** Each with the promise that has to be found broken, and by which lead. */
const FAULTS: readonly [string, Violation["promise"], string, (run: Evidence) => Evidence][] = [
  [
    "a second mail of a step",
    "no duplicate",
    CALM,
    (run) => withRecord(run, { mails: [...run.record.mails, first(run.record.mails)] }),
  ],
  [
    "a step that is called sent and never arrived",
    "nothing lost",
    CALM,
    (run) => withRecord(run, { mails: run.record.mails.filter(({ lead, step }) => lead !== CALM || step !== 1) }),
  ],
  [
    "an enrollment that still waits",
    "nothing lost",
    CALM,
    (run) => withEnrollment(run, CALM, { state: "active", phase: "waiting" }),
  ],
  [
    "an enrollment that stopped for a reply that nobody sent",
    "nothing lost",
    CALM,
    (run) => withEnrollment(run, CALM, { state: "exited", exitReason: "replied" }),
  ],
  [
    "a lead that was never enrolled",
    "nothing lost",
    "?",
    (run) => ({ ...run, amount: { ...run.amount, enrollments: 4 } }),
  ],
  [
    "an enrollment that the API has forgotten",
    "nothing lost",
    CALM,
    (run) => ({
      ...run,
      accounts: run.accounts.map((one) => (one.lead === CALM ? { ...one, enrollment: null } : one)),
    }),
  ],
  [
    "an accepted reply that nobody knows of",
    "nothing lost",
    REPLIER,
    (run) => withEnrollment(run, REPLIER, { replyCount: 0 }),
  ],
  [
    "a reply that was handed in twice and counted twice",
    "nothing lost",
    REPLIER,
    (run) => withEnrollment(run, REPLIER, { replyCount: 2 }),
  ],
  [
    "a completed enrollment with a step less",
    "no silent skip",
    CALM,
    (run) => withOutcomes(run, CALM, (all) => all.slice(0, 1)),
  ],
  [
    "a step between that has no outcome",
    "no silent skip",
    CALM,
    (run) => withOutcomes(run, CALM, (all) => all.slice(1)),
  ],
  [
    "a step that was skipped without being asked to",
    "no silent skip",
    CALM,
    (run) => withOutcomes(run, CALM, (all) => all.map((one) => ({ ...one, outcome: "skipped" }))),
  ],
  ["a step with two outcomes", "no silent skip", CALM, (run) => withOutcomes(run, CALM, (all) => [first(all), ...all])],
  [
    "a doubt at a provider that knows its keys",
    "no doubt where keys are known",
    DOUBTED,
    (run) => ({ ...run, provider: "idempotent" }),
  ],
  ["a doubt that was shown nowhere", "doubt is shown", DOUBTED, (run) => ({ ...run, surfaced: [] })],
  [
    "a doubt that the log showed after two minutes",
    "doubt is shown",
    DOUBTED,
    (run) => ({ ...run, surfaced: run.surfaced.map((one) => ({ ...one, inLogAt: one.inLogAt + 120_000 })) }),
  ],
  [
    "a doubt that was shown after a minute, with restarts all along it",
    "doubt is shown",
    DOUBTED,
    (run) => restartedAfterTheDoubt({ ...run, surfaced: lateBy(run, 150_000) }, { everyMs: 3_000, downMs: 1_500 }),
  ],
  ["a doubt that no kill explains", "doubt has a cause", DOUBTED, (run) => withRecord(run, { kills: [] })],
  [
    "a doubt about a message that was accepted seconds before the kill",
    "doubt has a cause",
    DOUBTED,
    (run) => withTalk(killedLater(run, 3_000), { answeredAt: talkOf(run).openedAt + 20 }),
  ],
  [
    "a doubt about a message that was accepted, and a kill that came while its lease ran",
    "doubt has a cause",
    DOUBTED,
    (run) => killedAgain(withTalk(killedLater(run, 3_000), { answeredAt: talkOf(run).openedAt + 20 }), 5_000),
  ],
  [
    "a doubt about an intent that was there long before the kill and reached nobody",
    "doubt has a cause",
    DOUBTED,
    (run) => withoutTalk(killedLater(run, 3_000)),
  ],
  [
    "a doubt that a living system made up from an answer",
    "doubt has a cause",
    DOUBTED,
    (run) => doubtedBy(withTalk(killedLater(run, 3_000), { answeredAt: talkOf(run).openedAt + 20 }), "lost"),
  ],
  [
    "two doubts at a kill that cut one connection off",
    "doubt has a cause",
    DOUBTED,
    (run) => withSecondDoubt(withTalk(killedLater(run, 3_000), { lead: null, step: null })),
  ],
  [
    "words of another draft",
    "the words asked for",
    CALM,
    (run) =>
      withRecord(run, {
        mails: run.record.mails.map((mail) =>
          mail.lead === CALM ? { ...mail, draftId: `drf_${"x".repeat(16)}_0_1` } : mail,
        ),
      }),
  ],
  [
    "a mail after the reply was accepted",
    "nothing after a reply",
    REPLIER,
    (run) =>
      withRecord(run, {
        mails: [...run.record.mails, { ...mailOf(run, REPLIER), step: 1, at: acceptedAt(run) + 4_000 }],
      }),
  ],
  [
    "a mail of a step that says it was stopped",
    "a mail is told",
    REPLIER,
    (run) =>
      withRecord(run, {
        mails: [...run.record.mails, { ...mailOf(run, REPLIER), step: 1, at: acceptedAt(run) - 100 }],
      }),
  ],
  [
    "a mail of a step without an outcome",
    "a mail is told",
    REPLIER,
    (run) => withOutcomes(run, REPLIER, (all) => all.slice(1)),
  ],
  [
    "a step that was stopped for no reply",
    "no silent skip",
    REPLIER,
    (run) => withOutcomes(run, REPLIER, (all) => all.map((one) => ({ ...one, reason: null }))),
  ],
  [
    "a step asked for after the reply was accepted",
    "nothing after a reply",
    REPLIER,
    (run) =>
      withRecord(run, {
        requests: [...run.record.requests, { ...requestOf(run, REPLIER), arrivedAt: acceptedAt(run) + 4_000 }],
      }),
  ],
  [
    "a step behind a held one",
    "nothing passes a held step",
    DOUBTED,
    (run) =>
      withEnrollment({ ...run, onAmbiguous: "hold" }, DOUBTED, {
        state: "held",
        phase: "held",
        heldReason: "ambiguous",
        currentStep: 0,
      }),
  ],
  [
    "an answered request that the log doesn't have",
    "the log is what crossed the wire",
    CALM,
    (run) => withoutLine(run, CALM, 1),
  ],
  [
    "an answer that the log doesn't have, seconds before the kill",
    "the log is what crossed the wire",
    CALM,
    (run) => withoutExchange(run, CALM, "cadence.step.fired", 0),
  ],
  [
    "an answer just before the kill that was never asked for again",
    "the log is what crossed the wire",
    CALM,
    (run) => withoutExchange(run, CALM, "cadence.step.fired", 1),
  ],
  [
    "an answer seconds before the kill that was not taken and asked for again",
    "the log is what crossed the wire",
    CALM,
    (run) => askedAgain(killedLater(run, 3_000), 2_000),
  ],
  [
    "a last line that never came into the log",
    "the log is what crossed the wire",
    CALM,
    (run) => ({ ...withoutExchange(run, CALM, "cadence.step.fired", 1), accounts: withoutLast(run, CALM).accounts }),
  ],
  ["a line of the log that comes twice", "the log is what crossed the wire", CALM, (run) => withLineTwice(run, CALM)],
  [
    "an exchange that the customer never saw",
    "the log is what crossed the wire",
    CALM,
    (run) => withRecord(run, { requests: run.record.requests.filter(({ lead, step }) => lead !== CALM || step !== 0) }),
  ],
  [
    "a log with other rows than the timelines",
    "the log is what crossed the wire",
    "?",
    (run) => ({ ...run, logged: run.logged - 1 }),
  ],
  ["kills that never happened", "work was done", "–", (run) => ({ ...run, amount: { ...run.amount, kills: 20 } })],
];

test.each(FAULTS)("%s is found", (_what, promise, lead, plant) => {
  const { violations } = judge(plant(honestRun()));
  expect(violations.map((one) => [one.promise, one.lead])).toContainEqual([promise, lead]);
});

test("what a kill cut off is excused: an intent before its connection, a connection before its recipient, an answer at once", () => {
  const unseen = withRecord(withoutTalk(honestRun()), {
    mails: honestRun().record.mails.filter(({ lead, step }) => lead !== DOUBTED || step !== 1),
  });
  expect(judge(unseen)).toMatchObject({
    violations: [],
    figures: { ambiguous: 1, intentsOpenAtKill: 1, begunAtKill: 0 },
  });
  const unknown = withTalk(killedLater(honestRun(), 3_000), { lead: null, step: null });
  expect(judge(unknown)).toMatchObject({ violations: [], figures: { intentsOpenAtKill: 1, begunAtKill: 1 } });
  const answered = withTalk(honestRun(), { answeredAt: kill(honestRun()).at - 5 });
  expect(judge(answered)).toMatchObject({
    violations: [],
    figures: { intentsOpenAtKill: 1, begunAtKill: 1, marginMsNeeded: 5 },
  });
  expect(judge(askedAgain(honestRun(), 5)).violations).toEqual([]);
});

test("a system that is down shows nothing: only its uptime counts until a doubt is shown", () => {
  const run = { ...honestRun(), surfaced: lateBy(honestRun(), 150_000) };
  const down = restartedAfterTheDoubt(run, { everyMs: 3_000, downMs: 2_500 });
  expect(judge(down)).toMatchObject({ violations: [], figures: { surfacedSecondsMax: expect.closeTo(25.5, 0) } });
});

test("a doubtful message that a person let go out again is no duplicate; one without a doubt is", () => {
  const run = { ...honestRun(), onAmbiguous: "resend_after" as const };
  const twice = (lead: string) =>
    withRecord(run, {
      mails: run.record.mails.flatMap((mail) => (mail.lead === lead && mail.step === 1 ? [mail, mail] : [mail])),
    });
  expect(judge(twice(DOUBTED)).figures.duplicates).toBe(0);
  expect(judge(twice(CALM)).figures.duplicates).toBe(1);
});

function withRecord(run: Evidence, change: Partial<Evidence["record"]>): Evidence {
  return { ...run, record: { ...run.record, ...change } };
}

type Outcomes = NonNullable<Evidence["accounts"][number]["enrollment"]>["outcomes"];

function withOutcomes(run: Evidence, lead: string, change: (outcomes: Outcomes) => Outcomes): Evidence {
  const outcomes = run.accounts.find((one) => one.lead === lead)?.enrollment?.outcomes ?? [];
  return withEnrollment(run, lead, { outcomes: change(outcomes) });
}

function kill(run: Evidence) {
  return first(run.record.kills);
}

/** The kill comes this much later after the doubted message. */
function killedLater(run: Evidence, ms: number): Evidence {
  const [started = 0] = run.record.readyAt;
  const later = { ...kill(run), beganAt: kill(run).beganAt + ms, at: kill(run).at + ms };
  const pulses = pulsesOf(1, started, later.at);
  const readyAt = [started, later.at + 1_500];
  return withRecord(withTalk(run, { closedAt: later.at }), { kills: [later], readyAt, pulses });
}

/** And once more, this much after the first, while the lease of the doubted message runs. */
function killedAgain(run: Evidence, ms: number): Evidence {
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
function talkOf(run: Evidence) {
  return first(run.record.conversations.filter(({ lead, step }) => lead === DOUBTED && step === 1));
}

function withTalk(run: Evidence, change: Partial<Evidence["record"]["conversations"][number]>): Evidence {
  const its = talkOf(run);
  const conversations = run.record.conversations.map((talk) => (talk === its ? { ...talk, ...change } : talk));
  return withRecord(run, { conversations });
}

function withoutTalk(run: Evidence): Evidence {
  const its = talkOf(run);
  return withRecord(run, { conversations: run.record.conversations.filter((talk) => talk !== its) });
}

/** The doubt at once, by what a sender said, and not after a lease. */
function doubtedBy(run: Evidence, stage: string): Evidence {
  const at = new Date(talkOf(run).openedAt + 25).toISOString();
  return withLines(run, DOUBTED, (line) => (line.what === "send_doubtful" ? { ...line, at, detail: { stage } } : line));
}

/** The calm lead's last step is in doubt as well, at the same time, and the mail server knows nothing of it. */
function withSecondDoubt(run: Evidence): Evidence {
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

function lateBy(run: Evidence, ms: number): Evidence["surfaced"] {
  return run.surfaced.map((one) => ({ ...one, inLogAt: one.inLogAt + ms }));
}

/** From the end of the doubted message's lease on the system is killed again and again, for five minutes. */
function restartedAfterTheDoubt(run: Evidence, times: { readonly everyMs: number; readonly downMs: number }): Evidence {
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
function withoutExchange(run: Evidence, lead: string, what: string, step: number): Evidence {
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
function askedAgain(run: Evidence, beforeKillMs: number): Evidence {
  const told = first(
    run.record.requests.filter(({ lead, step, attempt }) => lead === CALM && step === 1 && attempt === null),
  );
  const at = kill(run).at;
  const again = { ...told, boot: 2, arrivedAt: at + 46_000, answeredAt: at + 46_010 };
  const cut = { ...told, answeredAt: at - beforeKillMs };
  return withRecord(run, { requests: run.record.requests.flatMap((seen) => (seen === told ? [cut, again] : [seen])) });
}

/** The object has written it, and the log hasn't got it. */
function withoutLast(run: Evidence, lead: string): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: one.timeline.slice(0, -1) } : one,
  );
  return { ...run, accounts };
}

function withoutLine(run: Evidence, lead: string, line: number): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: one.timeline.filter((_, place) => place !== line - 1) } : one,
  );
  return { ...run, accounts };
}

function withLineTwice(run: Evidence, lead: string): Evidence {
  const accounts = run.accounts.map((one) =>
    one.lead === lead ? { ...one, timeline: [...one.timeline, first(one.timeline)] } : one,
  );
  return { ...run, accounts };
}

function mailOf(run: Evidence, lead: string) {
  return first(run.record.mails.filter((mail) => mail.lead === lead));
}

function requestOf(run: Evidence, lead: string) {
  return first(run.record.requests.filter((seen) => seen.lead === lead));
}

function acceptedAt(run: Evidence): number {
  return first(run.record.replies).acceptedAt ?? 0;
}
