import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openApi } from "./demo/api.ts";
import { readArguments } from "./demo/arguments.ts";
import { judge, type Verdict } from "./demo/checks/checks.ts";
import { gather } from "./demo/evidence.ts";
import { type FarSide, startFarSide } from "./demo/far-side-process.ts";
import { readLeads } from "./demo/leads.ts";
import { progressView } from "./demo/progress.ts";
import { resultTable } from "./demo/result-table.ts";
import type { Sabotage } from "./demo/sabotage.ts";
import { DELAY_SECONDS, enroll, setUp } from "./demo/set-up.ts";
import { waitForEnd } from "./demo/wait-for-end.ts";
import { ensureBuilt } from "./ensure-built.ts";
import { type Local, startLocal } from "./local.ts";
import { runProgram } from "./plain-error.ts";

/** Retries come this many times sooner, so that a second one is not a minute away. */
const LOCAL_SPEED = "20";
const PATIENCE_MS = 35_000;
const FAILURES_SHOWN_MAX = 20;

await runProgram(async () => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === null) return;
  ensureBuilt();
  await onStage(wanted.sabotage, async (local, farSide) => {
    const verdicts = await play(local, farSide);
    const failed = report(verdicts);
    process.exitCode = failed === 0 ? 0 : 1;
    if (wanted.isToKeep) await keepOpen(local);
  });
});

/** The system in a temporary folder on free ports, and the far side in another process; both are gone afterwards. */
async function onStage(
  sabotage: Sabotage | null,
  scene: (local: Local, farSide: FarSide) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-demo-"));
  const cleanUps = [() => rm(dataDir, { recursive: true, force: true, maxRetries: 5 })];
  try {
    const farSide = await startFarSide(sabotage);
    cleanUps.unshift(farSide.stop);
    const onLog = (level: string, line: string) => (level === "problem" ? console.error(line) : undefined);
    const local = await startLocal({ dataDir, port: 0, vars: { LOCAL_SPEED }, onLog });
    cleanUps.unshift(local.stop);
    await scene(local, farSide);
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

async function play(local: Local, farSide: FarSide): Promise<readonly Verdict[]> {
  const leads = readLeads();
  const api = openApi(local.url, local.liveKey);
  const made = await setUp(api, farSide.webhookUrl, farSide.smtpPort);
  await farSide.open(local.url, made.secret);
  console.log(
    `Drafthook at ${local.url}, the drafter behind ${farSide.webhookUrl}, the recipients' mail server at port ${farSide.smtpPort}.`,
  );
  console.log(
    `${leads.length} leads from tools/demo/leads.csv, four steps, ${DELAY_SECONDS} s apart; retries come ${LOCAL_SPEED} times sooner (LOCAL_SPEED).\n`,
  );
  const enrollments = await enroll(api, made, leads);
  const isOver = await waitForEnd(
    api,
    farSide,
    made.cadenceId,
    leads,
    progressView(leads, process.stdout),
    PATIENCE_MS,
  );
  const evidence = await gather(local, farSide, made, leads, enrollments);
  console.log(`\n${resultTable(evidence)}\n`);
  const inTime: Verdict = {
    topic: "in time",
    passed: isOver ? 1 : 0,
    failures: isOver ? [] : [`after ${PATIENCE_MS / 1000} s not every lead stood where it should`],
  };
  return [inTime, ...judge(evidence)];
}

/** Prints what was checked and, as the last line, the sum; gives how many failed. */
function report(verdicts: readonly Verdict[]): number {
  for (const { topic, passed, failures } of verdicts) {
    console.log(
      `${failures.length === 0 ? "ok    " : "FAILED"}  ${topic}: ${passed} passed, ${failures.length} failed`,
    );
    for (const failure of failures.slice(0, FAILURES_SHOWN_MAX)) console.log(`        - ${failure}`);
    if (failures.length > FAILURES_SHOWN_MAX) console.log(`        - and ${failures.length - FAILURES_SHOWN_MAX} more`);
  }
  const passed = verdicts.reduce((sum, verdict) => sum + verdict.passed, 0);
  const failed = verdicts.reduce((sum, verdict) => sum + verdict.failures.length, 0);
  console.log(`demo: ${passed} checks passed, ${failed} failed`);
  return failed;
}

/** Until Ctrl-C, so that a person can look around. */
async function keepOpen({ url, key, liveKey }: Local): Promise<void> {
  console.error(
    `\nurl: ${url}\nkey: ${key}\nlive-key: ${liveKey}\nStop with Ctrl-C; everything of it is removed then.`,
  );
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}
