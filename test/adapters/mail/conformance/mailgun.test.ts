import { expect, test } from "vitest";
import { fetchLoopback } from "../../../support/far-side.ts";
import { mailgunSubject } from "./mailgun-subject.ts";
import { findFailures, testConformance } from "./run-conformance.ts";

testConformance(mailgunSubject("mailgun"));

test("a client that lets Mailgun make up the id is caught by the kit", async () => {
  const forgetful = (url: string, init: RequestInit) =>
    typeof init.body === "string"
      ? fetchLoopback(url, {
          ...init,
          body: init.body.replace(/^Message-ID: .*$/m, "Message-ID: <made-up@mg.example>"),
        })
      : fetchLoopback(url, init);
  expect(await findFailures(mailgunSubject("forgetful", forgetful))).toEqual(
    expect.arrayContaining([
      "an accepted mail arrives with its names, addresses, subject, text, ids and date",
      "what was taken is found by the id that it got, and looking sends nothing",
      "what was taken and never acknowledged is found",
    ]),
  );
});

test("a far side that doesn't filter makes nothing found that isn't ours", async () => {
  const unfiltered = (url: string, init: RequestInit) => fetchLoopback(url.replace(/&message-id=[^&]*/, ""), init);
  // The newest one is found; what isn't there is not said to be there.
  expect(await findFailures(mailgunSubject("unfiltered", unfiltered))).toEqual([
    "what was taken is found by the id that it got, and looking sends nothing",
    "what was taken and never acknowledged is found",
    "what never arrived is not found, whatever else was taken",
  ]);
});
