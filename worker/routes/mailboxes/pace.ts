import type { MailboxChanges, MailboxRow } from "../../../adapters/d1/mailboxes.ts";
import { paceOf } from "../../../adapters/d1/pace-of.ts";
import type { UpdateMailbox } from "../../../core/contract/mailbox.ts";
import { paceFaults, type RampWish } from "../../../core/contract/mailbox-pace.ts";
import type { ProblemError } from "../../../core/contract/problem.ts";
import type { Ramp } from "../../../core/pace/settings.ts";

type PaceWish = Pick<UpdateMailbox, "dailySendCap" | "ramp" | "minGapSeconds" | "gapSpreadSeconds">;
type Plan =
  | { readonly ok: true; readonly changes: MailboxChanges; readonly isChanged: boolean }
  | { readonly ok: false; readonly faults: readonly ProblemError[] };

/** A ramp as it is stored: one that was there keeps its first day. */
export function storedRamp(wish: RampWish, before: Ramp | null, now: number): string | null {
  return wish === null ? null : JSON.stringify({ ...wish, since: before?.since ?? now } satisfies Ramp);
}

/** What changes of a mailbox's pace. What is left out stays, and the whole is judged. */
export function planPace(row: MailboxRow, wish: PaceWish, now: number): Plan {
  const before = paceOf(row);
  const { dailySendCap = before.dailySendCap, ramp = before.ramp } = wish;
  const faults = paceFaults({ dailySendCap, ramp });
  if (faults.length > 0) return { ok: false, faults };
  const { minGapSeconds, gapSpreadSeconds } = wish;
  const changes: MailboxChanges = {
    ...(wish.dailySendCap === undefined ? {} : { dailySendCap: wish.dailySendCap }),
    ...(wish.ramp === undefined ? {} : { ramp: storedRamp(wish.ramp, before.ramp, now) }),
    ...(minGapSeconds === undefined ? {} : { minGapSeconds }),
    ...(gapSpreadSeconds === undefined ? {} : { gapSpreadSeconds }),
  };
  return { ok: true, changes, isChanged: Object.keys(changes).length > 0 };
}
