import { parseArgs } from "node:util";
import { ensureBuilt } from "./ensure-built.ts";
import { firstCurls } from "./first-curls.ts";
import { type Local, type LocalLogLevel, startLocal } from "./local.ts";
import { PlainError, runProgram } from "./plain-error.ts";

const HELP = `npm start -- [options]     runs all of Drafthook on this machine, in one process

  --port N         the port of 127.0.0.1 to listen on; 8787, or 0 for any that is free
  --data DIR       where data, secrets and keys are kept; .drafthook
  --cron SECONDS   how often the sweeper runs; 60, or 0 for never
  --speed N        divide the waits between retries by N, to watch them; 1
  --no-build       run the build that lies in dist/worker as it is
  --quiet          print only url, key and live-key, and the Worker's warnings and errors
  --json           print one line of JSON when ready
  --help           print this`;

type Voice = "full" | "quiet" | "json";

interface Arguments {
  readonly port: number;
  readonly dataDir: string | undefined;
  readonly cronEverySeconds: number;
  readonly speed: number;
  readonly isToBuild: boolean;
  readonly voice: Voice;
}

await runProgram(async () => {
  const wanted = readArguments(process.argv.slice(2));
  if (wanted === "help") return console.log(HELP);
  if (wanted.isToBuild) ensureBuilt();
  const { dataDir } = wanted;
  const local = await startLocal({
    port: wanted.port,
    cronEverySeconds: wanted.cronEverySeconds,
    onLog: logTo(wanted.voice),
    vars: { LOCAL_SPEED: String(wanted.speed) },
    ...(dataDir === undefined ? {} : { dataDir }),
  });
  stopOnSignal(local);
  announce(local, wanted.voice);
  if (wanted.speed > 1)
    console.error(`Local speed ${wanted.speed}: retries come ${wanted.speed} times sooner than they would.`);
});

function readArguments(args: string[]): Arguments | "help" {
  const values = parseOptions(args);
  if (values.help) return "help";
  return {
    port: wholeNumber("--port", values.port, 65_535),
    dataDir: values.data,
    cronEverySeconds: wholeNumber("--cron", values.cron, 86_400),
    speed: wholeNumber("--speed", values.speed, 1_000, 1),
    isToBuild: !values["no-build"],
    voice: values.json ? "json" : values.quiet ? "quiet" : "full",
  };
}

function parseOptions(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: "string", default: "8787" },
        data: { type: "string" },
        cron: { type: "string", default: "60" },
        speed: { type: "string", default: "1" },
        "no-build": { type: "boolean", default: false },
        quiet: { type: "boolean", default: false },
        json: { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    }).values;
  } catch (error) {
    throw new PlainError(`${error instanceof Error ? error.message : error} See: npm start -- --help`);
  }
}

function wholeNumber(option: string, text: string, max: number, min = 0): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= min && value <= max) return value;
  throw new PlainError(`${option} takes a whole number from ${min} to ${max}, not "${text}".`);
}

function logTo(voice: Voice): (level: LocalLogLevel, line: string) => void {
  // On stderr, so that stdout holds the ready lines alone.
  return (level, line) => {
    if (voice === "full" || level === "problem") console.error(line);
  };
}

function announce({ url, key, liveKey, signInLink, dataDir }: Local, voice: Voice): void {
  if (voice === "json")
    return console.log(JSON.stringify({ url, key, liveKey, signInLink, dataDir, pid: process.pid }));
  console.log(`url: ${url}\nkey: ${key}\nlive-key: ${liveKey}`);
  if (voice === "quiet") return;
  console.log(`
Sign in, once, within 15 minutes (each start prints a new link):
${signInLink}

${firstCurls(url, key).join("\n\n")}

Local mode: webhooks and SMTP may reach this machine's own addresses (loopback). Never so on Cloudflare.
Inbound mail: POST a raw message to ${url}/cdn-cgi/local/email?from=ADDRESS&to=ADDRESS
Data, secrets and keys are in ${dataDir}. Stop with Ctrl-C.`);
}

/** The first Ctrl-C stops in good order, a second one at once. */
function stopOnSignal(local: Local): void {
  let stoppingSince: number | undefined;
  const stop = () => {
    stoppingSince ??= performance.now();
    // From the terminal and, a moment later, once more from npm: that is one Ctrl-C.
    if (performance.now() - stoppingSince > ONE_CTRL_C_MS) process.exit(1);
    local.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Miniflare listens too, and leaves with a status that npm prints as a failure.
    process.removeAllListeners(signal);
    process.on(signal, stop);
  }
  stopWithNpm(stop);
}

const ONE_CTRL_C_MS = 500;

/** An npm that was killed with -9 can't pass it on, and we would stay behind, on its port. */
function stopWithNpm(stop: () => void): void {
  if (process.env["npm_lifecycle_event"] !== "start") return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    stop();
  }, 500);
}
