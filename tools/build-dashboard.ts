import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { filesUnder, hashFiles } from "./files-under.ts";
import { PlainError } from "./plain-error.ts";
import { inProject } from "./project.ts";

/** Where the dashboard's files lie when they are built: what Pages and the Worker's assets serve. */
export const DASHBOARD_DIST = inProject("dashboard", "dist");

/**
 * Builds dashboard/dist with Vite, unless it was made from the very inputs that are there. Throws PlainError with the build's own
 * words when it fails.
 */
export function buildDashboard(force: boolean): void {
  const inputsHash = hashFiles(INPUTS);
  if (!force && isDashboardBuilt()) return;
  const fresh = inProject("dist", `dashboard-${process.pid}`);
  process.once("exit", () => rmSync(fresh, { recursive: true, force: true }));
  const vite = spawnSync(
    process.execPath,
    [
      inProject("node_modules", "vite", "bin", "vite.js"),
      "build",
      "--outDir",
      fresh,
      "--emptyOutDir",
      "--logLevel",
      "error",
    ],
    { cwd: inProject("dashboard"), encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  if (vite.status !== 0) throw new PlainError(`The dashboard does not build: ${firstComplaint(vite.stderr)}`);
  putInPlace(fresh);
  mkdirSync(dirname(HASH_FILE), { recursive: true });
  writeFileSync(HASH_FILE, inputsHash);
}

/** Whether dashboard/dist is what would be built now. */
export function isDashboardBuilt(): boolean {
  return existsSync(join(DASHBOARD_DIST, "index.html")) && readHash() === hashFiles(INPUTS);
}

const HASH_FILE = inProject("dist", "dashboard.sha256");
const INPUTS = ["index.html", "vite.config.ts", "tsconfig.json", "public", "src"].map((name) => `dashboard/${name}`);
INPUTS.push("core/contract", "package-lock.json");

/** A running `npm start` serves from this folder: the new files come first, then the old ones go. */
function putInPlace(fresh: string): void {
  cpSync(fresh, DASHBOARD_DIST, { recursive: true });
  for (const file of filesUnder(DASHBOARD_DIST))
    if (!existsSync(join(fresh, relative(DASHBOARD_DIST, file)))) rmSync(file);
}

function readHash(): string | null {
  return existsSync(HASH_FILE) ? readFileSync(HASH_FILE, "utf8") : null;
}

/** The bundler's first complaint, with its place, as one line. */
function firstComplaint(stderr: string): string {
  const text = stripVTControlCharacters(stderr);
  const [, what] = /^\[[A-Z_]+\]\s*(.+)$/m.exec(text) ?? [];
  const [, where] = /\[ (\S+:\d+:\d+) \]/.exec(text) ?? [];
  if (what !== undefined) return [what, where].filter(Boolean).join(" at ");
  const lines = text.split("\n").map((line) => line.trim());
  return lines.find((line) => line !== "" && !/build failed|error during build/i.test(line)) ?? "no reason was given";
}
