import { createHash } from "node:crypto";
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

  --seconds N       how long each round takes; 60
  --times N         how many times as much the noisy tenant asks; 100
  --no-limit        the control: without the limiter's limit
  --help            print this

The quiet tenant reads its tenant twice a second, alone and then beside the flood. Ends with one JSON line; milliseconds.`;

const A_SECOND = 2;
const AT_ONCE = 50;
const NEIGHBOUR = "ten_neighbourneighbo";

await runProgram(async () => {
  const { values } = parseArgs({
    options: {
      seconds: { type: "string", default: "60" },
      times: { type: "string", default: "100" },
      "no-limit": { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return console.log(HELP);
  const [seconds, times] = [whole(values.seconds), whole(values.times)];
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
      const read = (key: string) => () => ask(`${local.url}/v1/tenant`, key);
      await timed(read(quietKey), 3);
      const idle = await timed(read(quietKey), seconds);
      const flood = beginFlood(read(local.key), A_SECOND * times);
      await wait(1_000);
      const loaded = await timed(read(quietKey), seconds);
      const noise = await flood();
      console.log(JSON.stringify({ idle, loaded, noise }));
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

/** Asks twice a second, whether or not the one before is answered; how long the answers took. */
async function timed(read: () => Promise<number>, seconds: number) {
  const took: number[] = [];
  const refused: number[] = [];
  const asked: Promise<void>[] = [];
  for (let n = 0; n < seconds * A_SECOND; n += 1) {
    const from = performance.now();
    const one = read().then((status) => {
      took.push(performance.now() - from);
      if (status !== 200) refused.push(status);
    });
    asked.push(one);
    await wait(1_000 / A_SECOND);
  }
  await Promise.all(asked);
  took.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((took[Math.min(Math.floor(took.length * share), took.length - 1)] ?? 0).toFixed(1));
  return { p50: at(0.5), p99: at(0.99), requests: took.length, refused: refused.length };
}

/** So many requests a second, a bounded number of them at once; what is returned stops it, and tells the answers by status. */
function beginFlood(read: () => Promise<number>, aSecond: number): () => Promise<Readonly<Record<number, number>>> {
  const pauseMs = (AT_ONCE * 1_000) / aSecond;
  const counts: Record<number, number> = {};
  let isOver = false;
  const workers = Array.from({ length: AT_ONCE }, async (_, n) => {
    await wait((n * pauseMs) / AT_ONCE);
    let next = performance.now();
    while (!isOver) {
      const status = await read();
      counts[status] = (counts[status] ?? 0) + 1;
      next += pauseMs;
      await wait(Math.max(next - performance.now(), 0));
    }
  });
  return async () => {
    isOver = true;
    await Promise.all(workers);
    return counts;
  };
}
