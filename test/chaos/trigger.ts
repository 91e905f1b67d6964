import type { NamedPoint, PlannedKill } from "./plan.ts";

/** Whose answer it was that was written. */
export type AnswerOf = PlannedKill["answerOf"];

/** Waits for the system to pass one named point, and kills it there, in the same turn. */
export class Trigger {
  readonly #kill: (point: NamedPoint) => void;
  #armed: { readonly point: NamedPoint; readonly answerOf: AnswerOf; readonly done: (killed: boolean) => void } | null =
    null;

  constructor(kill: (point: NamedPoint) => void) {
    this.#kill = kill;
  }

  /** Resolves with true when the point was passed and the system is dead, with false when patience ran out. */
  async arm(point: NamedPoint, answerOf: AnswerOf, patienceMs: number): Promise<boolean> {
    const killed = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), patienceMs);
      this.#armed = {
        ...{ point, answerOf },
        done: (was) => {
          clearTimeout(timer);
          resolve(was);
        },
      };
    });
    this.#armed = null;
    return killed;
  }

  isArmedFor(point: NamedPoint): boolean {
    return this.#armed?.point === point;
  }

  /** The doubles say where the system is. True when that was the end of it. */
  reached(point: NamedPoint, answerOf?: AnswerOf): boolean {
    const armed = this.#armed;
    if (armed === null || armed.point !== point || (answerOf !== undefined && armed.answerOf !== answerOf))
      return false;
    this.#kill(point);
    this.#armed = null;
    armed.done(true);
    return true;
  }
}
