import { resolve } from "node:path";
import { convertV4MiniflareOptions, Log, LogLevel, Miniflare } from "miniflare";
import { type BuildRecord, readBuildRecord } from "./build-record.ts";
import { claimData } from "./claim-data.ts";
import { keepWorkerd } from "./keep-workerd.ts";
import { type LocalSecrets, readOrMakeKeys, readOrMakeSecrets } from "./local-files.ts";
import { migrate } from "./migrate.ts";
import { PlainError } from "./plain-error.ts";
import { choosePort, PortTaken } from "./port.ts";
import { BUILD_DIR, PROJECT_DIR } from "./project.ts";
import { scrubErased } from "./scrub-erased.ts";
import { LOCAL_TENANT_ID, seedLocal } from "./seed.ts";
import { seedSandboxMailbox } from "./seed-mailbox.ts";
import { mintFirstLink } from "./seed-person.ts";

/** How to start the whole system on this machine. */
export interface LocalOptions {
  /** Keeps secrets, keys and all state between starts; `.drafthook` of the checkout when left out. */
  readonly dataDir?: string;
  /** Of 127.0.0.1; 8787 when left out, 0 for any that is free. */
  readonly port?: number;
  /** How often the cron handler runs, in seconds; 60 when left out, 0 for never (call `dispatchCron`). */
  readonly cronEverySeconds?: number;
  /** Replaces or adds to [vars] of wrangler.toml, above the local settings. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Told every line that the Worker or its runtime logs; dropped when left out. */
  readonly onLog?: (level: LocalLogLevel, line: string) => void;
}

/** `problem` is a warning or an error, `note` anything else. */
export type LocalLogLevel = "note" | "problem";

/**
 * A mail as it would arrive at our MX: the envelope (`from` is empty for a bounce) and the raw MIME. Miniflare wants
 * From and Message-ID headers in it, which the real door does not.
 */
export interface LocalMail {
  readonly from: string;
  readonly to: string;
  readonly raw: string | Uint8Array<ArrayBuffer>;
}

/** A running system. */
export interface Local {
  readonly url: string;
  readonly key: string;
  readonly liveKey: string;
  /** Signs the developer in, once, within a quarter of an hour. Each start makes a new one. */
  readonly signInLink: string;
  readonly dataDir: string;
  /** What it keeps in D1, for tools of the operator. */
  readonly database: D1Database;
  /** Hands in a mail. `accepted` is what the sending server would be told; `answer` says why not. */
  dispatchMail(mail: LocalMail): Promise<{ readonly accepted: boolean; readonly answer: string }>;
  /** Runs every cron of wrangler.toml once, now. */
  dispatchCron(): Promise<void>;
  /** Stops everything and leaves no process. Safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Starts the built Worker with its objects, D1, R2, queues, mail and assets in one workerd, with its data in one folder.
 * Throws PlainError for what a person can mend: no build, port taken, folder in use, a Worker that does not start.
 */
export async function startLocal(options: LocalOptions = {}): Promise<Local> {
  for (let triesLeft = options.port === 0 ? FREE_PORTS_TRIED : 1; ; triesLeft -= 1)
    try {
      return await startOnce(options);
    } catch (error) {
      // A port that was free a moment ago is another program's now.
      if (!(error instanceof PortTaken) || triesLeft <= 1) throw error;
    }
}

const FREE_PORTS_TRIED = 3;

async function startOnce(options: LocalOptions): Promise<Local> {
  const build = readBuildRecord();
  if (build === undefined) throw new PlainError("There is no build in dist/worker; make it with: npm run build");
  const dataDir = resolve(options.dataDir ?? resolve(PROJECT_DIR, ".drafthook"));
  const port = await choosePort(options.port ?? 8787);
  const releaseData = await claimData(dataDir, port);
  const cleanUps = [releaseData];
  try {
    const url = `http://127.0.0.1:${port}`;
    const secrets = readOrMakeSecrets(dataDir);
    const keys = readOrMakeKeys(dataDir);
    cleanUps.unshift(() => scrubErased(dataDir));
    const watch = keepWorkerd(dataDir);
    cleanUps.unshift(watch.stopped);
    const vars = { ...localVars(url), ...options.vars };
    const miniflare = await startMiniflare({ build, dataDir, port, secrets, vars, onLog: options.onLog ?? (() => {}) });
    cleanUps.unshift(() => miniflare.dispose());
    watch.started();

    const database = await miniflare.getD1Database("DB");
    await migrate(database, build.migrations);
    await seedLocal(database, keys, Intl.DateTimeFormat().resolvedOptions().timeZone);
    const signInLink = await mintFirstLink(database, {
      tokenKey: secrets.TOKEN_KEY_V1,
      publicUrl: vars.PUBLIC_URL ?? url,
    });
    const complaint = await seedSandboxMailbox(url, keys.test);
    if (complaint !== undefined) options.onLog?.("problem", complaint);

    const dispatchCron = () => runCrons(url, build.crons);
    cleanUps.unshift(every(options.cronEverySeconds ?? 60, dispatchCron));
    const stop = once(() => cleanUp(cleanUps));
    const dispatchMail = (mail: LocalMail) => handInMail(url, mail);
    return { database, url, key: keys.test, liveKey: keys.live, signInLink, dataDir, dispatchMail, dispatchCron, stop };
  } catch (error) {
    await cleanUp(cleanUps);
    throw error;
  }
}

type CleanUp = () => void | Promise<void>;

interface MiniflareSettings {
  readonly build: BuildRecord;
  readonly dataDir: string;
  readonly port: number;
  readonly secrets: LocalSecrets;
  readonly vars: Readonly<Record<string, string>>;
  readonly onLog: (level: LocalLogLevel, line: string) => void;
}

/** No DOH_URL: the system on one machine asks nobody outside. Who is alone on a machine crowds out nobody. */
function localVars(url: string): Record<string, string> {
  return {
    PUBLIC_URL: url,
    REPLY_DOMAIN: "reply.localhost",
    LOCAL_MODE: "on",
    DOH_URL: "",
    TENANT_REQUESTS_PER_10_SECONDS: "100000",
    // Whoever has this machine's keys is its operator.
    IMPORT_TENANT: LOCAL_TENANT_ID,
  };
}

/** Queues of one machine live in memory and are lost with the process: nothing stays in them for longer than it must. */
function inAHurry({ queueConsumers }: BuildRecord["workerOptions"]): Record<string, object> {
  return Object.fromEntries(
    Object.entries(queueConsumers as Record<string, object>).map(([queue, how]) => [
      queue,
      { ...how, maxBatchTimeout: 1 },
    ]),
  );
}

async function startMiniflare(settings: MiniflareSettings): Promise<Miniflare> {
  const { build, dataDir, port, onLog } = settings;
  const worker = {
    ...build.workerOptions, // unread by us: Miniflare itself parses what wrangler wrote
    name: "drafthook",
    queueConsumers: inAHurry(build.workerOptions),
    bindings: { ...build.vars, ...settings.vars, ...settings.secrets },
    modules: [{ type: "ESModule" as const, path: resolve(BUILD_DIR, "index.js") }],
    modulesRoot: BUILD_DIR,
  };
  const miniflare = new Miniflare(
    convertV4MiniflareOptions({
      workers: [worker],
      host: "127.0.0.1",
      port,
      cf: false, // it would fetch a sample of request.cf from the network
      resourcePersistencePath: resolve(dataDir, "state"),
      resourceTmpPath: resolve(dataDir, "tmp"),
      unsafeTriggerHandlers: true, // /cdn-cgi/local/email and /scheduled; they refuse any host but loopback
      logRequests: false,
      log: new RuntimeLog(onLog),
      handleStructuredLogs: ({ level, message }) =>
        onLog(level === "error" || level === "warn" ? "problem" : "note", message),
    }),
  );
  try {
    await miniflare.ready;
    return miniflare;
  } catch (error) {
    await miniflare.dispose().catch(() => {});
    throw sayStartFailure(error, port);
  }
}

function sayStartFailure(error: unknown, port: number): PlainError {
  if (!(error instanceof Error)) return new PlainError(`The Worker does not start: ${error}`);
  if ("code" in error && error.code === "ERR_ADDRESS_IN_USE") return new PortTaken(port);
  const lines = error.message
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  const told = lines.find((line) => /error/i.test(line) && !line.startsWith("The Workers runtime failed")) ?? lines[0];
  return new PlainError(`The Worker does not start: ${told}`);
}

/** Miniflare's own remarks; only its warnings and errors are worth a line. */
class RuntimeLog extends Log {
  readonly #onLog: (level: LocalLogLevel, line: string) => void;

  constructor(onLog: (level: LocalLogLevel, line: string) => void) {
    super(LogLevel.WARN);
    this.#onLog = onLog;
  }

  protected override log(message: string): void {
    // An envelope that differs from the headers is no problem: every reply to a token address is like that.
    if (/Provided (MAIL FROM|RCPT TO) address doesn't match/.test(message)) return;
    this.#onLog("problem", message);
  }
}

async function handInMail(url: string, { from, to, raw }: LocalMail): ReturnType<Local["dispatchMail"]> {
  const query = new URLSearchParams({ from: from === "" ? "<>" : from, to }); // which also writes a `+` as %2B
  const response = await fetch(`${url}/cdn-cgi/local/email?${query}`, { method: "POST", body: raw });
  return { accepted: response.ok, answer: await response.text() };
}

async function runCrons(url: string, crons: readonly string[]): Promise<void> {
  for (const cron of crons) {
    const response = await fetch(`${url}/cdn-cgi/local/scheduled?${new URLSearchParams({ cron })}`);
    await response.body?.cancel();
  }
}

/** Runs a task again and again, one at a time, until the returned function is called. 0 seconds means never. */
function every(seconds: number, task: () => Promise<void>): () => void {
  if (seconds === 0) return () => {};
  let isRunning = false;
  const timer = setInterval(() => {
    if (isRunning) return;
    isRunning = true;
    // A cron that fails while stopping is no news; one that fails in the Worker is in the Worker's log.
    task()
      .catch(() => {})
      .finally(() => {
        isRunning = false;
      });
  }, seconds * 1000);
  return () => clearInterval(timer);
}

async function cleanUp(cleanUps: readonly CleanUp[]): Promise<void> {
  for (const run of cleanUps) await run();
}

function once(task: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => (running ??= task());
}
