import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { z } from "zod";

const ROOT = join(import.meta.dirname, "..", "..");
const Report = z.object({
  summary: z.object({ violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })) }),
});

/** A small house that keeps every rule; each test breaks one. */
const SOUND = {
  "package.json":
    '{ "type": "module", "dependencies": { "zod": "*", "hono": "*", "drizzle-orm": "*" }, "devDependencies": { "csv-parse": "*" } }',
  "core/decide.ts":
    'import { z } from "zod"; import { Temporal } from "temporal-polyfill"; export const decide = [z, Temporal];',
  "core/contract/step.ts": "export const step = 1;",
  "adapters/mail.ts": 'import { decide } from "../core/decide.ts"; export const mail = decide;',
  "adapters/d1/schema.ts": 'import { text } from "drizzle-orm"; export const schema = text;',
  "adapters/d1/leads.ts": 'import { schema } from "./schema.ts"; export const leads = schema;',
  "durable-objects/enrollment.ts":
    'import { DurableObject } from "cloudflare:workers"; import { mail } from "../adapters/mail.ts"; export const enrollment = [DurableObject, mail];',
  "worker/index.ts":
    'import { Hono } from "hono"; import { enrollment } from "../durable-objects/enrollment.ts"; export default [Hono, enrollment];',
  "dashboard/src/app.ts": 'import { step } from "../../core/contract/step.ts"; export const app = step;',
  "examples/hello.ts": 'import { createServer } from "node:http"; export const hello = createServer;',
  "tools/start.ts": 'import worker from "../worker/index.ts"; export const start = worker;',
  "test/core/decide.test.ts": 'import { decide } from "../../core/decide.ts"; export const test = decide;',
};

let house = "";

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), "drafthook-layers-"));
  for (const name of ["zod", "temporal-polyfill", "hono", "drizzle-orm", "csv-parse"]) writePackage(name);
  for (const [file, text] of Object.entries(SOUND)) write(file, text);
});

afterEach(() => rmSync(house, { recursive: true, force: true }));

test("a house that keeps the rules passes", () => {
  expect(violations()).toEqual([]);
});

test.each([
  ["core-is-pure", "core/decide.ts", 'import { mail } from "../adapters/mail.ts"; export const decide = mail;'],
  ["core-is-pure", "core/decide.ts", 'import { readFileSync } from "node:fs"; export const decide = readFileSync;'],
  ["core-is-pure", "core/decide.ts", 'import { Hono } from "hono"; export const decide = Hono;'],
  ["core-is-pure", "core/decide.ts", 'import type { Hono } from "hono"; export type Decide = Hono;'],
  [
    "core-is-pure",
    "core/decide.ts",
    'import { DurableObject } from "cloudflare:workers"; export const decide = DurableObject;',
  ],
  [
    "adapters-know-only-core",
    "adapters/mail.ts",
    'import { enrollment } from "../durable-objects/enrollment.ts"; export const mail = enrollment;',
  ],
  ["only-repositories-speak-sql", "worker/index.ts", 'import { eq } from "drizzle-orm"; export default eq;'],
  [
    "only-repositories-speak-sql",
    "adapters/mail.ts",
    'import { schema } from "./d1/schema.ts"; export const mail = schema;',
  ],
  [
    "durable-objects-know-no-worker",
    "durable-objects/enrollment.ts",
    'import worker from "../worker/index.ts"; export const enrollment = worker;',
  ],
  ["worker-knows-no-client", "worker/index.ts", 'import { app } from "../dashboard/src/app.ts"; export default app;'],
  [
    "clients-know-only-the-contract",
    "dashboard/src/app.ts",
    'import { decide } from "../../core/decide.ts"; export const app = decide;',
  ],
  [
    "examples-stand-alone",
    "examples/hello.ts",
    'import { step } from "../core/contract/step.ts"; export const hello = step;',
  ],
  ["product-needs-no-workshop", "worker/index.ts", 'import { start } from "../tools/start.ts"; export default start;'],
  ["product-needs-no-dev-package", "adapters/mail.ts", 'import { parse } from "csv-parse"; export const mail = parse;'],
  ["no-circles", "core/contract/step.ts", 'import { decide } from "../decide.ts"; export const step = decide;'],
  ["no-dead-ends", "worker/index.ts", 'import { gone } from "./gone.ts"; export default gone;'],
])("%s: a violation planted in %s is caught", (rule, file, text) => {
  if (rule === "no-circles")
    write("core/decide.ts", 'import { step } from "./contract/step.ts"; export const decide = step;');
  write(file, text);
  expect(violations()).toContain(rule);
});

function write(file: string, text: string): void {
  mkdirSync(dirname(join(house, file)), { recursive: true });
  writeFileSync(join(house, file), text);
}

/** An empty package of that name, so that the house is found whole without the real ones. */
function writePackage(name: string): void {
  write(
    `node_modules/${name}/package.json`,
    JSON.stringify({ name, version: "1.0.0", type: "module", main: "dist/index.js" }),
  );
  write(`node_modules/${name}/dist/index.js`, "export {};");
}

/** The names of the rules that the house breaks, as `npm run layers` would see it. */
function violations(): string[] {
  const cruise = join(ROOT, "node_modules", "dependency-cruiser", "bin", "dependency-cruiser.mjs");
  const config = join(ROOT, ".dependency-cruiser.mjs");
  const { stdout, stderr } = spawnSync(process.execPath, [cruise, "--config", config, "--output-type", "json", "."], {
    cwd: house,
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return Report.parse(JSON.parse(stdout)).summary.violations.map(({ rule }) => rule.name);
}
