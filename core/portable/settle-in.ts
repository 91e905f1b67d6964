import { REPLY_GRACE_MS } from "../contract/limits.ts";
import type { Enrollment, Phase, ReplyAnswerLane } from "../enrollment.ts";

/** What is said of a message that was on its way when its tenant moved: nobody here can know what became of it. */
export const MOVED_DOUBT =
  "it was on its way when the tenant moved here, and may have arrived; the installation before knows";

/**
 * An enrollment as it goes on in another installation. No bytes come along: what surely hasn't been sent is made again, and
 * what may have been waits for a person, whatever the cadence says of such. Slots of a day, and counts of a person, are the old installation's; that the person replied is made known here anew.
 */
export function settleIn(state: Enrollment, at: number): Enrollment {
  return {
    ...state,
    revision: state.revision + 1,
    phase: settled(state.phase, at),
    answers: state.answers.map((answer) => ({ ...answer, phase: settledAnswer(answer.phase, at) })),
    ...(state.place === undefined ? {} : { place: null }),
    unusedSlots: [],
    contacts: [],
    ...(hasReplied(state) ? { replyNews: { at: state.replies.lastAt ?? at, wakeAt: at } } : {}),
  };
}

/** Whether it ended by a reply, which the person's other enrollments end by too. */
function hasReplied({ phase }: Enrollment): boolean {
  const exit = phase.name === "finished" ? phase.exit : phase.name === "sending" ? phase.interruptedBy : null;
  return exit?.reason === "replied";
}

function settled(phase: Phase, at: number): Phase {
  switch (phase.name) {
    case "ready":
    case "sending":
    case "held":
      return phase.name === "sending" && phase.interruptedBy !== null
        ? { name: "finished", exit: phase.interruptedBy, at, wakeAt: at + REPLY_GRACE_MS }
        : settledAnswer(phase, at);
    case "drafting":
    case "resting":
    case "expecting":
      return { ...phase, draft: { ...phase.draft, slotDay: null } };
    case "waiting":
    case "tasked":
    case "finished":
      return phase;
  }
}

function settledAnswer(phase: ReplyAnswerLane["phase"], at: number): ReplyAnswerLane["phase"] {
  if (phase.name === "tasked") return phase;
  const { words, job } = phase;
  const draft = phase.draft === null ? null : { ...phase.draft, slotDay: null };
  const mayHaveGone = job !== null && (phase.name === "sending" || job.doubt !== null);
  if (mayHaveGone) {
    const doubt = job.doubt ?? MOVED_DOUBT;
    const doubtful = { ...job, doubt, lookUps: null };
    return { name: "held", reason: "ambiguous", detail: doubt, draft, words, job: doubtful, since: at, wakeAt: null };
  }
  if (phase.name === "ready") return { ...phase, draft: { ...phase.draft, slotDay: null }, job: null };
  if (phase.name === "held") return { ...phase, draft, job: null, wakeAt: null };
  return phase;
}
