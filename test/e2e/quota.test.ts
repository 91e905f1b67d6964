import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startLocal } from "../../tools/local.ts";
import { PlainError } from "../../tools/plain-error.ts";
import { PROJECT_DIR } from "../../tools/project.ts";
import { changeStatement, readQuota, readTenantId } from "../../tools/quota/statements.ts";

const TENANT = "ten_thismachinelocal";
let dataDir = "";
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "drafthook-quota-"));
});
afterAll(() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 }));

function quota(...args: readonly string[]) {
  return spawnSync("npm", ["run", "--silent", "quota", "--", "--data", dataDir, ...args], {
    cwd: PROJECT_DIR,
    encoding: "utf8",
  });
}

test("npm run quota sets what a plan allows, shows it, and refuses an installation that runs", async () => {
  const local = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  const refused = quota("--tenant", TENANT, "--messages", "5");
  expect([refused.status, refused.stderr.includes("already runs")]).toEqual([1, true]);
  await local.stop();
  const set = quota("--tenant", TENANT, "--messages", "5", "--enrollments", "0");
  expect(set.stdout).toMatch(/drafts +no quota\n +messages +5\n +enrollments +0/);
  const lifted = quota("--tenant", TENANT, "--messages", "none");
  expect(lifted.stdout).toMatch(/messages +no quota\n +enrollments +0/);
  const again = await startLocal({ dataDir, port: 0, cronEverySeconds: 0 });
  try {
    const usage = await fetch(`${again.url}/v1/usage`, { headers: { authorization: `Bearer ${again.liveKey}` } });
    expect(await usage.json()).toMatchObject({ messages: { quota: null }, enrollments: { quota: 0 } });
  } finally {
    await again.stop();
  }
}, 120_000);

test("a tenant that isn't there is said to be missing", () => {
  const { status, stderr } = quota("--tenant", "ten_aaaaaaaaaaaaaaaa", "--drafts", "1");
  expect([status, stderr]).toEqual([1, "There is no tenant ten_aaaaaaaaaaaaaaaa here.\n"]);
}, 60_000);

describe("what stands in a statement", () => {
  test.each(["", "ten_x", "ten_aaaaaaaaaaaaaaa'", "ten_aaaaaaaaaaaaaaaa' OR 1=1 --", undefined])(
    "is a tenant's id, and not %s",
    (text) => {
      expect(() => readTenantId(text)).toThrow(PlainError);
    },
  );

  test.each(["", "-1", "1.5", "1e9", "many", "1; DROP TABLE tenants", "9999999999999"])(
    "is a number, and not %s",
    (text) => {
      expect(() => readQuota("drafts", text)).toThrow(PlainError);
    },
  );

  test("is only what was asked for", () => {
    expect(changeStatement(TENANT, { drafts: null, enrollments: 7 })).toBe(
      `UPDATE tenants SET quota_drafts = NULL, quota_enrollments = 7, wake_due = 1 WHERE id = '${TENANT}'`,
    );
  });
});
