import type { DayRange } from "./opening.ts";
import type { MailboxPace } from "./pace/settings.ts";

/** What the gates are told, read from D1 at one moment. An unreadable fact is no fact: then nothing is sent. */
export interface Facts {
  readonly tenant: {
    readonly enabled: boolean;
    readonly timeZone: string;
    /** Since when (ms) it is a tenant whose daily sending grows; null where the operator has freed it of that. */
    readonly newSince: number | null;
    /** Days on which none of its cadences sends. */
    readonly blackoutDates: readonly DayRange[];
  };
  readonly cadence: { readonly enabled: boolean };
  readonly endpoint: { readonly id: string; readonly enabled: boolean; readonly disabledReason: string | null } | null;
  readonly mailbox: {
    readonly id: string;
    readonly enabled: boolean;
    readonly email: string;
    /** IANA; null where it has none of its own. */
    readonly timeZone: string | null;
    readonly pace: MailboxPace;
  } | null;
  readonly suppressed: { readonly scope: "address" | "domain"; readonly reason: string } | null;
}
