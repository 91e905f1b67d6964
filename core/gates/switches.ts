import type { Gate } from "./gate.ts";

/** A switch that is off is looked at again this often; turning it on wakes whoever waits anyway. */
const SWITCH_RECHECK_MS = 5 * 60_000;

/** Tenant, cadence and whatever sends may each be switched off; then everything waits and nothing is lost. */
export const switches: Gate = ({ now, facts, channel }) => {
  const read = {
    tenant: facts.tenant.enabled,
    cadence: facts.cadence.enabled,
    ...(channel === "email" ? { mailbox: facts.mailbox?.enabled ?? null } : {}),
    ...(channel === "linkedin" ? { account: facts.linkedin?.enabled ?? null } : {}),
  };
  const off = !facts.tenant.enabled
    ? "tenant"
    : !facts.cadence.enabled
      ? "cadence"
      : channel === "email" && facts.mailbox?.enabled === false
        ? "mailbox"
        : channel === "linkedin" && facts.linkedin?.enabled === false
          ? "account"
          : null;
  if (off === null) return { gate: "switches", read, verdict: "pass" };
  const pausedReason = off === "account" ? (facts.linkedin?.pausedReason ?? null) : null;
  return {
    gate: "switches",
    read: pausedReason === null ? read : { ...read, pausedReason },
    verdict: "wait",
    until: now + SWITCH_RECHECK_MS,
    reason: `${off}_paused`,
    noTime: true,
  };
};
