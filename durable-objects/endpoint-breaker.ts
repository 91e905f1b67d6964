import { createDurable } from "itty-durable/itty-durable.js";
import {
  admit,
  BREAKER_MODES,
  type EndpointBreaker,
  mended,
  NEW_BREAKER,
  noteResult,
  noteUnused,
} from "../core/endpoint-breaker.ts";

/**
 * Remembers in memory how one endpoint has been answering (`core/endpoint-breaker.ts`). Whole numbers go in and out and
 * nothing is kept: an instance that starts anew knows nothing, and whoever can't reach it goes ahead. Decision 0014 says
 * why this object may be of itty-durable and no other.
 */
export class EndpointBreakerObject extends createDurable({ autoPersist: false }) {
  breaker: EndpointBreaker = NEW_BREAKER;

  /**
   * How many milliseconds to wait before asking again; 0: go, below 0: so long, for a place. What the asker knows is as in
   * `Asker`, with `queued` 1 or 0.
   */
  ask(restedMs: number, failingMs: number, queued: number): number {
    const admission = admit(this.breaker, Date.now(), { restedMs, failingMs, isQueued: queued === 1 });
    this.breaker = admission.breaker;
    return Math.round(admission.why === "busy" ? -admission.waitMs : admission.waitMs);
  }

  /** What `ask` would say to whoever comes new; nothing is let through by it. */
  look(): number {
    const { waitMs, why } = admit(this.breaker, Date.now(), { restedMs: 0, failingMs: 0, isQueued: false });
    return Math.round(why === "busy" ? -waitMs : waitMs);
  }

  /** How it stands, as one number: since when (ms, 0 for unknown) times four, and its mode's place in `BREAKER_MODES`. */
  stands(): number {
    const { since, mode } = this.breaker;
    return since * 4 + BREAKER_MODES.indexOf(mode);
  }

  /** One attempt ended: 1 with a usable answer, 0 without. */
  note(good: number): number {
    this.breaker = noteResult(this.breaker, Date.now(), good === 1);
    return 0;
  }

  /** What was let through was not made. */
  leave(): number {
    this.breaker = noteUnused(this.breaker, Date.now());
    return 0;
  }

  /** Somebody mended the endpoint. */
  forget(): number {
    this.breaker = mended(this.breaker);
    return 0;
  }
}
