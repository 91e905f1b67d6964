/** All in milliseconds. `acceptanceMs` is the wait after the final dot: the longest, since giving up there means not knowing. */
export interface SmtpTimeouts {
  /** For each reply before the final dot, and for connecting. */
  readonly stageMs: number;
  /** For everything before the final dot together. */
  readonly beforeFinalDotMs: number;
  readonly acceptanceMs: number;
}

/** Shares out the time: each reply has its stage's time, all before the final dot have one budget. */
export class DialogueClock {
  readonly acceptanceMs: number;
  readonly #stageMs: number;
  readonly #until: number;

  constructor(timeouts: SmtpTimeouts) {
    this.acceptanceMs = timeouts.acceptanceMs;
    this.#stageMs = timeouts.stageMs;
    this.#until = Date.now() + timeouts.beforeFinalDotMs;
  }

  stageMs(): number {
    return Math.max(1, Math.min(this.#stageMs, this.#until - Date.now()));
  }

  /** For the body, which may rightly take longer than a reply. */
  remainingMs(): number {
    return Math.max(1, this.#until - Date.now());
  }
}
