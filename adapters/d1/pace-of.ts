import { StoredRamp } from "../../core/contract/mailbox-pace.ts";
import type { MailboxPace } from "../../core/pace/settings.ts";

/** What a mailbox's row says of its pace. */
export interface PaceColumns {
  readonly dailySendCap: number | null;
  readonly ramp: string | null;
  readonly minGapSeconds: number;
  readonly gapSpreadSeconds: number;
}

/** A mailbox's pace as it is stored. Throws on what isn't one: we wrote it, or checked it. */
export function paceOf({ dailySendCap, ramp, minGapSeconds, gapSpreadSeconds }: PaceColumns): MailboxPace {
  return {
    dailySendCap,
    ramp: ramp === null ? null : StoredRamp.parse(JSON.parse(ramp)),
    minGapSeconds,
    gapSpreadSeconds,
  };
}
