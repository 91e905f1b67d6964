#!/usr/bin/env node
// Plain JavaScript: npx starts this with whatever Node the system has, and an older one can't read the .ts files at all.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
const isNewEnough = major > 22 || (major === 22 && minor >= 18);
const inProject = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

if (isNewEnough) {
  await import("./drafthook.ts");
} else {
  const node = inProject("node_modules/node/bin/node");
  if (!existsSync(node)) {
    console.error('drafthook needs Node 24, which "npm ci" (without --ignore-scripts) puts into the project.');
    process.exit(1);
  }
  const program = spawn(node, [inProject("tools/drafthook.ts"), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => program.kill(signal));
  program.on("exit", (code, signal) => process.exit(signal === null ? (code ?? 1) : 1));
}
