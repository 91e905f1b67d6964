import { expect, test } from "vitest";
import type { Evidence, Violation } from "./evidence.ts";
import { CALM, DOUBTED, honestRun, REPLIER, withEnrollment } from "./given.ts";
import { judge } from "./judge.ts";

test("a run in which every promise held is passed, and counted", () => {
  const { figures, violations } = judge(honestRun());
  expect(violations).toEqual([]);
  expect(figures).toMatchObject({ sent: 4, lost: 0, duplicates: 0, silentSkips: 0, ambiguous: 1, surfaced: 1 });
  expect(figures).toMatchObject({ ambiguousArrived: 1, intentsOpenAtKill: 1, begunAtKill: 1, surfacedSecondsMax: 3 });
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
  ["a doubt that no kill explains", "doubt is shown", DOUBTED, (run) => withRecord(run, { kills: [] })],
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
