import { createDurable } from "itty-durable/itty-durable.js";
import { admit, type EndpointBreaker, NEW_BREAKER, noteResult } from "../core/endpoint-breaker.ts";

/**
 * Remembers in memory how one endpoint has been answering (`core/endpoint-breaker.ts`). Whole numbers go in and out and
 * nothing is kept: an instance that starts anew knows nothing, and whoever can't reach it goes ahead. Decision 0014 says
 * why this object may be of itty-durable and no other.
 */
export class EndpointBreakerObject extends createDurable({ autoPersist: false }) {
  breaker: EndpointBreaker = NEW_BREAKER;

  /** How many milliseconds to wait before asking again; 0: go. What the asker knows is as in `Asker`. */
  ask(restedMs: number, failingMs: number): number {
    const admission = admit(this.breaker, Date.now(), { restedMs, failingMs });
    this.breaker = admission.breaker;
    return Math.round(admission.waitMs);
  }

  /** One attempt ended: 1 with a usable answer, 0 without. */
  note(good: number): number {
    this.breaker = noteResult(this.breaker, Date.now(), good === 1);
    return 0;
  }

  /** Somebody mended the endpoint: what was known of it is no longer true. */
  forget(): number {
    this.breaker = { ...NEW_BREAKER, learns: false };
    return 0;
  }
}
