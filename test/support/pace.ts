import { env } from "cloudflare:workers";
import type { PlaceAsk } from "../../core/pace/ask-place.ts";
import { type MailboxPace, UNPACED } from "../../core/pace/settings.ts";
import type { MailboxPaceObject } from "../../durable-objects/mailbox-pace.ts";

/** A Monday, 10:00 in Paris. */
export const MONDAY = Date.parse("2026-11-23T09:00:00Z");
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The object of a mailbox that no other test has. */
export function paceOfMailbox(name: string): DurableObjectStub<MailboxPaceObject> {
  return env.MAILBOX_PACES.getByName(`ten_pace/${name}`);
}

/** What a draft asks of a mailbox in Paris that sends in business hours. */
export function placeAsk(
  id: string,
  to: "take" | "claim",
  pace: Partial<MailboxPace>,
  more: Partial<PlaceAsk> = {},
): PlaceAsk {
  return {
    ...{ id, to, repeats: false, pace: { ...UNPACED, ...pace }, timeZone: "Europe/Paris" },
    opening: {
      timeZone: "Europe/Paris",
      settings: { businessHoursOnly: true },
      tenantBlackouts: [],
      leadCountry: null,
    },
    ...more,
  };
}
