import { countAttempt } from "../../adapters/d1/attempts.ts";
import type { ApiContext } from "../api.ts";
import { problem } from "../problem.ts";

/** Each of them may keep an endpoint, and us, busy for half a minute. */
const LIMIT = { most: 60, withinMs: 15 * 60_000 };

/** Counts one test call of the tenant, and says no when there were too many; null lets it go on. */
export async function refuseTooManyTests(c: ApiContext) {
  const waitMs = await countAttempt(c.env.DB, `test-call|${c.get("tenant").tenantId}`, LIMIT, Date.now());
  if (waitMs === 0) return null;
  const seconds = Math.ceil(waitMs / 1000);
  return problem(
    c,
    "rate_limited",
    `A tenant may make ${LIMIT.most} test calls in 15 minutes. Try again in ${Math.ceil(seconds / 60)} minutes.`,
    { headers: { "retry-after": String(seconds) } },
  );
}
