import { expect, test } from "vitest";
import type { LinkedinStanding } from "../../../core/enrollment.ts";
import { account } from "../../../core/gates/account.ts";
import type { LinkedinFacts } from "../../../core/linkedin/account.ts";
import { begun, DAY, HOUR, T } from "../given.ts";
import { ACCOUNT, FOUND, invited } from "../linkedin/given-linkedin.ts";
import { seen } from "./given-gate.ts";

const PROFILE = "https://www.linkedin.com/in/jane-doe";

function verdict(
  is: {
    readonly account?: Partial<LinkedinFacts> | null;
    readonly standing?: LinkedinStanding;
    readonly kind?: string;
    readonly linkedinUrl?: string | null;
    readonly now?: number;
  } = {},
) {
  const { linkedinUrl = PROFILE, now = T } = is;
  const enrollment = {
    lead: { ...begun().lead, linkedinUrl },
    ...(is.standing === undefined ? {} : { linkedin: is.standing }),
  };
  const facts = { linkedin: is.account === null ? null : { ...ACCOUNT, ...is.account } };
  return account(seen({ enrollment, facts, step: { kind: is.kind ?? "linkedin_connect" }, now }));
}

test("an account that may act lets the step pass", () => {
  expect(verdict()).toMatchObject({ verdict: "pass" });
  expect(verdict({ standing: FOUND })).toMatchObject({ verdict: "pass" });
});

test.each([
  ["no account", { account: null }, { verdict: "hold", reason: "account_missing" }],
  ["no profile", { linkedinUrl: null }, { verdict: "hold", reason: "profile_missing" }],
  [
    "a company's page",
    { linkedinUrl: "https://www.linkedin.com/company/acme" },
    { verdict: "hold", reason: "profile_missing" },
  ],
  ["nobody there", { standing: { ...FOUND, unreachable: "404" } }, { verdict: "skip", reason: "linkedin_unreachable" }],
  [
    "connected already",
    { standing: { ...FOUND, isConnected: true } },
    { verdict: "skip", reason: "already_connected" },
  ],
  ["invited already", { standing: invited(T - DAY) }, { verdict: "skip", reason: "already_invited" }],
  [
    "LinkedIn's own limit of invitations",
    { account: { invitationsRestUntil: T + HOUR } },
    { verdict: "wait", reason: "linkedin_limit_reached", until: T + HOUR },
  ],
])("%s: %o", (_, is, expected) => {
  expect(verdict(is)).toMatchObject(expected);
});

test("a person finds somebody by any page of theirs", () => {
  const page = { account: { provider: "manual" }, linkedinUrl: "https://www.linkedin.com/sales/lead/x" } as const;
  expect(verdict(page)).toMatchObject({ verdict: "pass" });
});

test("a limit of invitations keeps no message back", () => {
  const rests = { account: { invitationsRestUntil: T + HOUR }, kind: "linkedin_message" };
  expect(verdict(rests)).toMatchObject({ verdict: "pass" });
});

test("outside the account's own hours it waits for them, by its own clock", () => {
  const workingHours = [{ days: ["mon"], from: "08:00", to: "12:00" }] as const;
  // T is a Monday, 10:00 in Paris; in New York it is 4:00.
  expect(verdict({ account: { workingHours } })).toMatchObject({ verdict: "pass" });
  expect(verdict({ account: { workingHours, timeZone: "America/New_York" } })).toMatchObject({
    verdict: "wait",
    reason: "outside_account_hours",
    until: T + 4 * HOUR,
  });
});
