import { expect, test } from "vitest";
import { naiveSmtpProvider } from "./naive-smtp-provider.ts";
import { findFailures } from "./run-conformance.ts";
import { smtpSubject } from "./smtp-subject.ts";

test("a client written in an hour is caught by the kit, and for what it does wrong", async () => {
  const failures = await findFailures(smtpSubject("naive", "none", naiveSmtpProvider));
  expect(failures).toEqual(
    expect.arrayContaining([
      "lines that begin with dots, a line that is one dot and lines of 3,000 characters arrive as written",
      "no field can smuggle in a line of its own",
      "a follow-up answers the message before and names the whole thread",
      "copies go out, and nobody sees the blind ones",
      "a refused recipient is not taken for a dead one",
      "a break after the end of the message means: nobody knows",
      "no answer after the end of the message means: nobody knows",
    ]),
  );
  // It isn't failing because it can do nothing.
  expect(failures).not.toContain("an accepted mail arrives with its names, addresses, subject, text, ids and date");
  expect(failures).not.toContain("asked to try later, nothing was sent");
});
