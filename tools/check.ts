import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { inProject, PROJECT_DIR } from "./project.ts";

/** What `npm run check` runs, quickest first; each is an npm script of its own. The tests are not among them. */
const CHECKS = ["lint", "layers", "size", "schema", "dead", "openapi", "types"];

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(inProject("package.json"), "utf8")));

const failed: string[] = [];
const checks = CHECKS.filter((name) => name in scripts);
for (const name of checks) {
  console.log(`\n${name}`);
  const since = performance.now();
  // All of them, whatever fails: one run shows everything that is left to mend.
  const { status } = spawnSync("npm", ["run", "--silent", name], {
    cwd: PROJECT_DIR,
    stdio: ["ignore", "inherit", "inherit"],
  });
  if (status !== 0) failed.push(name);
  console.log(`${name}: ${status === 0 ? "ok" : "FAILED"} in ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

console.log(
  `\ncheck: ${checks.length - failed.length} ok, ${failed.length} failed${failed.length === 0 ? "" : ` (${failed.join(", ")})`}`,
);
process.exit(failed.length === 0 ? 0 : 1);
