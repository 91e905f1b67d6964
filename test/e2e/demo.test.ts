import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
/** The promise is 60 s; a machine that runs other tests beside it gets half as much again. */
const SECONDS_MAX = 90;

/** The demonstration's own temporary folder, to see that it leaves nothing in it. */
let temporary = "";

beforeEach(async () => {
  temporary = await mkdtemp(join(tmpdir(), "drafthook-demo-test-"));
});

afterEach(async () => {
  await rm(temporary, { recursive: true, force: true });
});

test("the demonstration shows what happened to whom, passes all its checks in time and leaves nothing behind", async () => {
  const { status, lines, seconds } = await demo();
  expect(lines.filter((line) => line.startsWith("FAILED") || line.startsWith("        -"))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^demo: \d{4,} checks passed, 0 failed$/);
  expect(status).toBe(0);
  expect(seconds).toBeLessThan(SECONDS_MAX);
  expect(await leftBehind()).toEqual([]);

  // Not on a terminal: a line a second, then the table.
  expect(lines.filter((line) => /^ +\d+ s +\d+ drafts asked /.test(line)).length).toBeGreaterThan(8);
  const table = lines.filter((line) => line.startsWith("lead-"));
  expect(table).toHaveLength(25);
  expect(table[6]).toMatch(/^lead-07 +sent +sent +skipped +sent +3 +completed .* Björk Guðmundsdóttir$/);
  expect(table[19]).toMatch(/^lead-20 +sent +sent +stopped +– +2 +exited: replied +a person .* Chloé 陳 D'Arcy$/);
});

test("with --linkedin it shows LinkedIn and mail in one cadence, whatever becomes of the hooks", async () => {
  const { status, lines, seconds } = await demo("--linkedin");
  expect(lines.filter((line) => line.startsWith("FAILED") || line.startsWith("        -"))).toEqual([]);
  expect(lines.at(-1)).toMatch(/^demo: \d{2,} checks passed, 0 failed$/);
  expect(status).toBe(0);
  expect(seconds).toBeLessThan(SECONDS_MAX);
  expect(await leftBehind()).toEqual([]);
  const table = lines.filter((line) => line.startsWith("lead-"));
  expect(table).toHaveLength(8);
  expect(table[2]).toMatch(/^lead-3 +sent +sent +sent +1 +1 +1 +completed +accepts; the hook is lost +Ngozi Okafor$/);
  expect(table[5]).toMatch(
    /^lead-6 +sent +sent +stopped +1 +2 +0 +exited: replied +replies, and is answered +Ana Souza$/,
  );
});

/** Without these a demonstration that checks nothing would pass as well. */
test.each([
  ["duplicate", /lead-05 .* got a duplicate: 5 mails with 4 different Message-IDs/],
  ["signature", /the signature of cadence\.step\.draft\.requested .* lead-05\) is refused by standardwebhooks/],
])("a %s on the far side is found and named", async (sabotage, sentence) => {
  const { status, lines } = await demo("--sabotage", sabotage);
  expect(status).toBe(1);
  expect(lines.some((line) => sentence.test(line))).toBe(true);
  expect(lines.at(-1)).toMatch(/^demo: \d+ checks passed, [1-9]\d* failed$/);
});

test("an option that it doesn't know is one clear sentence", async () => {
  const { status, errors } = await demo("--sabotage", "nothing");
  expect([status, errors]).toEqual([1, '--sabotage takes one of duplicate, thread, signature, not "nothing".\n']);
});

test("Ctrl-C in the middle of it leaves nothing behind", async () => {
  const child = start([]);
  await new Promise<void>((resolve) =>
    child.stdout.on("data", (chunk: Buffer) => /drafts asked/.test(`${chunk}`) && resolve()),
  );
  expect(await leftBehind()).toHaveLength(1); // or the last line would prove nothing
  process.kill(-(child.pid ?? Number.NaN), "SIGINT");
  const [status] = await once(child, "close");
  expect(status).toBe(1);
  expect(await leftBehind()).toEqual([]);
});

async function demo(...args: readonly string[]) {
  const startedAt = performance.now();
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
  return { status, errors, lines: out.trimEnd().split("\n"), seconds: (performance.now() - startedAt) / 1000 };
}

/** The real command, in a process group of its own as a terminal would have it. */
function start(args: readonly string[]) {
  return spawn("npm", ["run", "--silent", "demo", "--", ...args], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
}

/** Data folders; Node and npm keep caches of their own beside them. */
async function leftBehind(): Promise<string[]> {
  return (await readdir(temporary)).filter((name) => name.startsWith("drafthook"));
}
