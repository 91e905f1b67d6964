import { readFileSync } from "node:fs";
import { z } from "zod";
import { readBuildRecord } from "./build-record.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { PlainError, runProgram } from "./plain-error.ts";
import { inProject } from "./project.ts";

const Manifest = z.object({ limits: z.object({ workerGzipKiB: z.number().positive() }) });

/** Fails when the Worker, gzipped as Cloudflare counts it, is larger than `limits.workerGzipKiB` of package.json allows. */
await runProgram(async () => {
  ensureBuilt();
  const limit = Manifest.parse(JSON.parse(readFileSync(inProject("package.json"), "utf8"))).limits.workerGzipKiB;
  const size = (readBuildRecord()?.gzipBytes ?? Number.NaN) / 1024;
  const told = `The Worker is ${size.toFixed(1)} KiB gzipped; limits.workerGzipKiB in package.json is ${limit}.`;
  if (!(size <= limit)) throw new PlainError(told);
  console.log(told);
});
