import type { NamedPoint } from "../plan.ts";
import type { FarRecord } from "../record.ts";
import type { AnswerOf } from "../trigger.ts";

/** What each double is given: where it writes, and whom it tells how far things are. */
export interface Witness {
  readonly record: FarRecord;
  readonly boot: () => number;
  /** Whether the start that a request came from still runs. */
  readonly lives: (boot: number) => boolean;
  /** True when the system was killed at this; then nothing more may be said to it. */
  readonly reached: (point: NamedPoint, answerOf?: AnswerOf) => boolean;
  /** How long an answer takes, for one subject; the same in each run of one seed. */
  readonly latencyMs: (subject: string) => number;
}
