import { expect, test } from "vitest";
import { fetchLoopback } from "../../../support/far-side.ts";
import { postmarkSubject } from "./postmark-subject.ts";
import { findFailures, testConformance } from "./run-conformance.ts";

testConformance(postmarkSubject("postmark"));

test("a client that forgets to put the reference into the message is caught by the kit", async () => {
  const forgetful = (url: string, init: RequestInit) => {
    if (typeof init.body !== "string") return fetchLoopback(url, init);
    const { Metadata: _, ...body } = JSON.parse(init.body);
    return fetchLoopback(url, { ...init, body: JSON.stringify(body) });
  };
  expect(await findFailures(postmarkSubject("forgetful", forgetful))).toEqual([
    "what was taken is found by the id that it got, and looking sends nothing",
    "what was taken and never acknowledged is found",
    "what never arrived is not found, whatever else was taken",
  ]);
});

test("a far side that doesn't filter makes nothing found that isn't ours", async () => {
  const unfiltered = (url: string, init: RequestInit) => fetchLoopback(url.replace(/&metadata_[^&]*/, ""), init);
  // The newest one is found; what isn't there is not said to be there.
  expect(await findFailures(postmarkSubject("unfiltered", unfiltered))).toEqual([
    "what was taken is found by the id that it got, and looking sends nothing",
    "what was taken and never acknowledged is found",
    "what never arrived is not found, whatever else was taken",
  ]);
});

test("a client that takes any answer for its own message is caught by the kit", async () => {
  const subject = postmarkSubject("trusting");
  const failures = await findFailures({
    name: "trusting",
    async arrange(situation) {
      const arranged = await subject.arrange(situation);
      if ("notApplicable" in arranged) return arranged;
      const { provider } = arranged;
      const lookUp = async () => ({ kind: "found", providerMessageId: "any", wireMessageId: null }) as const;
      return { ...arranged, provider: { ...provider, lookUp } };
    },
  });
  expect(failures).toHaveLength(8);
});
