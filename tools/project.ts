import { join } from "node:path";

/** The checkout's root, absolute, so that every tool works from any folder. */
export const PROJECT_DIR = join(import.meta.dirname, "..");

/** Where the built Worker lies: index.js, its source map and build.json. Written by tools/build.ts only. */
export const BUILD_DIR = join(PROJECT_DIR, "dist", "worker");

/** An absolute path inside the checkout. */
export function inProject(...parts: readonly string[]): string {
  return join(PROJECT_DIR, ...parts);
}
