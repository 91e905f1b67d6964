import type { Gate } from "./gate.ts";

/** A switch that is off is looked at again this often; turning it on wakes whoever waits anyway. */
const SWITCH_RECHECK_MS = 5 * 60_000;

/** Tenant, cadence and mailbox may each be switched off; then everything waits and nothing is lost. */
export const switches: Gate = ({ now, facts }) => {
  const read = {
    tenant: facts.tenant.enabled,
    cadence: facts.cadence.enabled,
    mailbox: facts.mailbox?.enabled ?? null,
  };
  const off = !facts.tenant.enabled
    ? "tenant"
    : !facts.cadence.enabled
      ? "cadence"
      : facts.mailbox?.enabled === false
        ? "mailbox"
        : null;
  if (off === null) return { gate: "switches", read, verdict: "pass" };
  return {
    gate: "switches",
    read,
    verdict: "wait",
    until: now + SWITCH_RECHECK_MS,
    reason: `${off}_paused`,
    noTime: true,
  };
};
