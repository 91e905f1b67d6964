import type { CadenceVersion } from "../cadence.ts";
import type { Transition } from "../effects.ts";
import type { Enrollment } from "../enrollment.ts";
import type { InboundReply } from "../events.ts";
import { dayAfter, daysBetween } from "../schedule.ts";
import { become, note, nothing } from "./build.ts";
import { exit } from "./next.ts";

/** Whoever is away for longer than this may have meant another year. */
const DAYS_AWAY_MAX = 180;

/** The person is away: nothing goes out before the day after their return. A day that has passed, or is far off, says nothing. */
export function absent(state: Enrollment, at: number, reply: InboundReply, cadence: CadenceVersion): Transition {
  const returnsOn = reply.classification.absence?.returnsOn ?? null;
  if (returnsOn === null || cadence.settings.onOutOfOffice === "ignore") return nothing(state);
  const days = daysBetween(at, returnsOn);
  if (days < 0 || days > DAYS_AWAY_MAX) return nothing(state);
  const awayUntil = dayAfter(returnsOn);
  return become({ ...state, awayUntil }, [
    note(state, at, "away_until", { subjectId: reply.id, detail: { returnsOn, awayUntil } }),
  ]);
}

/** The person works there no more: the enrollment ends, and whom they named stands in its reason. */
export function leftCompany(state: Enrollment, at: number, reply: InboundReply, cadence: CadenceVersion): Transition {
  if (cadence.settings.onLeftCompany === "ignore") return nothing(state);
  const successor = reply.classification.absence?.successor?.email ?? null;
  const detail = successor === null ? null : `write to ${successor} instead`;
  return exit(state, cadence, at, { state: "exited", reason: "left_company", detail });
}
