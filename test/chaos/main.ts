import { ensureBuilt } from "../../tools/ensure-built.ts";
import { runProgram } from "../../tools/plain-error.ts";
import { readArguments } from "./arguments.ts";
import { run } from "./run.ts";
import { onStage } from "./stage.ts";

const SHOWN_MAX = 30;

/**
 * The kill rig: the built system under SIGKILL, while its customer and its mail server live on in this process and
 * remember. What they saw is the truth that the system's API is judged by (judge/): judge/explain-doubts.ts says which sends
 * a kill found open, judge/log.ts which requests count as cut off, judge/margins.ts how long before a kill that may be.
 */
await runProgram(async () => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === null) return;
  if (wanted.isToBuild) ensureBuilt();
  const startedAt = Date.now();
  const say = (line: string) => console.error(`${((Date.now() - startedAt) / 1000).toFixed(1).padStart(7)} s  ${line}`);
  const { figures, violations } = await onStage(wanted, (stage) => {
    if (wanted.isToKeep) say(`kept in ${stage.folder}`);
    return run(stage, wanted, say);
  });
  for (const { promise, lead, detail } of violations.slice(0, SHOWN_MAX)) say(`BROKEN ${promise}: ${lead}: ${detail}`);
  if (violations.length > SHOWN_MAX) say(`… and ${violations.length - SHOWN_MAX} more`);
  const { amount, seed, provider, onAmbiguous, mutant } = wanted;
  const seconds = Math.round((Date.now() - startedAt) / 100) / 10;
  console.log(
    JSON.stringify({ ...amount, ...figures, seconds, seed, provider, onAmbiguous, mutant, broken: violations.length }),
  );
  process.exitCode = violations.length === 0 ? 0 : 1;
});
