import { nextOpening } from "../schedule.ts";
import type { Gate } from "./gate.ts";

/** `businessHoursOnly`: Monday to Friday, 09:00 to 17:00, in the tenant's zone. */
export const window: Gate = ({ now, cadence, facts }) => {
  const read = {
    businessHoursOnly: cadence.settings.businessHoursOnly,
    timeZone: facts.tenant.timeZone,
    zoneOf: "tenant",
  };
  const until = cadence.settings.businessHoursOnly ? nextOpening(now, facts.tenant.timeZone) : now;
  return until <= now
    ? { gate: "window", read, verdict: "pass" }
    : { gate: "window", read, verdict: "wait", until, reason: "outside_business_hours" };
};
