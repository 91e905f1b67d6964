import { expect, it } from "vitest";
import { sayDkim, saySign, sayToken } from "../../../dashboard/src/features/inbox/evidence-words.ts";

const AUTH = { tokenValid: false, dkim: "pass", aligned: true, domain: "lead.example", reason: null } as const;

it("says whose signature it is, and that another domain's proves nothing of the sender", () => {
  expect(sayDkim(AUTH)).toBe("Signed by lead.example, which is the sender's domain.");
  expect(sayDkim({ ...AUTH, aligned: false })).toContain("doesn't prove who wrote it");
  expect(sayDkim({ ...AUTH, aligned: null })).toContain("doesn't prove who wrote it");
});

it("never calls a mail proven whose signature did not pass", () => {
  for (const dkim of ["fail", "policy", "neutral", "temperror", "permerror", "none", "not_checked"] as const)
    expect(sayDkim({ ...AUTH, dkim, reason: "body_changed" })).not.toContain("Signed by");
});

it("says why it was not checked", () => {
  expect(sayDkim({ ...AUTH, dkim: "not_checked", reason: "too_large" })).toContain("too large");
  expect(sayDkim({ ...AUTH, dkim: "not_checked", reason: "checking_is_off" })).toContain("doesn't check");
});

it("says what the reply address proves", () => {
  expect(sayToken({ tokenValid: true })).toContain("only this lead");
  expect(sayToken({ tokenValid: false })).toContain("Not sent to a reply address");
});

it("writes a sign that is new here as words", () => {
  expect(saySign("null_sender")).toContain("no sender");
  expect(saySign("spoke_in_tongues")).toBe("Spoke in tongues");
});
