import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { globSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { API_KEY_BODY_LENGTH, formatApiKey } from "../core/api-key.ts";
import { ensureBuilt } from "../tools/ensure-built.ts";
import { startLocal } from "../tools/local.ts";
import { PlainError, runProgram } from "../tools/plain-error.ts";

const HELP = `node bench/noisy-neighbour.ts [options]     what one tenant's flood costs another (threat T27), on the whole system

  --seconds N       how long each round takes; 45
  --rounds N        how many rounds alone and beside the flood, in turn; 4
  --times N         how many times as much the noisy tenant asks; 100
  --no-limit        the control: without the limiter's limit
  --help            print this

The quiet tenant reads its tenant twice a second, alone and then beside the flood, which is a process of its own. Ends with
one JSON line; milliseconds.`;

const A_SECOND = 2;
const NEIGHBOUR = "ten_neighbourneighbo";

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "45" },
      rounds: { type: "string", default: "4" },
      times: { type: "string", default: "100" },
      "no-limit": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [seconds, rounds, times] = [whole(values.seconds), whole(values.rounds), whole(values.times)];
  ensureBuilt();
  const dataDir = await mkdtemp(join(tmpdir(), "drafthook-noisy-"));
  const settings = {
    dataDir,
    port: 0,
    cronEverySeconds: 0,
    vars: { TENANT_REQUESTS_PER_10_SECONDS: values["no-limit"] ? "1000000" : "200" },
  };
  try {
    await (await startLocal(settings)).stop();
    const quietKey = addTenant(dataDir);
    const local = await startLocal(settings);
    try {
      const url = `${local.url}/v1/tenant`;
      const read = () => ask(url, quietKey);
      await timed(read, 3);
      const [idle, loaded, noise]: [Took, Took, Record<number, number>] = [noneYet(), noneYet(), {}];
      for (let round = 0; round < rounds; round += 1) {
        add(idle, await timed(read, seconds));
        const flood = await beginFlood(url, local.key, A_SECOND * times);
        await wait(1_000);
        add(loaded, await timed(read, seconds));
        for (const [status, n] of Object.entries(await flood()))
          noise[Number(status)] = (noise[Number(status)] ?? 0) + n;
      }
      console.log(JSON.stringify({ idle: summary(idle), loaded: summary(loaded), noise }));
    } finally {
      await local.stop();
    }
  } finally {
    await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  }
});

function whole(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new PlainError(`a whole number from 1 to 9999 is wanted, not "${text}".`);
}

/** One more tenant, in the stopped system's database; its test key. */
function addTenant(dataDir: string): string {
  const key = formatApiKey("test", "n".repeat(API_KEY_BODY_LENGTH));
  const hash = createHash("sha256").update(key).digest("hex");
  for (const file of globSync(join(dataDir, "state", "**", "*.sqlite"))) {
    const database = new DatabaseSync(file);
    const isOurs = database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'tenants'").get() !== undefined;
    if (isOurs) {
      database.prepare("INSERT INTO tenants (id, name, created_at) VALUES (?, 'Neighbour', 0)").run(NEIGHBOUR);
      database
        .prepare(
          "INSERT INTO api_keys (id, tenant_id, mode, name, hash, last4, created_at) VALUES ('key_neighbour', ?, 'test', 'n', ?, ?, 0)",
        )
        .run(NEIGHBOUR, hash, key.slice(-4));
    }
    database.close();
  }
  return key;
}

async function ask(url: string, key: string): Promise<number> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
  await response.arrayBuffer();
  return response.status;
}

/** How long the answers took, in milliseconds, and the statuses of those that were refused. */
interface Took {
  readonly ms: number[];
  readonly refused: number[];
}

function noneYet(): Took {
  return { ms: [], refused: [] };
}

function add(all: Took, some: Took): void {
  all.ms.push(...some.ms);
  all.refused.push(...some.refused);
}

/** Asks twice a second, whether or not the one before is answered. */
async function timed(read: () => Promise<number>, seconds: number): Promise<Took> {
  const took = noneYet();
  const asked: Promise<void>[] = [];
  for (let n = 0; n < seconds * A_SECOND; n += 1) {
    const from = performance.now();
    const one = read().then((status) => {
      took.ms.push(performance.now() - from);
      if (status !== 200) took.refused.push(status);
    });
    asked.push(one);
    await wait(1_000 / A_SECOND);
  }
  await Promise.all(asked);
  return took;
}

function summary({ ms, refused }: Took) {
  const sorted = ms.toSorted((a, b) => a - b);
  const at = (share: number) =>
    Number((sorted[Math.min(Math.floor(sorted.length * share), sorted.length - 1)] ?? 0).toFixed(1));
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), requests: sorted.length, refused: refused.length };
}

/** So many requests a second from another process; what is returned stops it, and tells the answers by status. */
async function beginFlood(
  url: string,
  key: string,
  aSecond: number,
): Promise<() => Promise<Readonly<Record<string, number>>>> {
  const child = fork(join(import.meta.dirname, "flood.ts"), [url, key, String(aSecond)]);
  await once(child, "message");
  return async () => {
    const told = once(child, "message");
    child.send("stop");
    const [counts] = await told;
    await once(child, "exit");
    return counts;
  };
}
