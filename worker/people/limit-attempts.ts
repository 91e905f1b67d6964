import { sha256Hex } from "../../adapters/crypto/bytes.ts";
import { type AttemptLimit, countAttempt } from "../../adapters/d1/attempts.ts";
import { clientGroup } from "../../core/client-group.ts";
import type { ApiContext } from "../api.ts";
import { addressOf } from "../auth/address.ts";
import { problem } from "../problem.ts";

/** The longest of the limits below: what is older says nothing. */
export const ATTEMPTS_KEPT_MS = 15 * 60_000;

interface Limits {
  readonly perAddress: AttemptLimit;
  readonly perPerson: AttemptLimit;
}

const within = (most: number): AttemptLimit => ({ most, withinMs: ATTEMPTS_KEPT_MS });

/** Tries of a quarter of an hour: from one network address, and for one e-mail address from anywhere. */
const LIMITS = {
  password: { perAddress: within(30), perPerson: within(10) },
  mail: { perAddress: within(20), perPerson: within(5) },
  token: { perAddress: within(60), perPerson: within(60) },
  bootstrap: { perAddress: within(10), perPerson: within(60) },
} as const satisfies Record<string, Limits>;

/**
 * Counts one try to get in, and says no when there were too many; null lets it go on. `who` is the e-mail address that it is
 * about, or nothing where the request names none. Unlike the API's limits it doesn't let go on what it can't count.
 */
export async function refuseTooMany(c: ApiContext, kind: keyof typeof LIMITS, who = ""): Promise<Response | null> {
  const { perAddress, perPerson } = LIMITS[kind];
  const now = Date.now();
  const from = clientGroup(addressOf(c) ?? "");
  // The address first: who has used up its tries can't use up somebody's.
  const waitMs =
    (await countAttempt(c.env.DB, await sha256Hex(`${kind}|from|${from}`), perAddress, now)) ||
    (who === "" ? 0 : await countAttempt(c.env.DB, await sha256Hex(`${kind}|for|${who}`), perPerson, now));
  if (waitMs === 0) return null;
  const seconds = Math.ceil(waitMs / 1000);
  return problem(c, "rate_limited", `Too many tries. Try again in ${Math.ceil(seconds / 60)} minutes.`, {
    headers: { "retry-after": String(seconds) },
  });
}
