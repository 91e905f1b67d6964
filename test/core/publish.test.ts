import { expect, test } from "vitest";
import { Settings } from "../../core/contract/cadence.ts";
import { Step } from "../../core/contract/step.ts";
import { type CadenceDraft, freeze, publishObstacle, sameVersion } from "../../core/publish.ts";

const DRAFT: CadenceDraft = {
  id: "cad_a",
  name: "Welcome",
  settings: Settings.parse({}),
  steps: [Step.parse({ kind: "email" })],
  endpointId: "end_a",
  mailboxId: null,
  mailboxIds: [],
  linkedinAccountId: null,
};

const ALL = { canSend: true, canConnect: true };
const NOTHING = { canSend: false, canConnect: false };

test("a draft is what was published when nothing that is sent or asked would differ", () => {
  const published = freeze(DRAFT, 3);
  expect(sameVersion(freeze(DRAFT, 0), published)).toBe(true);
  const reordered = Object.fromEntries(Object.entries(DRAFT.settings).reverse()) as Settings;
  expect(sameVersion(freeze({ ...DRAFT, settings: reordered }, 0), published)).toBe(true);
});

test.each<[string, Partial<CadenceDraft>]>([
  ["the name", { name: "Other" }],
  ["a setting", { settings: { ...DRAFT.settings, dailySendCap: 1 } }],
  ["a step", { steps: [Step.parse({ kind: "email", delayDays: 1 })] }],
  ["the endpoint", { endpointId: "end_b" }],
  ["the mailbox", { mailboxId: "mbx_a" }],
  ["the LinkedIn account", { linkedinAccountId: "lia_a" }],
])("a change of %s is a change", (_, change) => {
  expect(sameVersion(freeze({ ...DRAFT, ...change }, 3), freeze(DRAFT, 3))).toBe(false);
});

test("a cadence of waits alone needs neither endpoint nor mailbox", () => {
  const waits = { ...DRAFT, endpointId: null, steps: [Step.parse({ kind: "wait", delayDays: 1 })] };
  expect(publishObstacle(waits, NOTHING)).toBeNull();
});

test("the first obstacle is named, and with none there is none", () => {
  expect(publishObstacle(DRAFT, ALL)).toBeNull();
  expect(publishObstacle({ ...DRAFT, endpointId: null }, ALL)).toMatchObject({ pointer: "/endpointId" });
  expect(publishObstacle(DRAFT, NOTHING)).toMatchObject({ pointer: "/mailboxId" });
  const bare = Step.parse({ kind: "linkedin_connect", draftStrategy: "static" });
  expect(publishObstacle({ ...DRAFT, endpointId: null, steps: [bare] }, { ...NOTHING, canConnect: true })).toBeNull();
  expect(publishObstacle({ ...DRAFT, endpointId: null, steps: [bare] }, { ...ALL, canConnect: false })).toMatchObject({
    pointer: "/linkedinAccountId",
  });
});
