/** What the gates are told, read from D1 at one moment. An unreadable fact is no fact: then nothing is sent. */
export interface Facts {
  readonly tenant: {
    readonly enabled: boolean;
    readonly timeZone: string;
    /** Since when (ms) it is a tenant whose daily sending grows; null where the operator has freed it of that. */
    readonly newSince: number | null;
  };
  readonly cadence: { readonly enabled: boolean };
  readonly endpoint: { readonly id: string; readonly enabled: boolean; readonly disabledReason: string | null } | null;
  readonly mailbox: { readonly id: string; readonly enabled: boolean; readonly email: string } | null;
  readonly suppressed: { readonly scope: "address" | "domain"; readonly reason: string } | null;
}
