import type { FrequencyLimits } from "./frequency.ts";
import type { LinkedinFacts } from "./linkedin/account.ts";
import type { DayRange } from "./opening.ts";
import type { MailboxPace } from "./pace/settings.ts";
import type { SendQuotas } from "./quota.ts";

/** What the gates are told, read from D1 at one moment. An unreadable fact is no fact: then nothing is sent. */
export interface Facts {
  readonly tenant: {
    readonly enabled: boolean;
    readonly timeZone: string;
    /** Since when (ms) it is a tenant whose daily sending grows; null where the operator has freed it of that. */
    readonly newSince: number | null;
    /** Days on which none of its cadences sends. */
    readonly blackoutDates: readonly DayRange[];
    readonly frequencyLimits: FrequencyLimits;
    /** Null where its plan bounds neither drafts nor messages. */
    readonly quotas: SendQuotas | null;
  };
  readonly cadence: { readonly enabled: boolean };
  readonly endpoint: { readonly id: string; readonly enabled: boolean; readonly disabledReason: string | null } | null;
  readonly mailbox: {
    readonly id: string;
    readonly enabled: boolean;
    readonly email: string;
    /** IANA; null where it has none of its own. */
    readonly timeZone: string | null;
    /** The domain of its address where the installation wants its owner's word for it, and there is none; else null. */
    readonly unverifiedDomain: string | null;
    readonly pace: MailboxPace;
  } | null;
  /** The LinkedIn account that acts for the lead; null where none does. */
  readonly linkedin: LinkedinFacts | null;
  /** The same address is, or was, in another enrollment of the tenant. */
  readonly isEnrolledElsewhere: boolean;
  readonly suppressed: { readonly scope: "address" | "domain"; readonly reason: string } | null;
}
