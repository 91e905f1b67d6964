import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Arguments } from "./arguments.ts";
import { Enroller } from "./enroller.ts";
import { watchDatabaseWrites } from "./flush-watch.ts";
import { countLogged, gatherAccounts, stillGoing } from "./gather.ts";
import type { Evidence } from "./judge/evidence.ts";
import { type Judgement, judge } from "./judge/judge.ts";
import { judgeLog } from "./judge/log.ts";
import { enrolledBy, type PlannedKill, planKills } from "./plan.ts";
import { Pulse } from "./pulse.ts";
import { setUp } from "./set-up.ts";
import type { Stage } from "./stage.ts";
import { SurfaceWatch } from "./surface-watch.ts";

const PATIENCE_MS = 20_000;
/** A lost draft: its lease, a minute's rest, and a second kill's share of both. */
const END_WITHIN_MS = 10 * 60_000;
/** A doubtful message is sent again after a quarter of an hour where the cadence chose that. */
const END_WITHIN_RESENDING_MS = 60 * 60_000;
/** The sweeper finds what the memory of a killed queue has lost after two minutes. */
const LOG_WITHIN_MS = 5 * 60_000;
const LOOK_EVERY_MS = 2_000;

/** One whole run: work, kills, the end of everything that was begun, and the judgement. */
export async function run(stage: Stage, wanted: Arguments, say: (line: string) => void): Promise<Judgement> {
  const { system, record, replier, dice } = stage;
  const { amount, onAmbiguous, provider } = wanted;
  await stage.start();
  const { webhookUrl, mailPort } = stage;
  const settings = { provider, mailPort, webhookUrl, steps: amount.steps, onAmbiguous };
  const cadenceId = await setUp(system.url, system.liveKey, settings);
  const leads = Array.from({ length: amount.enrollments }, (_, n) => `lead-${String(n + 1).padStart(5, "0")}`);
  const enroller = new Enroller(system, cadenceId, leads);
  const watch = new SurfaceWatch(record, system, enroller.ids);
  stage.onKill.push((kill) => watch.note(kill));
  const pulse = new Pulse(record, system);
  const running = [enroller.run(), replier.run(), watch.run(), pulse.run()];
  try {
    for (const [n, planned] of planKills(amount, dice.for("kills")).entries()) {
      const isBySending = planned.point !== "random" && planned.point !== "reload" && planned.point !== "flush";
      enroller.allow(enrolledBy(isBySending ? n + 0.5 : n + 1, amount));
      await wait(planned.uptimeMs);
      enroller.allow(enrolledBy(n + 1, amount));
      await killAt(planned, stage, enroller);
      await system.gone();
      say(progress(`kill ${n + 1}/${amount.kills + amount.reloads} ${planned.point}`, stage, enroller, watch));
      await stage.start();
    }
    enroller.allow(amount.enrollments);
    await untilAllEnded(stage, wanted, enroller, watch, say);
    return await judgeWhenLogged(stage, wanted, enroller, watch, say);
  } finally {
    for (const part of [enroller, replier, watch, pulse]) part.end();
    if (system.isUp) await Promise.all(running);
  }
}

/** Waits for the point and kills there; where it doesn't come in time, the kill is one at a random moment. */
async function killAt(planned: PlannedKill, stage: Stage, enroller: Enroller): Promise<void> {
  const { point } = planned;
  if (point === "random") return stage.kill("random");
  if (point === "reload") return stage.reload();
  const armed = stage.trigger.arm(point, planned.answerOf, PATIENCE_MS);
  if (point === "inbound") stage.replier.cutNext(planned.delayMs);
  const undo = point === "flush" ? await aimAtFlush(stage, enroller) : () => undefined;
  const isKilled = await armed;
  undo();
  stage.replier.cutNext(null);
  if (!isKilled) stage.kill("random");
}

/** Keeps everything of ours from writing to D1, so that the next change is the log queue's. */
async function aimAtFlush({ dataDir, trigger, replier }: Stage, enroller: Enroller): Promise<() => void> {
  for (const part of [enroller, replier]) part.pause(true);
  while (enroller.isBusy || replier.isBusy) await wait(5);
  const stop = watchDatabaseWrites(dataDir, () => trigger.reached("flush"));
  return () => {
    stop();
    for (const part of [enroller, replier]) part.pause(false);
  };
}

async function untilAllEnded(
  stage: Stage,
  wanted: Arguments,
  enroller: Enroller,
  watch: SurfaceWatch,
  say: (line: string) => void,
): Promise<void> {
  const until = Date.now() + (wanted.onAmbiguous === "resend_after" ? END_WITHIN_RESENDING_MS : END_WITHIN_MS);
  while (!enroller.isDone && Date.now() < until) await wait(LOOK_EVERY_MS);
  for (let going = [...enroller.ids.keys()]; ; ) {
    going = await stillGoing(stage.system, only(enroller.ids, going));
    say(progress(`${going.length} still going`, stage, enroller, watch));
    const isOver = going.length === 0 && stage.replier.open === 0 && watch.open === 0;
    if (isOver || Date.now() > until) return;
    await wait(LOOK_EVERY_MS);
  }
}

/** The log is written behind the engine: judged once it is whole, or when it should long have been. */
async function judgeWhenLogged(
  stage: Stage,
  wanted: Arguments,
  enroller: Enroller,
  watch: SurfaceWatch,
  say: (line: string) => void,
): Promise<Judgement> {
  const { system, record, folder, dataDir } = stage;
  const until = (record.readyAt.at(-1) ?? Date.now()) + LOG_WITHIN_MS;
  for (;;) {
    const accounts = await gatherAccounts(system, dataDir, enroller.ids);
    const logged = await countLogged(system);
    const { amount, provider, onAmbiguous } = wanted;
    const evidence: Evidence = {
      ...{ amount, provider, onAmbiguous, record, accounts, logged },
      surfaced: [...watch.surfaced.values()],
    };
    const gaps = judgeLog(evidence).length;
    say(`log read: ${logged} exchanges, ${gaps} gaps`);
    if (gaps > 0 && Date.now() < until) {
      await wait(LOOK_EVERY_MS);
      continue;
    }
    if (wanted.isToKeep) writeFileSync(join(folder, "evidence.json"), JSON.stringify(evidence, null, 1));
    return judge(evidence);
  }
}

function only(ids: ReadonlyMap<string, string>, leads: readonly string[]): Map<string, string> {
  return new Map(leads.flatMap((lead) => [[lead, ids.get(lead) ?? ""] as const]));
}

function progress(what: string, { record, replier }: Stage, enroller: Enroller, watch: SurfaceWatch): string {
  const { mails, requests, replies } = record;
  return `${what}  | ${enroller.ids.size} enrolled, ${requests.length} requests, ${mails.length} mails, ${replies.length} replies (${replier.open} open), ${watch.surfaced.size} doubts shown (${watch.open} open)`;
}
