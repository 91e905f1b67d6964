import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import { PlainError } from "../../tools/plain-error.ts";

/** How the system under test is started. */
export interface SystemSettings {
  /** The workshop with the product and its build. */
  readonly productDir: string;
  readonly dataDir: string;
  /** Where everything that it prints is kept. */
  readonly logFile: string;
  readonly port: number;
  readonly speed: number;
  readonly cronEverySeconds: number;
}

const READY_WITHIN_MS = 60_000;
const STARTS_MAX = 3;
const GONE_WITHIN_MS = 10_000;

/** The whole system: the node process of `npm start` and its workerd, which are killed together, without a word. */
export class System {
  readonly #settings: SystemSettings;
  #child: ChildProcess | null = null;
  #workerdPid: number | null = null;
  #isUp = false;
  #isKilled = false;
  #waiting: (() => void)[] = [];
  #boot = 0;
  #liveKey = "";

  constructor(settings: SystemSettings) {
    this.#settings = settings;
  }

  /** Counts the starts, from 1. */
  get boot(): number {
    return this.#boot;
  }

  get isUp(): boolean {
    return this.#isUp;
  }

  /** Whether this start runs still, ready or not: it works before it says so. */
  lives(boot: number): boolean {
    return boot === this.#boot && !this.#isKilled;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#settings.port}`;
  }

  get liveKey(): string {
    return this.#liveKey;
  }

  /**
   * Resolves when it answers. `onFailed` hears of each start that didn't get so far, once nothing of it is left: it may have
   * worked all the same. Throws PlainError when it doesn't start, three times in a row.
   */
  async start(onFailed: (boot: number, startedAt: number) => void = () => undefined): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      const startedAt = Date.now();
      const trouble = await this.#tryToStart();
      if (trouble === null) return;
      onFailed(this.#boot, startedAt);
      if (attempt === STARTS_MAX) throw new PlainError(`The system does not start again: ${trouble}`);
    }
  }

  /** SIGKILL to both, in this very turn: no handler runs, no byte more is written. */
  kill(): void {
    this.#isUp = false;
    this.#isKilled = true;
    for (const pid of [this.#workerdPid, this.#child?.pid]) if (pid != null) killQuietly(pid);
  }

  /** An end in good order, as before a start with other code; resolves when nothing of it is left. */
  async end(): Promise<void> {
    this.#isUp = false;
    this.#child?.kill("SIGTERM");
    await this.gone();
    this.#isKilled = true;
  }

  /** Resolves when nothing of it is left. */
  async gone(): Promise<void> {
    const child = this.#child;
    if (child !== null && child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const until = Date.now() + GONE_WITHIN_MS;
    while (this.#workerdPid !== null && isAlive(this.#workerdPid)) {
      if (Date.now() > until) throw new PlainError(`workerd (process ${this.#workerdPid}) does not end`);
      await wait(5);
    }
    this.#child = null;
    this.#workerdPid = null;
  }

  /** At once while it is up, else after the next start. */
  async up(): Promise<void> {
    while (!this.#isUp) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async #tryToStart(): Promise<string | null> {
    const { productDir, dataDir, port, speed, cronEverySeconds, logFile } = this.#settings;
    const pidFile = join(dataDir, "workerd.pid");
    rmSync(pidFile, { force: true });
    this.#boot += 1;
    this.#isKilled = false;
    const log = openSync(logFile, "a");
    const child = spawn(
      process.execPath,
      [
        ...["tools/start.ts", "--json", "--no-build", "--port", `${port}`, "--data", dataDir],
        ...["--speed", `${speed}`, "--cron", `${cronEverySeconds}`],
      ],
      // As if it were `npm start`: then it ends with whoever started it, should the rig itself be killed with -9.
      { cwd: productDir, stdio: ["ignore", "pipe", log], env: { ...process.env, npm_lifecycle_event: "start" } },
    );
    closeSync(log);
    this.#child = child;
    const giveUp = setTimeout(() => child.kill("SIGKILL"), READY_WITHIN_MS);
    const ready = await firstLine(child);
    clearTimeout(giveUp);
    if (ready === null) {
      this.#workerdPid = readPid(pidFile);
      this.kill();
      await this.gone();
      return `it ended before it was ready; see ${logFile}`;
    }
    this.#liveKey = Ready.parse(JSON.parse(ready)).liveKey;
    this.#workerdPid = readPid(pidFile);
    this.#isUp = true;
    for (const go of this.#waiting.splice(0)) go();
    return null;
  }
}

const Ready = z.object({ liveKey: z.string() });

function firstLine(child: ChildProcess): Promise<string | null> {
  return new Promise((resolve) => {
    child.once("exit", () => resolve(null));
    if (child.stdout !== null) createInterface({ input: child.stdout }).once("line", resolve);
  });
}

function readPid(file: string): number | null {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 1 ? pid : null;
  } catch {
    return null;
  }
}

function killQuietly(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}

/** A process that ended but was not yet collected ("Z") is gone for our purposes. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}
