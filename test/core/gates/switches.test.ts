import { expect, test } from "vitest";
import { switches } from "../../../core/gates/switches.ts";
import { UNPACED } from "../../../core/pace/settings.ts";
import { MINUTE, T } from "../given.ts";
import { seen } from "./given-gate.ts";

const MAILBOX = {
  id: "mbx_1",
  enabled: false,
  email: "ana@acme.example",
  timeZone: null,
  unverifiedDomain: null,
  pace: UNPACED,
};

test.each([
  [
    "tenant",
    {
      tenant: {
        enabled: false,
        timeZone: "Europe/Paris",
        newSince: null,
        blackoutDates: [],
        frequencyLimits: { person: null, company: null },
        quotas: null,
      },
    },
    "tenant_paused",
  ],
  ["cadence", { cadence: { enabled: false } }, "cadence_paused"],
  ["mailbox", { mailbox: MAILBOX }, "mailbox_paused"],
])("while the %s is switched off everything waits and looks again in five minutes", (_name, facts, reason) => {
  expect(switches(seen({ facts }))).toMatchObject({ verdict: "wait", reason, until: T + 5 * MINUTE });
});

test("with all switches on, or no mailbox at all, this gate is open", () => {
  expect(switches(seen()).verdict).toBe("pass");
  expect(switches(seen({ facts: { mailbox: null } })).verdict).toBe("pass");
});
