import type { Enrollment, SendJob, Words } from "../enrollment.ts";
import type { Lane } from "../events.ts";

/** A provider may note a message a little before our own clock says that we began. */
const CLOCKS_DIFFER_MS = 5_000;
/** Later than this the report may be about something else; then a person decides. */
const REPORTED_WITHIN_MS = 15 * 60_000;

/** A message of which nobody knows whether it was taken. `to` in lower case; times in milliseconds. */
export interface Doubt {
  readonly enrollmentId: string;
  readonly lane: Lane;
  readonly sendKey: string;
  readonly to: string;
  readonly subject: string;
  readonly intentAt: number;
}

/** Another message that a report could be about, because nobody heard its id: at about this time, with this subject where it is known. */
export interface Rival {
  readonly subject: string | null;
  readonly at: number;
}

/** What a provider's event feed says of one message that it took, by whatever event comes first. */
export interface TakenReport {
  readonly messageId: string;
  readonly subject: string;
  readonly at: number;
}

/** The messages of an enrollment that are in doubt, held for a person or waiting for their repeat. */
export function doubtsOf(state: Enrollment): readonly Doubt[] {
  return lanesOf(state).flatMap(({ lane, phase }) =>
    (phase.name === "held" || phase.name === "ready") &&
    phase.job !== null &&
    phase.job.doubt !== null &&
    phase.words !== null
      ? [doubt(state.id, lane, phase.job, phase.words)].filter((found) => found !== null)
      : [],
  );
}

/** What is on its way at this moment, and the steps that ended without anybody knowing whether their message arrived. */
export function rivalsOf(state: Enrollment): readonly Rival[] {
  const inFlight = lanesOf(state).flatMap(({ phase }) =>
    phase.name === "sending" ? [{ subject: phase.words.subject, at: phase.job.intentAt }] : [],
  );
  const unknown = state.outcomes.flatMap(({ outcome, at }) => (outcome === "ambiguous" ? [{ subject: null, at }] : []));
  return [...inFlight, ...unknown];
}

function lanesOf(state: Enrollment) {
  return [
    { lane: { of: "step" } as Lane, phase: state.phase },
    ...state.answers.map(({ reply, phase }) => ({ lane: { of: "reply", reply } as Lane, phase })),
  ];
}

function doubt(enrollmentId: string, lane: Lane, { sendKey, to, intentAt }: SendJob, words: Words): Doubt | null {
  if (to === null || words.subject === null) return null;
  return { enrollmentId, lane, sendKey, to: to.toLowerCase(), subject: words.subject, intentAt };
}

/**
 * Which doubts the reports end, all of one sender and one recipient: each with the provider's id for the message.
 * `known` are the ids of messages that were acknowledged, which are no doubt's. Where there are fewer reports than messages
 * that they could be about, rivals among them, nobody knows which one arrived, and none is settled (goal R13: none wrongly).
 */
export function settleDoubts(
  doubts: readonly Doubt[],
  rivals: readonly Rival[],
  reports: readonly TakenReport[],
  known: ReadonlySet<string>,
): readonly { readonly doubt: Doubt; readonly messageId: string }[] {
  const settled: { doubt: Doubt; messageId: string }[] = [];
  for (const subject of new Set(doubts.map((open) => open.subject))) {
    const open = doubts.filter((candidate) => candidate.subject === subject);
    const about = reports.filter(
      (report) =>
        report.subject === subject &&
        !known.has(report.messageId) &&
        open.some((candidate) => isAbout(report, candidate)),
    );
    const ids = [...new Set(about.map(({ messageId }) => messageId))];
    const claims = open.length + rivals.filter((rival) => isRival(rival, subject, open)).length;
    // One id for each, and each id could be any of theirs: all of them were taken.
    if (ids.length < claims || !about.every((report) => open.every((candidate) => isAbout(report, candidate))))
      continue;
    for (const [n, candidate] of open.entries()) {
      const messageId = ids[n];
      if (messageId !== undefined) settled.push({ doubt: candidate, messageId });
    }
  }
  return settled;
}

function isAbout({ at }: TakenReport, { intentAt }: Doubt): boolean {
  return at >= intentAt - CLOCKS_DIFFER_MS && at <= intentAt + REPORTED_WITHIN_MS;
}

/** An outcome may have been written long after its message left: a lease, and repeats, lie between. */
function isRival({ subject: of, at }: Rival, subject: string, open: readonly Doubt[]): boolean {
  const mayBe = of === null || of === subject;
  return mayBe && open.some(({ intentAt }) => Math.abs(at - intentAt) <= 2 * REPORTED_WITHIN_MS);
}
