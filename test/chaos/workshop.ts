import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PlainError } from "../../tools/plain-error.ts";
import { inProject } from "../../tools/project.ts";
import { MUTANTS, type MutantName } from "./mutants/mutants.ts";

/** A copy of the product, built. The checkout can be worked on meanwhile, and a mutant never gets near it. */
export interface Workshop {
  readonly dir: string;
  /** The next start runs other code, as after a deployment. */
  changeBuild(): void;
  remove(): void;
}

const COPIED = [
  ...["core", "adapters", "durable-objects", "worker", "migrations", "dashboard", "tools", "test/chaos/mutants"],
  ...["dist/worker", "wrangler.toml", "package.json", "package-lock.json", "tsconfig.json"],
];

/** Copies the build that lies in dist/worker; for a mutant it replaces one module of the copy and builds it anew. */
export function makeWorkshop(mutant: MutantName | null): Workshop {
  const dir = mkdtempSync(join(tmpdir(), "drafthook-chaos-product-"));
  const remove = () => rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
  try {
    for (const name of COPIED) {
      if (existsSync(inProject(name))) cpSync(inProject(name), join(dir, name), { recursive: true });
    }
    symlinkSync(inProject("node_modules"), join(dir, "node_modules"), "dir");
    if (mutant !== null) buildMutant(dir, mutant);
    return { dir, changeBuild: () => changeBuild(dir), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

let builds = 0;

function changeBuild(dir: string): void {
  builds += 1;
  appendFileSync(join(dir, "dist", "worker", "index.js"), `\n// build ${builds}\n`);
}

function buildMutant(dir: string, name: MutantName): void {
  const { replaces, by } = MUTANTS[name];
  const up = replaces.split("/").fill("..").slice(1).join("/");
  writeFileSync(join(dir, replaces), `export * from "${up}/test/chaos/mutants/${by}";\n`);
  const build = spawnSync(process.execPath, [join(dir, "tools", "build.ts"), "--force"], {
    cwd: dir,
    encoding: "utf8",
  });
  if (build.status !== 0) throw new PlainError(`The mutant ${name} does not build: ${build.stderr.trim()}`);
}
