import { spawnSync } from "node:child_process";
import { isDashboardBuilt } from "./build-dashboard.ts";
import { hashBuildInputs, readBuildRecord } from "./build-record.ts";
import { PlainError } from "./plain-error.ts";
import { inProject } from "./project.ts";

/** Builds when something changed since the last build. Throws PlainError with the build's own sentence when it fails. */
export function ensureBuilt(): void {
  if (readBuildRecord()?.inputsHash === hashBuildInputs() && isDashboardBuilt()) return;
  // In a process of its own: wrangler's 200 MB go with it.
  const build = spawnSync(process.execPath, [inProject("tools", "build.ts")], { encoding: "utf8" });
  if (build.status === 0) return void process.stderr.write(build.stderr);
  throw new PlainError(build.stderr.trim() || `The build ended with ${build.signal ?? build.status} and said nothing.`);
}
