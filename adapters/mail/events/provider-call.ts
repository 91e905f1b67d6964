import type { DeliveryEvent } from "../../../core/mail/delivery-event.ts";

/** A provider's request to us, as it came: signatures are over the very bytes. */
export interface ProviderCall {
  readonly headers: Headers;
  readonly body: string;
}

/**
 * What a provider's request says of our messages. Other messages of the same account, and events that nothing follows
 * from, are left out. `unproven`: whoever sent it doesn't know the secret, or repeats what was sent long ago.
 * `unreachable`: what proves it can't be asked for right now, so it must come again.
 */
export type EventsRead =
  | {
      readonly ok: true;
      readonly events: readonly DeliveryEvent[];
      /** A URL of the provider's own that must be asked for once before it tells anything; proven as the rest is. */
      readonly confirm?: string;
    }
  | NotRead;

/** Why a provider's request says nothing. */
export interface NotRead {
  readonly ok: false;
  readonly reason: "unproven" | "not_understood" | "unreachable";
  readonly detail: string;
}

/** The customer must mend the secret, here or there. */
export function unproven(detail: string): NotRead {
  return { ok: false, reason: "unproven", detail };
}

/** It was signed, and yet isn't what the provider documents. */
export function notUnderstood(detail: string): NotRead {
  return { ok: false, reason: "not_understood", detail };
}

/** Nobody can say whether it is proven; the provider must tell it again. */
export function unreachable(detail: string): NotRead {
  return { ok: false, reason: "unreachable", detail };
}

/** A JSON body; undefined where it isn't one. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Milliseconds since the epoch; the time of the call where the provider's can't be read. */
export function timeOf(text: string | undefined, now: number): number {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? now : at;
}
