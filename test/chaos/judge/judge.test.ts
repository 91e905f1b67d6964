import { expect, test } from "vitest";
import {
  acceptedAt,
  askedAgain,
  doubtedBy,
  first,
  kill,
  killedAgain,
  killedLater,
  lateBy,
  mailOf,
  requestOf,
  restartedAfterTheDoubt,
  talkOf,
  withLineTwice,
  withOutcomes,
  withoutExchange,
  withoutLast,
  withoutLine,
  withoutTalk,
  withRecord,
  withSecondDoubt,
  withTalk,
} from "./change-run.ts";
import type { Evidence, Violation } from "./evidence.ts";
import { CALM, DOUBTED, honestRun, REPLIER, withEnrollment } from "./given.ts";
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
    "a doubt about a message that was accepted, and a start after it that never gave a sign of life",
    "doubt has a cause",
    DOUBTED,
    (run) => killedAgain(withTalk(killedLater(run, 3_000), { answeredAt: talkOf(run).openedAt + 20 }), 1_520),
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
