import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { hashFiles } from "./files-under.ts";
import { BUILD_DIR } from "./project.ts";

type Json = z.infer<ReturnType<typeof z.json>>;

/** One file of migrations/, cut into its statements, in the order in which D1 must run them. */
export interface Migration {
  readonly name: string;
  readonly statements: readonly string[];
}

/**
 * What a build leaves beside the Worker (dist/worker/build.json): from which inputs it was made, and everything that
 * wrangler.toml and migrations/ say, so that `npm start` need not load wrangler (0.8 s and 200 MB) to run it.
 */
export interface BuildRecord {
  readonly inputsHash: string;
  readonly bytes: number;
  readonly gzipBytes: number;
  readonly crons: readonly string[];
  readonly migrations: readonly Migration[];
  /** [vars] of wrangler.toml; never a secret. */
  readonly vars: Readonly<Record<string, Json>>;
  /** Miniflare's own worker options without bindings, as wrangler derives them from wrangler.toml. */
  readonly workerOptions: Readonly<Record<string, unknown>>;
}

/** The record of the build that lies in dist/worker, or undefined when there is none or it can't be read. */
export function readBuildRecord(): BuildRecord | undefined {
  if (!existsSync(join(BUILD_DIR, "index.js")) || !existsSync(recordFile)) return undefined;
  const parsed = BuildRecordShape.safeParse(JSON.parse(readFileSync(recordFile, "utf8")));
  return parsed.success ? parsed.data : undefined;
}

/** SHA-256 over everything that the Worker is built from, in hex. */
export function hashBuildInputs(): string {
  return hashFiles(INPUTS);
}

const recordFile = join(BUILD_DIR, "build.json");

const INPUTS = [
  "core",
  "adapters",
  "durable-objects",
  "worker",
  "migrations",
  "wrangler.toml",
  "package.json",
  "package-lock.json",
  "tools/build.ts",
  "tools/build-record.ts",
  "tools/files-under.ts",
];

const BuildRecordShape = z.object({
  inputsHash: z.string(),
  bytes: z.number(),
  gzipBytes: z.number(),
  crons: z.array(z.string()),
  migrations: z.array(z.object({ name: z.string(), statements: z.array(z.string()) })),
  vars: z.record(z.string(), z.json()),
  workerOptions: z.record(z.string(), z.unknown()),
});
