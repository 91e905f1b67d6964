import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative } from "node:path";
import { inProject, PROJECT_DIR } from "./project.ts";

/** SHA-256 over the place, names and bytes of all files that these names (of files or folders of the checkout) stand for, in hex. */
export function hashFiles(names: readonly string[]): string {
  const hash = createHash("sha256").update(PROJECT_DIR); // what is built may hold absolute paths
  for (const file of names.flatMap((name) => filesUnder(inProject(name))).sort()) {
    hash
      .update(`${relative(PROJECT_DIR, file)}\0`)
      .update(readFileSync(file))
      .update("\0");
  }
  return hash.digest("hex");
}

/** The file itself, or every file in the folder and those below it; none where there is nothing. */
export function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
