/** What is special about a lead in the demonstration. */
export type Part = "straight" | "skipped" | "deferred" | "answered_later" | "fails_twice" | "replies" | "out_of_office";

/** How a lead's enrollment must stand at the end. */
export interface Ending {
  readonly state: "completed" | "active" | "exited";
  readonly exitReason: string | null;
  /** What became of each step that is passed, in order. */
  readonly outcomes: readonly ("sent" | "skipped" | "stopped")[];
  /** Draft requests that reach the endpoint, retries included. */
  readonly attempts: number;
  /** People's replies that the engine knows of. */
  readonly replies: number;
  readonly inWords: string;
}

/** Which lead of leads.csv plays which part. Skipping, deferring and 202 are the drafter's own answers to these leads' context. */
export function partOf(externalId: string): Part {
  return PARTS[externalId] ?? "straight";
}

const PARTS: Readonly<Record<string, Part>> = {
  "lead-07": "skipped",
  "lead-11": "deferred",
  "lead-14": "answered_later",
  "lead-17": "fails_twice",
  "lead-20": "replies",
  "lead-23": "out_of_office",
};

/** Something in front of the drafter answers this step's first two attempts with 503. */
export const OUTAGE = { part: "fails_twice", step: 1, attempts: 2, status: 503 } as const;

/** Who answers which of the messages they get, counted from 1. */
export const ANSWERED_MESSAGE = { replies: 2, out_of_office: 1 } as const;

/** What the drafter's `askAgainInSeconds` in leads.csv says; the contract's least, and longer than the demonstration. */
export const DEFER_SECONDS = 60;

const ALL_SENT = {
  state: "completed",
  exitReason: null,
  outcomes: ["sent", "sent", "sent", "sent"],
  attempts: 4,
  replies: 0,
} as const;

export const ENDINGS: Readonly<Record<Part, Ending>> = {
  straight: { ...ALL_SENT, inWords: "" },
  skipped: { ...ALL_SENT, outcomes: ["sent", "sent", "skipped", "sent"], inWords: "the drafter skipped step 3" },
  deferred: {
    ...ALL_SENT,
    state: "active",
    outcomes: ["sent"],
    attempts: 2,
    inWords: `the drafter put step 2 off by ${DEFER_SECONDS} s`,
  },
  answered_later: { ...ALL_SENT, inWords: "step 2 was answered by 202 and completed later" },
  fails_twice: { ...ALL_SENT, attempts: 6, inWords: "step 2 failed twice with 503, then worked" },
  replies: {
    ...ALL_SENT,
    state: "exited",
    exitReason: "replied",
    outcomes: ["sent", "sent", "stopped"],
    attempts: 2,
    replies: 1,
    inWords: "replied to message 2",
  },
  out_of_office: { ...ALL_SENT, inWords: "out of office after message 1" },
};

/** Messages that go out to a lead with this ending. */
export function mailsOf(ending: Ending): number {
  return ending.outcomes.filter((outcome) => outcome === "sent").length;
}
