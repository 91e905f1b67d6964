import { jitterMs } from "../jitter.ts";
import { isOpen, nextOpening } from "../opening.ts";
import { nextDay } from "../schedule.ts";
import { sendingTimes } from "../sending-times.ts";
import { sendingZone } from "../sending-zone.ts";
import { wallClock } from "../wall-clock.ts";
import type { Gate } from "./gate.ts";

/** Nothing is sent outside the cadence's windows, nor on a day that is closed, by the lead's clock, the mailbox's or the tenant's. */
export const window: Gate = ({ now, enrollment, cadence, facts, channel }) => {
  const { settings } = cadence;
  const zone = sendingZone(enrollment.lead, facts, channel);
  const times = sendingTimes(settings, facts.tenant.blackoutDates, enrollment.lead.country);
  const read = {
    businessHoursOnly: settings.businessHoursOnly,
    sendingWindows: settings.sendingWindows ?? [],
    ...zone,
  };
  const opens = nextOpening(now, zone.timeZone, times);
  if (opens === null)
    return {
      gate: "window",
      read,
      verdict: "wait",
      until: nextDay(now, zone.timeZone),
      reason: "no_window_in_a_year",
      noTime: true,
    };
  if (opens <= now) return { gate: "window", read, verdict: "pass" };
  const isPlain = (settings.sendingWindows ?? []).length === 0;
  const reason =
    times.closedOn(wallClock(now, zone.timeZone).day) ??
    (isPlain && settings.businessHoursOnly ? "outside_business_hours" : "outside_sending_windows");
  // Whoever waited for an opening doesn't leave in its first second with all the others.
  let later = jitterMs(enrollment.id, enrollment.step, settings.jitterMinutes ?? 0);
  while (!isOpen(opens + later, zone.timeZone, times)) later = Math.floor(later / 2);
  return { gate: "window", read, verdict: "wait", until: opens + later, reason };
};
