import { readMailgunEvents } from "./mailgun-events.ts";
import { readPostmarkEvents } from "./postmark-events.ts";
import type { EventsRead, ProviderCall } from "./provider-call.ts";
import { readResendEvents } from "./resend-events.ts";
import { readSesEvents } from "./ses-events.ts";

type EventsReader = (call: ProviderCall, secret: string, now: number) => Promise<EventsRead>;

/** The providers that tell by HTTP what became of a message. Cloudflare tells by a queue, a mail server by mail. */
export const EVENT_READERS = {
  resend: readResendEvents,
  postmark: readPostmarkEvents,
  ses: readSesEvents,
  mailgun: readMailgunEvents,
} as const satisfies Readonly<Record<string, EventsReader>>;

/** The reader of a provider's webhooks; null where the provider has none. */
export function eventsReader(provider: string): EventsReader | null {
  return Object.hasOwn(EVENT_READERS, provider) ? EVENT_READERS[provider as keyof typeof EVENT_READERS] : null;
}
