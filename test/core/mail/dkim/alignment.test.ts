import { expect, test } from "vitest";
import { speaksFor } from "../../../../core/mail/dkim/alignment.ts";

test.each([
  ["lead.example", "lead.example", true],
  ["uni.example", "cs.uni.example", true],
  // DMARC would take these two for related; who holds a name below mine doesn't speak for me, so we don't.
  ["mail.lead.example", "lead.example", false],
  ["mail.lead.example", "sales.lead.example", false],
  ["evil.example", "lead.example", false],
  ["ead.example", "lead.example", false],
  ["example", "lead.example", false],
  ["co.uk", "lead.co.uk", false],
  ["com.au", "lead.com.au", false],
  ["lead.co.uk", "post.lead.co.uk", true],
  ["lead.example.evil.example", "lead.example", false],
])("%s speaks for %s: %s", (signer, author, expected) => {
  expect(speaksFor(signer, author)).toBe(expected);
});
