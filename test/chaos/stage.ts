import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interruption } from "../../tools/demo/interruption.ts";
import { PlainError } from "../../tools/plain-error.ts";
import { choosePort } from "../../tools/port.ts";
import type { Arguments } from "./arguments.ts";
import { type Dice, diceFrom } from "./dice.ts";
import { Customer } from "./far-side/customer.ts";
import { ProviderApi } from "./far-side/mail-api.ts";
import { MailServer } from "./far-side/mail-server.ts";
import { Replier } from "./far-side/replier.ts";
import type { Witness } from "./far-side/witness.ts";
import type { Point } from "./plan.ts";
import { emptyRecord, type FarRecord, type Kill } from "./record.ts";
import { System } from "./system.ts";
import { Trigger } from "./trigger.ts";
import { makeWorkshop, type Workshop } from "./workshop.ts";

/** Where a run takes place: the system, not yet started, and all that it talks to. */
export interface Stage {
  readonly system: System;
  readonly dataDir: string;
  /** Temporary, removed at the end unless it is to be kept. */
  readonly folder: string;
  readonly record: FarRecord;
  readonly trigger: Trigger;
  readonly replier: Replier;
  readonly dice: Dice;
  readonly webhookUrl: string;
  readonly mailPort: number;
  /** Kills the system now, and writes down where that was. */
  kill(point: Point): void;
  /** Ends the system in good order, changes its build, and writes down when it was gone. */
  reload(): Promise<void>;
  /** Starts the system, and writes down when it was ready. */
  start(): Promise<void>;
  /** Told of every kill, in the same turn. */
  readonly onKill: ((kill: Kill) => void)[];
}

/** Retries come this many times sooner; leases don't. */
const SPEED = 20;
/** The sweeper runs in each start that lives for a few seconds. */
const CRON_SECONDS = 2;
const DRAFT_MIN_MS = 5;
const DRAFT_MAX_MS = 60;
const MAIL_MIN_MS = 20;
const MAIL_MAX_MS = 120;

/** Runs `scene`; whatever happens, nothing of the system or the far sides is left running, and no file but what is kept. */
export async function onStage<Result>(wanted: Arguments, scene: (stage: Stage) => Promise<Result>): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), "drafthook-chaos-"));
  const cleanUps: (() => void | Promise<void>)[] = [];
  if (!wanted.isToKeep) cleanUps.push(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  try {
    const workshop = makeWorkshop(wanted.mutant);
    cleanUps.unshift(workshop.remove);
    const dataDir = join(folder, "data");
    const system = new System({
      productDir: workshop.dir,
      dataDir,
      logFile: join(folder, "system.log"),
      port: await choosePort(0),
      speed: SPEED,
      cronEverySeconds: CRON_SECONDS,
    });
    cleanUps.unshift(() => {
      system.kill();
      return system.gone();
    });
    const far = await startFarSides(wanted, system, workshop);
    cleanUps.unshift(far.close);
    const ending = await Promise.race([scene({ ...far.stage, system, dataDir, folder }), interruption()]);
    if (ending === "interrupted") throw new PlainError("Interrupted; nothing of it runs any more.");
    return ending;
  } finally {
    for (const cleanUp of cleanUps) await cleanUp();
  }
}

async function startFarSides(wanted: Arguments, system: System, workshop: Workshop) {
  const dice = diceFrom(wanted.seed);
  const record = emptyRecord();
  const onKill: Stage["onKill"] = [];
  const note = (point: Point, boot: number, at: number, beganAt = at) => {
    const killed = { point, beganAt, at, boot };
    record.kills.push(killed);
    for (const hear of onKill) hear(killed);
  };
  const kill = (point: Point) => {
    system.kill();
    note(point, system.boot, Date.now());
  };
  const reload = async () => {
    const beganAt = Date.now();
    await system.end();
    note("reload", system.boot, Date.now(), beganAt);
    workshop.changeBuild();
  };
  const start = async () => {
    await system.start((boot, startedAt) => note("slow_start", boot, Date.now(), startedAt));
    record.readyAt[system.boot - 1] = Date.now();
  };
  const trigger = new Trigger(kill);
  const witness: Witness = {
    record,
    boot: () => system.boot,
    lives: (boot) => system.lives(boot),
    reached: (point, answerOf) => trigger.reached(point, answerOf),
    latencyMs: (subject) =>
      subject.startsWith("mail/")
        ? dice.for(subject).between(MAIL_MIN_MS, MAIL_MAX_MS)
        : dice.for(subject).between(DRAFT_MIN_MS, DRAFT_MAX_MS),
  };
  const replier = new Replier(witness, system, trigger, dice.for("replies"), wanted.amount.steps);
  const isSmtp = wanted.provider === "smtp";
  // With keys nothing is to stay in doubt. A reply that comes while a later message is in doubt forbids the repeat that
  // would settle it, so there leads answer the last message only, and once it is told that it was sent.
  const onFired = (lead: string, step: number) =>
    !isSmtp && step === wanted.amount.steps - 1 ? replier.read(lead, step) : undefined;
  const customer = new Customer(witness, onFired);
  const mail = isSmtp ? new MailServer(witness, (lead, step) => replier.read(lead, step)) : new ProviderApi(witness);
  const webhookUrl = await customer.listen();
  const mailPort = await mail.listen();
  const stage = { record, trigger, replier, dice, webhookUrl, mailPort, kill, reload, start, onKill };
  const close = () => {
    replier.end();
    customer.close();
    mail.close();
  };
  return { stage, close };
}
