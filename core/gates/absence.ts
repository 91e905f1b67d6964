import { startOfDay } from "../schedule.ts";
import type { Gate } from "./gate.ts";

/** Whoever said that they are away is written to from the day after their return on, in the tenant's zone. */
export const absence: Gate = ({ now, enrollment, facts }) => {
  const read = { awayUntil: enrollment.awayUntil, timeZone: facts.tenant.timeZone };
  const until = enrollment.awayUntil == null ? now : startOfDay(enrollment.awayUntil, facts.tenant.timeZone);
  return until <= now
    ? { gate: "absence", read, verdict: "pass" }
    : { gate: "absence", read, verdict: "wait", until, reason: "out_of_office" };
};
