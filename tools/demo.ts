import { readArguments } from "./demo/arguments.ts";
import type { Verdict } from "./demo/checks/checks.ts";
import { playLinkedin } from "./demo/linkedin/play.ts";
import { onLinkedinStage } from "./demo/linkedin/stage.ts";
import { play } from "./demo/play.ts";
import { printVerdicts } from "./demo/print-verdicts.ts";
import { onStage } from "./demo/stage.ts";
import { ensureBuilt } from "./ensure-built.ts";
import type { Local } from "./local.ts";
import { runProgram } from "./plain-error.ts";

await runProgram(async () => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === null) return;
  ensureBuilt();
  let failed: number | null = null;
  const show = async (local: Local, played: Promise<readonly Verdict[]>) => {
    failed = printVerdicts(await played.catch(brokenOff));
    if (wanted.isToKeep) await keepOpen(local);
  };
  const isToEnd = wanted.isLinkedin
    ? await onLinkedinStage((stage) => show(stage.local, playLinkedin(stage)))
    : await onStage(wanted.sabotage, (stage) => show(stage.local, play(stage)));
  // Interrupted, whatever still runs of the scene has nothing to say any more.
  if (!isToEnd) process.exit(failed === 0 ? 0 : 1);
  process.exitCode = failed === 0 ? 0 : 1;
});

/** A demonstration that could not go on has failed, and says so in its last line like any other. */
function brokenOff(error: unknown): readonly Verdict[] {
  return [{ topic: "to the end", passed: 0, failures: [error instanceof Error ? error.message : String(error)] }];
}

/** Until Ctrl-C, so that a person can look around. On stderr, so that the sum stays the last line of stdout. */
async function keepOpen({ url, key, liveKey }: Local): Promise<never> {
  console.error(
    `\nurl: ${url}\nkey: ${key}\nlive-key: ${liveKey}\nStop with Ctrl-C; everything of it is removed then.`,
  );
  return new Promise(() => {});
}
