import { expect, test } from "vitest";
import { mailbox } from "../../../core/gates/mailbox.ts";
import { begun, cadence } from "../given.ts";
import { seen } from "./given-gate.ts";

test.each([
  ["a mailbox and an address", seen(), "pass"],
  ["no mailbox", seen({ facts: { mailbox: null } }), "mailbox_missing"],
  ["no address", seen({ enrollment: { lead: begun(cadence(), { email: null }).lead } }), "address_missing"],
])("%s: %#", (_name, context, expected) => {
  const verdict = mailbox(context);
  expect(verdict.verdict === "hold" ? verdict.reason : verdict.verdict).toBe(expected);
});
