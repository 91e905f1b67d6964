import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { parseArgs, stripVTControlCharacters } from "node:util";
import { gzipSync } from "node:zlib";
import { buildDashboard } from "./build-dashboard.ts";
import { type BuildRecord, hashBuildInputs, type Migration, readBuildRecord } from "./build-record.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { BUILD_DIR, inProject, PROJECT_DIR } from "./project.ts";

/**
 * Builds the dashboard's files and the Worker once, the way `wrangler deploy` would, into dashboard/dist and dist/worker.
 * Leaves out what would come out as it is, so `npm start` and `npm test` can always call it first.
 */
async function build(force: boolean): Promise<void> {
  const inputsHash = hashBuildInputs();
  const isWorkerOld = force || readBuildRecord()?.inputsHash !== inputsHash;
  // First, since it is quick to complain.
  const settings = isWorkerOld ? await readSettings() : null;
  buildDashboard(force);
  if (settings !== null) buildWorker(inputsHash, settings);
}

type Settings = Omit<BuildRecord, "inputsHash" | "bytes" | "gzipBytes">;

function buildWorker(inputsHash: string, settings: Settings): void {
  const outputDir = bundleWorker();
  const bytes = readFileSync(join(outputDir, "index.js"));
  const gzipBytes = gzipSync(bytes, { level: 9 }).byteLength;
  const record: BuildRecord = { inputsHash, bytes: bytes.byteLength, gzipBytes, ...settings };
  writeFileSync(join(outputDir, "build.json"), JSON.stringify(record, null, 2));
  rmSync(BUILD_DIR, { recursive: true, force: true });
  renameSync(outputDir, BUILD_DIR);
  console.error(`Built dist/worker: ${kib(record.bytes)}, ${kib(gzipBytes)} gzipped.`);
}

const MIGRATIONS = inProject("migrations");

/** Everything that wrangler.toml says, read by wrangler itself so that nothing is written twice. */
async function readSettings(): Promise<Settings> {
  process.env["WRANGLER_LOG"] = "none"; // it would warn of secrets that `npm start` makes itself
  const wrangler = await import("wrangler");
  try {
    const config = wrangler.unstable_readConfig({ config: inProject("wrangler.toml") });
    // Its own `bindings` would carry the secrets of a .dev.vars too, and a build must hold none.
    const {
      modulesRules: _,
      bindings: __,
      ...workerOptions
    } = wrangler.unstable_getMiniflareWorkerOptions(config).workerOptions;
    return {
      workerOptions,
      vars: config.vars,
      crons: config.triggers.crons ?? [],
      migrations: readMigrations(wrangler.unstable_splitSqlQuery),
    };
  } catch (error) {
    throw new PlainError(`wrangler.toml can't be read: ${sayConfigError(error)}`);
  }
}

function readMigrations(split: (sql: string) => string[]): Migration[] {
  if (!existsSync(MIGRATIONS)) return [];
  const names = readdirSync(MIGRATIONS).filter((name) => name.endsWith(".sql"));
  return names.sort().map((name) => ({
    name,
    statements: split(readFileSync(join(MIGRATIONS, name), "utf8")).filter(saysSomething),
  }));
}

/** Whether a statement is more than a comment, such as drizzle's closing breakpoint. */
function saysSomething(statement: string): boolean {
  return statement.replaceAll(/--.*$/gm, "").trim() !== "";
}

/** Bundles into a folder of this process's own, so that two builds at once don't mix; returns that folder. */
function bundleWorker(): string {
  const outputDir = `${BUILD_DIR}-${process.pid}`;
  mkdirSync(outputDir, { recursive: true });
  process.once("exit", () => rmSync(outputDir, { recursive: true, force: true }));
  const wrangler = spawnSync(
    process.execPath,
    [
      inProject("node_modules", "wrangler", "bin", "wrangler.js"),
      "deploy",
      "--dry-run",
      "--minify",
      "--outdir",
      outputDir,
    ],
    {
      cwd: PROJECT_DIR,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1", WRANGLER_LOG: "error", WRANGLER_SEND_METRICS: "false", CI: "true" },
    },
  );
  if (wrangler.status !== 0) throw new PlainError(`The Worker does not build: ${sayBundleError(wrangler.stderr)}`);
  return outputDir;
}

/** esbuild's first complaint, with its place, as one line. */
function sayBundleError(stderr: string): string {
  const lines = stripVTControlCharacters(stderr)
    .split("\n")
    .map((line) => line.trim());
  const what = lines
    .find((line) => line.includes("[ERROR]") && !line.includes("Build failed with"))
    ?.replace(/^.*\[ERROR\]\s*/, "");
  const where = lines.find((line) => /^\S+:\d+:\d+:$/.test(line))?.replace(/:$/, "");
  return [what ?? lines.find((line) => line !== "") ?? "no reason was given", where].filter(Boolean).join(" at ");
}

function sayConfigError(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const location = "location" in error && isLocation(error.location) ? error.location : undefined;
  const message = error.message
    .split("\n")
    .map((line) => line.trim())
    .join(" ")
    .replace(/^Processing .* configuration: -?\s*/, "");
  if (location === undefined) return message;
  return `${message} at ${relative(PROJECT_DIR, location.file) || basename(location.file)}:${location.line}:${location.column}`;
}

function isLocation(value: unknown): value is { file: string; line: number; column: number } {
  return typeof value === "object" && value !== null && "file" in value && "line" in value && "column" in value;
}

function kib(bytes: number): string {
  return `${(bytes / 1024).toFixed(1)} KiB`;
}

const { values } = parseArgs({ options: { force: { type: "boolean", default: false } } });
await runProgram(() => build(values.force));
