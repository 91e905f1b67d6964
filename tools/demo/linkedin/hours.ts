import type { CreateLinkedinAccount } from "../../../core/contract/linkedin-account.ts";

const HOUR_MS = 3600_000;
const MINUTE_MS = 60_000;
/** There it is about noon, so that no midnight falls into the hours. */
const NOON = 12;

/**
 * Hours that began a moment ago and are over in `minutes`: what an account may do in a day is spread over them, so that it
 * is seconds apart and not minutes. For demonstrations and tests; whoever works like that in earnest is soon restricted.
 */
export function shortHours(now: number, minutes: number): Pick<CreateLinkedinAccount, "timeZone" | "workingHours"> {
  const ahead = NOON - new Date(now).getUTCHours();
  // Named the other way round: Etc/GMT-3 is three hours ahead.
  const timeZone = ahead === 0 ? "Etc/GMT" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
  const at = (instant: number) => new Date(instant + ahead * HOUR_MS).toISOString().slice(11, 16);
  const days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;
  return { timeZone, workingHours: [{ days: [...days], from: at(now), to: at(now + minutes * MINUTE_MS) }] };
}
