import type { TestLead } from "../../core/contract/test-call.ts";
import type { Lead } from "../../core/enrollment.ts";

const NOBODY: Lead = {
  externalId: "test-lead",
  name: "Jane Doe",
  email: "jane.doe@example.com",
  linkedinUrl: null,
  profileUrn: null,
  timeZone: null,
  country: null,
  context: {},
};

/** A made-up person with what is said of them. */
export function testLead(said: TestLead = {}): Lead {
  const { name, email, linkedinUrl, timeZone, country } = said;
  return {
    ...NOBODY,
    externalId: said.externalId ?? NOBODY.externalId,
    name: name === undefined ? NOBODY.name : name,
    email: email === undefined ? NOBODY.email : email,
    linkedinUrl: linkedinUrl ?? null,
    timeZone: timeZone ?? null,
    country: country ?? null,
    context: said.context ?? {},
  };
}
