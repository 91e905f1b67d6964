import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
/** A draft that a kill cut off is asked again after its lease and a minute's rest: the tail of every run. */
const TIMEOUT_MS = 300_000;

/** The rig's own temporary folder, to see that it leaves nothing in it. */
let temporary = "";

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "drafthook-chaos-test-"));
});

afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
});

/** The short form of `npm run chaos`; that the judge sees what it should is shown in test/chaos/judge/judge.test.ts. */
test("ten kills at any moment lose nothing, send nothing twice and leave no doubt unshown", {
  timeout: TIMEOUT_MS,
}, async () => {
  const { status, result, errors } = await chaos("--enrollments", "50", "--steps", "2", "--kills", "10", "--seed", "7");
  expect(errors.filter((line) => line.includes("BROKEN"))).toEqual([]);
  expect(status).toBe(0);
  expect(result).toMatchObject({ enrollments: 50, steps: 2, kills: 10, lost: 0, duplicates: 0, silentSkips: 0 });
  expect(result.sent + result.ambiguous).toBeGreaterThan(80);
  expect(result.ambiguous).toBeLessThanOrEqual(result.intentsOpenAtKill);
  expect(result.surfaced).toBe(result.ambiguous);
  for (const point of ["draft_seen", "mail_accepted", "answered", "flush", "inbound"])
    expect(result.pointsHit[point]).toBeGreaterThan(0);
  expect(await leftBehind()).toEqual([]);
});

test("Ctrl-C in the middle of it leaves nothing behind", async () => {
  const child = start(["--enrollments", "20", "--steps", "2", "--kills", "50"]);
  let errors = "";
  await new Promise<void>((resolve) =>
    child.stderr.on("data", (chunk: Buffer) => {
      errors += chunk;
      if (/kill 2\/50/.test(errors)) resolve();
    }),
  );
  expect((await leftBehind()).length).toBeGreaterThan(0); // or the last line would prove nothing
  process.kill(-(child.pid ?? Number.NaN), "SIGINT");
  const [status] = await once(child, "close");
  expect(status).toBe(1);
  expect(await leftBehind()).toEqual([]);
});

test("an option that it doesn't know is one clear sentence", async () => {
  const { status, errors } = await chaos("--mutant", "nothing");
  expect([status, errors]).toEqual([
    1,
    ['--mutant takes one of naive-resend, unlooked-resend, lost-acceptance, not "nothing".'],
  ]);
});

const Result = z.looseObject({
  sent: z.number(),
  ambiguous: z.number(),
  intentsOpenAtKill: z.number(),
  surfaced: z.number(),
  pointsHit: z.record(z.string(), z.number()),
});

async function chaos(...args: readonly string[]) {
  const child = start(args);
  let out = "";
  let errors = "";
  child.stdout.on("data", (chunk: Buffer) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    errors += chunk;
  });
  const [status] = await once(child, "close");
  const last = out.trimEnd().split("\n").at(-1) ?? "";
  return {
    status,
    errors: errors.trimEnd().split("\n"),
    result: Result.parse(JSON.parse(last === "" ? NOTHING : last)),
  };
}

/** Of a run that didn't begin. */
const NOTHING = JSON.stringify({ sent: 0, ambiguous: 0, intentsOpenAtKill: 0, surfaced: 0, pointsHit: {} });

/** The real command, in a process group of its own as a terminal would have it. */
function start(args: readonly string[]) {
  return spawn("npm", ["run", "--silent", "chaos", "--", ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Node and npm keep caches of their own beside ours. */
async function leftBehind(): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith("drafthook"));
}
