import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { UpdateCadence } from "../../core/contract/cadence.ts";
import { UpdateTenant } from "../../core/contract/tenant.ts";
import { FREE_MAIL_DOMAINS } from "../../core/free-mail-domains.ts";
import { inProject } from "../../tools/project.ts";

const GUIDE = readFileSync(inProject("docs/limits.md"), "utf8");

test("the settings in the guide can be saved", () => {
  const [limits] = [...GUIDE.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json ?? ""));
  expect(UpdateTenant.parse(limits)).toEqual(limits);
  const policies = [...GUIDE.matchAll(/^\| `([^`]+)`.*\|$/gm)].map(([, json]) => json ?? "").slice(1, 5);
  expect(policies).toHaveLength(4);
  for (const policy of policies) {
    const reenroll = JSON.parse(policy);
    expect(UpdateCadence.parse({ reenroll })).toEqual({ reenroll });
  }
});

test("the guide says how many domains of free mail there are, and each is one, written as addresses are compared", () => {
  const said = Number(/some (\d+) domains of free/.exec(GUIDE)?.[1]);
  expect(Math.abs(FREE_MAIL_DOMAINS.size - said)).toBeLessThan(15);
  for (const domain of FREE_MAIL_DOMAINS) expect(domain).toMatch(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/);
});
