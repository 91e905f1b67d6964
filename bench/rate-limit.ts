import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { ensureBuilt } from "../tools/ensure-built.ts";
import { startLocal } from "../tools/local.ts";
import { PlainError, runProgram } from "../tools/plain-error.ts";

const HELP = `node bench/rate-limit.ts [options]     what the limiter costs each API request, on the whole system

  --requests N      how many in each of the four rounds, one after the other; 500
  --help            print this

The rounds: a request that asks nobody (/health), the limiter's path alone (/v1 with an unknown path needs key and limiter,
no further row), a read of the tenant, and refusals. Ends with one JSON line; milliseconds.`;

await runProgram(async () => {
  const { values } = parseArgs({
    options: { requests: { type: "string", default: "500" }, help: { type: "boolean", default: false } },
  });
  if (values.help) return console.log(HELP);
  if (!/^[1-9]\d{0,4}$/.test(values.requests)) throw new PlainError("--requests takes a whole number from 1 to 99999.");
  const requests = Number(values.requests);
  ensureBuilt();
  const measured: Record<string, Figures> = {};
  for (const perTenSeconds of ["100000", "8"]) {
    const dataDir = await mkdtemp(join(tmpdir(), "drafthook-rate-limit-"));
    const local = await startLocal({
      dataDir,
      port: 0,
      cronEverySeconds: 0,
      vars: { TENANT_REQUESTS_PER_10_SECONDS: perTenSeconds },
    });
    const time = (path: string) => timesOf(`${local.url}${path}`, local.key, requests);
    try {
      await time("/v1/tenant"); // warm
      if (perTenSeconds === "8") measured["429"] = await time("/v1/tenant");
      else {
        measured["health"] = await time("/health");
        measured["v1 unknown path"] = await time("/v1/nothing");
        measured["v1 tenant"] = await time("/v1/tenant");
      }
    } finally {
      await local.stop();
      await rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  console.log(JSON.stringify(measured));
});

interface Figures {
  readonly p50: number;
  readonly p99: number;
}

async function timesOf(url: string, key: string, requests: number): Promise<Figures> {
  const took: number[] = [];
  for (let n = 0; n < requests; n += 1) {
    const from = performance.now();
    const response = await fetch(url, { headers: { authorization: `Bearer ${key}` } });
    await response.arrayBuffer();
    took.push(performance.now() - from);
  }
  took.sort((a, b) => a - b);
  const at = (share: number) =>
    Number((took[Math.min(Math.floor(took.length * share), took.length - 1)] ?? 0).toFixed(2));
  return { p50: at(0.5), p99: at(0.99) };
}
