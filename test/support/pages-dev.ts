import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { choosePort } from "../../tools/port.ts";
import { inProject } from "../../tools/project.ts";

/** The dashboard's Pages project and the Worker behind it, as `wrangler pages dev` runs them in one process. */
export interface PagesDev {
  readonly url: string;
  /** Whatever was printed so far. */
  readonly printed: () => string;
  stop(): Promise<void>;
}

/** Runs both with a database of their own and these secrets, until stop(). Throws what wrangler printed when it doesn't come up. */
export async function startPagesDev(secrets: Readonly<Record<string, string>>): Promise<PagesDev> {
  const folder = inProject("dist", `pages-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const port = await choosePort(0);
  const url = `http://127.0.0.1:${port}`;
  const config = join(folder, "wrangler.toml");
  writeFileSync(config, workerConfig(url, Object.keys(secrets)));
  writeFileSync(
    join(folder, ".dev.vars"),
    Object.entries(secrets)
      .map(([name, value]) => `${name}="${value}"`)
      .join("\n"),
  );
  const state = join(folder, "state");
  const env = {
    ...process.env,
    CI: "true",
    NO_COLOR: "1",
    WRANGLER_SEND_METRICS: "false",
    // A registry of its own: a stale one of a killed run makes every later one fail.
    WRANGLER_REGISTRY_PATH: join(folder, "registry"),
  };
  const migrated = spawnSync(
    process.execPath,
    [WRANGLER, "d1", "migrations", "apply", "DB", "--local", "--persist-to", state, "-c", config],
    { env, encoding: "utf8" },
  );
  if (migrated.status !== 0) throw new Error(`the migrations failed: ${migrated.stderr}${migrated.stdout}`);
  const dashboard = inProject("dashboard");
  const args = [
    "pages",
    "dev",
    "--cwd",
    dashboard,
    "-c",
    "wrangler.toml",
    "-c",
    config,
    "--ip",
    "127.0.0.1",
    "--port",
    String(port),
    "--persist-to",
    state,
  ];
  const child = spawn(process.execPath, [WRANGLER, ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const stop = async () => {
    await end(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const isUp = await comesUp(`${url}/health`, child);
  if (isUp) return { url, printed: () => printed, stop };
  await stop();
  throw new Error(`pages dev didn't come up: ${printed}`);
}

const WRANGLER = inProject("node_modules", "wrangler", "bin", "wrangler.js");

/** The checkout's wrangler.toml as it is, but for this address, on one machine, and with the paths from two folders below. */
function workerConfig(url: string, secrets: readonly string[]): string {
  return (
    readFileSync(inProject("wrangler.toml"), "utf8")
      .replace(/^main = "(.*)"$/m, 'main = "../../$1"')
      .replace(/^migrations_dir = "(.*)"$/m, 'migrations_dir = "../../$1"')
      .replace(/^directory = "\.\/(.*)"$/m, 'directory = "../../$1"')
      .replace(/^PUBLIC_URL = .*$/m, `PUBLIC_URL = "${url}"`)
      .replace(/^LOCAL_MODE = .*$/m, 'LOCAL_MODE = "on"')
      // On one machine wrangler reads no other secrets than these.
      .replace(/^required = .*$/m, `required = ${JSON.stringify(secrets)}`)
      .replace(/^DOH_URL = .*$/m, 'DOH_URL = ""')
  );
}

async function comesUp(url: string, child: ChildProcess): Promise<boolean> {
  const end = Date.now() + 90_000;
  while (Date.now() < end && child.exitCode === null) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return true;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  return false;
}

/** By SIGTERM, so that it takes its workerd along. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}
