import { expect, test } from "vitest";
import type { LinkedinStanding } from "../../../core/enrollment.ts";
import { condition } from "../../../core/gates/condition.ts";
import { DAY, T } from "../given.ts";
import { ACCOUNT, FOUND, invited } from "../linkedin/given-linkedin.ts";
import { seen } from "./given-gate.ts";

const AFTER = { kind: "linkedin_message", condition: "after_accept", acceptWithinDays: 10 };

function verdict(linkedin: LinkedinStanding | undefined, step: Record<string, unknown> = AFTER, now = T) {
  const enrollment = linkedin === undefined ? {} : { linkedin };
  return condition(seen({ enrollment, facts: { linkedin: ACCOUNT }, step, now }));
}

test("who has accepted may be written to", () => {
  expect(verdict({ ...invited(T - DAY), isConnected: true })).toMatchObject({ verdict: "pass" });
});

test("an open invitation is waited for until its deadline, counted from when it was sent", () => {
  expect(verdict(invited(T - DAY))).toMatchObject({
    verdict: "wait",
    reason: "not_accepted_yet",
    noTime: true,
    until: T + 9 * DAY,
    read: { deadline: new Date(T + 9 * DAY).toISOString() },
  });
  expect(verdict(invited(T - 10 * DAY))).toMatchObject({ verdict: "skip", reason: "not_accepted" });
  const stops = { ...AFTER, onNotAccepted: "stop" };
  expect(verdict(invited(T - 10 * DAY), stops)).toMatchObject({ verdict: "stop", reason: "not_accepted" });
});

test("without acceptWithinDays it is a fortnight", () => {
  const { acceptWithinDays: _, ...step } = AFTER;
  expect(verdict(invited(T), step)).toMatchObject({ until: T + 14 * DAY });
});

test("a withdrawn invitation, or none, is waited for no longer", () => {
  const withdrawn = invited(T - DAY);
  const gone = { ...withdrawn, invitation: { id: "inv_1", at: T - DAY, acceptedAt: null, withdrawnAt: T } };
  expect(verdict(gone)).toMatchObject({ verdict: "skip", reason: "not_accepted" });
  expect(verdict(FOUND)).toMatchObject({ verdict: "skip", reason: "not_invited" });
});

test("whether the two are connected is asked before anything is said", () => {
  expect(verdict(undefined)).toMatchObject({ verdict: "pass" });
});

test("a message without a condition waits too, once it is known that they aren't connected", () => {
  const bare = { kind: "linkedin_message" };
  expect(verdict(invited(T - DAY), bare)).toMatchObject({ verdict: "wait", reason: "not_accepted_yet" });
  expect(verdict({ ...FOUND, isConnected: true }, bare)).toMatchObject({ verdict: "pass" });
});

test("an e-mail may wait for the acceptance as well, and one without the condition doesn't", () => {
  expect(verdict(invited(T - DAY), { ...AFTER, kind: "email" })).toMatchObject({ verdict: "wait" });
  expect(verdict(invited(T - DAY), { kind: "email" })).toMatchObject({ verdict: "pass" });
});
