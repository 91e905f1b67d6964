import { expect, test } from "vitest";
import { fetchLoopback } from "../../../support/far-side.ts";
import { resendSubject } from "./resend-subject.ts";
import { findFailures, testConformance } from "./run-conformance.ts";

testConformance(resendSubject("resend"));

test("a client that forgets the key is caught by the kit", async () => {
  const forgetful = (url: string, init: RequestInit) => {
    const headers = new Headers(init.headers);
    headers.delete("idempotency-key");
    return fetchLoopback(url, { ...init, headers });
  };
  expect(await findFailures(resendSubject("forgetful", forgetful))).toEqual([
    "a repeat with the same key arrives once, or the provider doesn't claim so",
  ]);
});
