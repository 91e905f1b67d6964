import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "..", "..");
const NEEDED = ["core", "adapters", "durable-objects", "worker", "migrations", "dashboard", "tools"];
const FILES = ["wrangler.toml", "package.json", "package-lock.json", "tsconfig.json", "drizzle.config.ts"];

let copy = "";

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), "drafthook-broken-"));
  for (const name of [...NEEDED, ...FILES]) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
});

afterEach(() => rmSync(copy, { recursive: true, force: true }));

test("a missing build is one clear sentence", () => {
  expect(start("--no-build")).toBe("There is no build in dist/worker; make it with: npm run build\n");
});

test("a wrangler.toml that is no TOML is one clear sentence with the place", () => {
  edit("wrangler.toml", (text) => text.replace('name = "drafthook"', 'name = = "drafthook"'));
  expect(start()).toMatch(/^wrangler\.toml can't be read: .+ at wrangler\.toml:\d+:\d+\n$/);
});

test("a wrangler.toml with a wrong setting is one clear sentence", () => {
  edit("wrangler.toml", (text) => text.replace(/^crons = .*$/m, "crons = 5"));
  expect(start()).toMatch(/^wrangler\.toml can't be read: Expected "triggers\.crons" to be of type array.+\n$/);
});

test("a Worker that does not build is one clear sentence with the place", () => {
  edit("worker/index.ts", (text) => `import "./no-such-file.ts";\n${text}`);
  expect(start()).toMatch(
    /^The Worker does not build: Could not resolve "\.\/no-such-file\.ts" at worker\/index\.ts:1:\d+\n$/,
  );
});

test("a dashboard that does not build is one clear sentence with the place", () => {
  edit("dashboard/src/main.tsx", (text) => `import "./no-such-file.ts";\n${text}`);
  expect(start()).toMatch(
    /^The dashboard does not build: Could not resolve '.\/no-such-file.ts' in src\/main.tsx at src\/main.tsx:1:8\n$/,
  );
});

test("a migration that SQLite refuses is one clear sentence, and the database is left as it was", () => {
  writeFileSync(
    join(copy, "migrations", "9999_broken.sql"),
    "CREATE TABLE half (id TEXT);\nINSERT INTO no_such_table VALUES (1);\n",
  );
  expect(lastLine(start())).toMatch(/^migrations\/9999_broken\.sql can't be applied: .*no_such_table.*$/);
  expect(lastLine(start())).toMatch(/no_such_table/); // and not: "half" exists already
});

test("a migration that is not in schema.ts is caught by `npm run schema`", () => {
  expect(runTool("check-schema.ts").status).toBe(0);
  writeFileSync(join(copy, "migrations", "9999_by_hand.sql"), "CREATE TABLE by_hand (id TEXT);\n");
  const { status, stderr } = runTool("check-schema.ts");
  expect(status).toBe(1);
  expect(stderr).toContain("by_hand");
});

test("a column that schema.ts has and migrations/ lacks is caught by `npm run schema`", () => {
  edit("adapters/d1/schema.ts", (text) => text.replace("last4: text().notNull(),", "$& added: text(),"));
  const { status, stderr } = runTool("check-schema.ts");
  expect(status).toBe(1);
  expect(stderr).toContain("ADD `added` text");
});

function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(join(copy, file), "utf8");
  const after = change(before);
  expect(after).not.toBe(before); // or the test would prove nothing
  writeFileSync(join(copy, file), after);
}

/** Starts what must fail: exit status 1, nothing on stdout; returns what stderr says. */
function start(...args: readonly string[]): string {
  const { status, stdout, stderr } = runTool("start.ts", "--port", "0", "--data", join(copy, "data"), ...args);
  expect([status, stdout]).toEqual([1, ""]);
  return stderr;
}

function runTool(tool: string, ...args: readonly string[]) {
  return spawnSync(process.execPath, [join("tools", tool), ...args], { cwd: copy, encoding: "utf8", timeout: 60_000 });
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
